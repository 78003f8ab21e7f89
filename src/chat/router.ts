// Finds the command or action that answers what a person typed or clicked. The rights of the person are checked each time.

import type { Db } from '../db/database.ts';
import { willPass } from '../db/unavailable.ts';
import type { Clock } from '../lib/clock.ts';
import { counter, type Meter } from '../lib/metrics.ts';
import { onceFor } from '../lib/once-for.ts';
import { trimmed } from '../lib/search-key.ts';
import type { Log } from '../log.ts';
import { WebexRefused, WebexUnavailable } from '../webex/errors.ts';
import { needsMending, unavailableHint, unavailableSentence } from '../webex/unavailable-words.ts';
import { type Need, scopeFor, suffices } from './actor.ts';
import type { Answer } from './answer.ts';
import { auditOutOfScope, auditRefusal } from './audit-refusal.ts';
import { type ClickInputs, noInputs } from './click-inputs.ts';
import type { Answers, CommandInput, CommandUsage } from './command.ts';
import { failureMessage, notACommandMessage, notAllowedMessage, tooFewRightsMessage } from './refusals.ts';

export const commandsTotal = counter(
  'hubkeeper_commands_total',
  'Commands and card clicks that were run, by command and outcome (answered, turned_away, failed).',
  ['command', 'outcome'],
);

export interface RouterDeps {
  db: Db;
  clock: Clock;
  log: Log;
  meter: Meter;
}

type Asked = Omit<CommandInput, 'scope' | 'concerns'>;

/** Answers a typed message. `text` is what stood behind the mention of the bot. */
export function answerMessage<Deps extends RouterDeps>(
  deps: Deps,
  answers: Answers<Deps>,
  { text, ...input }: Omit<Asked, 'argument' | 'inputs' | 'cardMessageId'> & { text: string },
): Promise<Answer | undefined> {
  const { word, argument, command } = readTyped(answers, text);
  const asked = { ...input, argument, inputs: noInputs, cardMessageId: undefined };
  return guarded<never>(deps, asked, command ?? unknown, async (commandInput) => {
    if (command) return command.run(deps, commandInput);
    return { content: notACommandMessage(word, answers.commands) };
  });
}

/** Answers a click on a card. Undefined where the answer is queued already. */
export function answerClick<Deps extends RouterDeps>(
  deps: Deps,
  answers: Answers<Deps>,
  input: Omit<Asked, 'argument' | 'files'>,
): Promise<Answer | 'discard' | undefined> {
  const answering = readClicked(answers, input.inputs);
  return guarded<'discard'>(deps, { ...input, argument: '', files: [] }, answering ?? unknown, async (commandInput) => {
    if (answering) return answering.run(deps, commandInput);
    return {
      content: failureMessage({
        what: 'I do not know this button; the card may come from another version.',
        hint: 'Type help and begin again.',
      }),
    };
  });
}

/** Whether what was typed or clicked is answered with something that everybody in the space may read. */
export function isForEverybody<Deps>(
  answers: Answers<Deps>,
  asked: { text: string } | { inputs: ClickInputs },
): boolean {
  if ('text' in asked) {
    const { command, argument } = readTyped(answers, asked.text);
    return command?.isForEverybody?.({ argument, inputs: noInputs }) ?? false;
  }
  const { inputs } = asked;
  return readClicked(answers, inputs)?.isForEverybody?.({ argument: '', inputs }) ?? false;
}

function readTyped<Deps>(answers: Answers<Deps>, text: string) {
  const [, word = '', argument = ''] = /^(\S*)\s*(.*)$/s.exec(trimmed(text)) ?? [];
  const name = word === '' ? 'help' : trimmed(word).toLowerCase();
  // `thanks!` is how people write.
  const plainName = name.replace(/[!.,?]+$/, '');
  const meant = phrased(answers, trimmed(text));
  if (meant) return { word, ...meant };
  const command = answers.commands.find((known) => known.name === name || known.words?.includes(plainName));
  return { word, argument: trimmed(argument), command };
}

/** The command of which a longer name was typed, or a name of several words, with what stands behind that name. */
function phrased<Deps>({ commands }: Answers<Deps>, text: string) {
  const [first = '', ...others] = text.toLowerCase().split(/\s+/u, longestPhrase);
  const found = phrasesOf(commands)
    .get(first)
    ?.find(({ rest }) => rest.every((word, index) => word === others[index]));
  const command = found && commands.find(({ name }) => name === found.name);
  if (!command) return undefined;
  const argument = text.replace(new RegExp(`^(?:\\S+\\s*){${found.rest.length + 1}}`), '');
  return { command, argument: trimmed(`${argument} ${found.meant}`) };
}

interface Phrase {
  /** The words behind the first. */
  rest: string[];
  /** The command's. */
  name: string;
  /** What it stands for behind the argument. */
  meant: string;
}

/** More words than any name has. */
const longestPhrase = 10;

/** The names of several words, by their first word, in the order of the commands. */
const phrasesOf = onceFor((commands: readonly CommandUsage[]): ReadonlyMap<string, readonly Phrase[]> => {
  const byFirst = new Map<string, Phrase[]>();
  for (const { name, phrases } of commands) {
    const ownName: Readonly<Record<string, string>> = name.includes(' ') ? { [name]: '' } : {};
    for (const [phrase, meant] of Object.entries({ ...ownName, ...phrases })) {
      const [first = '', ...rest] = phrase.split(' ');
      byFirst.set(first, [...(byFirst.get(first) ?? []), { rest, name, meant }]);
    }
  }
  return byFirst;
});

function readClicked<Deps>(answers: Answers<Deps>, { action: clicked, command: chosenFor }: ClickInputs) {
  // A choice on a card continues the command that asked for it.
  const name = clicked === 'choose' ? chosenFor : clicked;
  const named = ({ name: known }: { name: string }) => known === name;
  return answers.actions.find(named) ?? answers.commands.find(named);
}

/** Names that this version does not know are counted under one label. */
const unknown = { name: 'unknown', needs: 'none' } as const;

/** Lets only those pass whose rights suffice, and answers where a command fails: every person gets an answer. The log gets one line of each command. */
async function guarded<Other extends 'discard' = never>(
  deps: RouterDeps,
  input: Asked,
  {
    name: command,
    needs = 'administrator',
    takesTransaction = false,
  }: { name: string; needs?: Need; takesTransaction?: boolean },
  run: (input: CommandInput) => Promise<Answer | Other | undefined>,
): Promise<Answer | Other | undefined> {
  const { log, meter } = deps;
  const { actor, place, standing } = input;
  const { personId } = actor;
  const end = (outcome: 'answered' | 'turned_away' | 'failed') => meter.count(commandsTotal, { command, outcome });
  if (!suffices(standing, 'none')) {
    log.info({ personId }, 'somebody who is no administrator was turned away');
    end('turned_away');
    await auditRefusal(deps, { actor, place, command, customerId: null }, { why: 'no_rights' });
    return { content: notAllowedMessage };
  }
  const concerned = new Set<string>();
  const line = () => ({ personId, command, organizationId: concerned.size > 0 ? [...concerned].join(' ') : undefined });
  try {
    const concerns = (organizationId: string) => void concerned.add(organizationId);
    const attempt = { actor, place, command, customerId: standing.customer.id };
    if (!suffices(standing, needs)) {
      log.info({ ...line(), outcome: 'turned_away' }, 'somebody whose rights do not suffice was turned away');
      end('turned_away');
      await auditRefusal(deps, attempt, { why: 'too_few_rights' });
      return { content: tooFewRightsMessage(standing, needs) };
    }
    const scope = scopeFor(standing, needs);
    const transaction = input.inputs['transaction_id'] ?? (takesTransaction ? input.argument : undefined);
    await auditOutOfScope(deps, attempt, { ...input, transaction, scope });
    const answer = await run({ ...input, scope, concerns });
    if (answer !== 'discard' && answer?.isRefusal) await auditRefusal(deps, attempt, { why: 'too_few_rights' });
    end('answered');
    const outcome = answer === undefined ? 'queued' : answer === 'discard' ? 'discarded' : 'answered';
    log.info({ ...line(), outcome }, 'a command was obeyed');
    return answer;
  } catch (error) {
    // Waited for: the person gets the right answer later.
    if (willPass(error)) throw error;
    log.error({ ...line(), err: error, outcome: 'failed' }, 'a command failed');
    end('failed');
    return { content: explain(error, input.eventId) };
  }
}

function explain(error: unknown, eventId: string) {
  if (error instanceof WebexUnavailable) {
    return failureMessage({
      what: needsMending(error) ? unavailableSentence(error) : 'Webex did not answer what I had to ask for this.',
      hint: `Nothing was lost. ${unavailableHint(error) ?? 'Try again in a minute.'}`,
      trackingId: error.trackingId,
    });
  }
  if (error instanceof WebexRefused) {
    return failureMessage({
      what: `Webex refused what I had to ask for this (${error.code}).`,
      hint: 'Try again; if it stays so, give the tracking id to Cisco support.',
      trackingId: error.trackingId,
    });
  }
  return failureMessage({
    what: 'Something went wrong on my side.',
    hint: `Try again; if it happens again, tell the operator to look for “${eventId.slice(-12)}” in the log.`,
  });
}
