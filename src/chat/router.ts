// From what a person typed or clicked to the one command that answers it. Authority is asked for each time, of the person who acts.

import { commands } from '../commands.ts';
import { acknowledge, snooze } from '../deadlines/warning.action.ts';
import { closestMatches } from '../lib/closest-match.ts';
import type { Log } from '../log.ts';
import { saveOrganization } from '../organizations/add.form.ts';
import { saveEdited } from '../organizations/edit.form.ts';
import { DISCARD_FORM, SAVE_EDITED, SAVE_ORGANIZATION } from '../organizations/organization-form.view.ts';
import { editSettings, saveSettings } from '../settings/settings.form.ts';
import { EDIT_SETTINGS, SAVE_SETTINGS } from '../settings/settings.view.ts';
import { WebexRefused, WebexUnavailable } from '../webex/errors.ts';
import type { Answer } from './answer.ts';
import type { Command, CommandDeps, CommandInput } from './command.ts';
import { failureReply, notAllowedReply, unknownCommandReply } from './refusals.ts';

/** What became of a command or a click. */
export interface CommandRun {
  /** A command's or a form's name; `unknown` for everything that people and cards of other versions come up with. */
  command: string;
  outcome: 'answered' | 'turned_away' | 'failed';
}

export interface RouterDeps extends CommandDeps {
  isAdmin(email: string): boolean;
  log: Log;
  /** Told of every command and click. */
  observe?: (run: CommandRun) => void;
}

/** Answers a typed message. `text` is what stood behind the mention of the bot. */
export function answerMessage(
  deps: RouterDeps,
  { text, ...input }: Omit<CommandInput, 'argument' | 'inputs' | 'cardMessageId'> & { text: string },
): Promise<Answer | undefined> {
  const [, word = '', argument = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  const name = word === '' ? 'help' : word.toLowerCase();
  return guarded(deps, { ...input, argument, inputs: {}, cardMessageId: undefined }, name, (commandInput) => {
    const command = commandNamed(name);
    if (command) return command.run(deps, commandInput);
    const known = commands.map((candidate) => candidate.name);
    return Promise.resolve({ content: unknownCommandReply({ typed: word, nearest: closestMatches(word, known) }) });
  });
}

/** Answers a click on a card. Undefined where there is nothing (more) to say. */
export function answerClick(
  deps: RouterDeps,
  input: Omit<CommandInput, 'argument'>,
): Promise<Answer | 'discard' | undefined> {
  const clicked = String(input.inputs['action'] ?? '');
  const action = clicked === 'choose' ? String(input.inputs['command'] ?? '') : clicked;
  return guarded<'discard'>(deps, { ...input, argument: '' }, action, async (commandInput) => {
    const click = clicks.get(action);
    if (click) return click(deps, commandInput);
    const command = commandNamed(action);
    if (command) return command.run(deps, commandInput);
    return {
      content: failureReply({
        what: 'I do not know this button; the card may come from another version.',
        hint: 'Type help and begin again.',
      }),
    };
  });
}

type Click = (deps: CommandDeps, input: CommandInput) => Promise<Answer | 'discard' | undefined>;

/** What the buttons do that stand for no command. */
const clicks: ReadonlyMap<string, Click> = new Map<string, Click>([
  [SAVE_ORGANIZATION, saveOrganization],
  [SAVE_EDITED, saveEdited],
  [DISCARD_FORM, async () => 'discard'],
  [EDIT_SETTINGS, editSettings],
  [SAVE_SETTINGS, saveSettings],
  ['snooze', snooze],
  ['acknowledge', acknowledge],
]);

const knownName = (name: string): string => (commandNamed(name) || clicks.has(name) ? name : 'unknown');

const commandNamed = (name: string): Command | undefined => commands.find((command) => command.name === name);

/** Lets administrators through, and turns a failure into an answer: nobody is left without one. */
async function guarded<Other = never>(
  { isAdmin, log, observe }: RouterDeps,
  input: CommandInput,
  name: string,
  run: (input: CommandInput) => Promise<Answer | Other | undefined>,
): Promise<Answer | Other | undefined> {
  const command = knownName(name);
  if (!isAdmin(input.person.email)) {
    log.info({ personId: input.person.personId }, 'somebody who is no administrator was turned away');
    observe?.({ command, outcome: 'turned_away' });
    return { content: notAllowedReply() };
  }
  try {
    const answer = await run(input);
    observe?.({ command, outcome: 'answered' });
    return answer;
  } catch (error) {
    log.error({ err: error, command }, 'a command failed');
    observe?.({ command, outcome: 'failed' });
    return { content: explain(error, input.eventId) };
  }
}

function explain(error: unknown, eventId: string) {
  if (error instanceof WebexUnavailable) {
    return failureReply({
      what: 'Webex did not answer what I had to ask for this.',
      hint: 'Nothing was lost. Try again in a minute.',
      trackingId: error.trackingId,
    });
  }
  if (error instanceof WebexRefused) {
    return failureReply({
      what: `Webex refused what I had to ask for this (${error.code}).`,
      hint: 'Try again; if it stays so, give the tracking id to Cisco support.',
      trackingId: error.trackingId,
    });
  }
  return failureReply({
    what: 'Something went wrong on my side.',
    hint: `Try again; if it happens again, tell the operator to look for “${eventId.slice(-12)}” in the log.`,
  });
}
