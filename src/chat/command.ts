// What people can ask for. A command is typed, or pressed as a button; an action is a button alone.

import type { Scope } from '../db/scope.ts';
import type { ActionName } from './actions.ts';
import type { Actor, Need, Standing } from './actor.ts';
import type { Answer } from './answer.ts';
import type { ClickInputs } from './click-inputs.ts';
import type { Place } from './place.ts';

export interface CommandInput {
  /** What was typed behind the command's name, trimmed; empty for a button. */
  argument: string;
  /** What a card sent; empty where the command was typed. Anybody in the space can send any values. */
  inputs: ClickInputs;
  /** The addresses of the files on the message that was typed. */
  files: readonly string[];
  actor: Actor;
  /** What the actor may see here or, where the command needs an administrator, change here. Every query that lists or finds takes it. */
  scope: Scope;
  /** The node at which the space stands, and the actor's rights in any space. */
  standing: Standing;
  place: Place;
  isDirect: boolean;
  /** The event that asked: the same id each time that it is handled. */
  eventId: string;
  /** The message that holds the card that was clicked. */
  cardMessageId: string | undefined;
  /** Notes an organization that the command is about, for the log. */
  concerns(organizationId: string): void;
}

/** What was typed behind the command's name, or sent by a card. */
export type AskedFor = Pick<CommandInput, 'argument' | 'inputs'>;

/** A command as `help` lists it. */
export interface CommandUsage {
  readonly name: string;
  /** As it is typed: `show <organization>`. */
  readonly usage: string;
  readonly summary: string;
  /** Under which heading `help` lists it. */
  readonly group: CommandGroup;
  /** As people would type it, for `help <command>`. */
  readonly examples?: readonly string[];
  /** Longer names that people type for it, in lower case, each with the words that it stands for behind the argument. */
  readonly phrases?: Readonly<Record<string, string>>;
  /** `help` does not list it. */
  readonly isUnlisted?: boolean;
}

/** Those that `help` lists, and that are offered in place of a mistyped one. */
export const listedCommands = <Usage extends CommandUsage>(commands: readonly Usage[]): Usage[] =>
  commands.filter(({ isUnlisted }) => !isUnlisted);

/** The headings of `help`, in its order. */
export const COMMAND_GROUPS = [
  'Organizations',
  'Directory',
  'Connections',
  'Transactions',
  'Customers',
  'People and settings',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export interface Command<Deps> extends CommandUsage {
  readonly name: ActionName;
  /** What it asks of whoever gives it; `administrator` by default. */
  readonly needs?: Need;
  /** Whether the answer is about the space itself, and everybody in it may read it. Default: it never is. */
  isForEverybody?(asked: AskedFor): boolean;
  /** Other words that people type for it. */
  readonly words?: readonly string[];
  /** What is typed behind it is the number of a transaction. */
  readonly takesTransaction?: true;
  /** Undefined where the answer is queued as a notice already. */
  run(deps: Deps, input: CommandInput): Promise<Answer | undefined>;
}

export interface Action<Deps> {
  /** What the button sends as `action`. */
  readonly name: ActionName;
  /** What it asks of whoever presses it; `administrator` by default. */
  readonly needs?: Need;
  /** Whether the answer is about the space itself, and everybody in it may read it. Default: it never is. */
  isForEverybody?(asked: AskedFor): boolean;
  /** Undefined where the answer is queued as a notice already; `discard` takes the card away. */
  run(deps: Deps, input: CommandInput): Promise<Answer | 'discard' | undefined>;
}

/** All that is answered, by the registry of features. */
export interface Answers<Deps> {
  /** In the order in which `help` lists them. */
  readonly commands: readonly Command<Deps>[];
  readonly actions: readonly Action<Deps>[];
}
