// What people read of calling behaviour: how it stands, what a dry run found, how it was set or put back, and why it cannot be.

import type { Answer } from '../../chat/answer.ts';
import { button, emphasized, inputsButton, linkButton } from '../../chat/buttons.ts';
import { fact, shownName } from '../../chat/facts.ts';
import type { Field } from '../../chat/fields.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { shorten } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import { deletedMessage } from '../../organizations/deleted.view.ts';
import { fieldNamed } from '../../organizations/organization-fields.ts';
import { SETTING_FIELDS } from '../../settings/settings-fields.ts';
import type { CallingCounts } from './calling.schema.ts';
import type { CallingRun } from './calling.store.ts';
import { choiceOf, countFacts, numberWords, peopleWords, undoDays, unifiedCm } from './calling-rules.ts';
import type { CallingState } from './calling-state.ts';
import { type NotApplied, notAppliedWords } from './may-apply.ts';
import type { StartCallingResult } from './start-calling.ts';

/** What the buttons send as `action`. */
export const LOOK_AT_CALLING = 'look-at-calling';
export const APPLY_CALLING = 'apply-calling';
export const UNDO_CALLING = 'undo-calling';

declare module '../../chat/actions.ts' {
  interface Actions {
    calling: { organization_id: string };
    [LOOK_AT_CALLING]: { organization_id: string };
    /** `overwrite`: also people's own choices. `profile`: of Unified CM. */
    [APPLY_CALLING]: { organization_id: string; transaction_id: number; overwrite?: string; profile?: string };
    /** `people`: how many the button has named. */
    [UNDO_CALLING]: { organization_id: string; people: number };
  }
}

const TEXT_MAX_CHARACTERS = 400;
const NAME_MAX_CHARACTERS = 60;
const MOST_PROFILES = 30;

/** The choice that leaves the profile to the organization's default. */
export const NO_PROFILE = 'default';

interface Named {
  readonly id: string;
  readonly name: string;
}

const dirsyncWords =
  'Its directory keeps people’s names, addresses and e-mails; calling behaviour is none of these, and can be set. Whether somebody is there at all, the directory decides.';

/** How it stands, and what a dry run costs. */
export function callingMessage(
  view: CallingState & {
    readonly organization: Named & {
      readonly default_calling_behaviour: string | null;
      readonly dirsync_enabled: boolean;
    };
    readonly now: Date;
  },
): CardMessage {
  const { organization, isOn, why, isConnected, people, undoable, now } = view;
  const { default_calling_behaviour: choice, dirsync_enabled: isFromDirectory } = organization;
  const about = { organization_id: organization.id };
  const name = shownName(organization.name);
  const { message: problem, hint } = why ? notAppliedWords(why, name) : { message: null, hint: null };
  const canLook = choice !== null && people !== null && isConnected;
  return message({
    mark: why || !isConnected || !people ? '⚠️' : undefined,
    title: `Calling behaviour of ${name}`,
    texts: [
      isConnected ? null : `${name} is not connected.`,
      problem && `${problem} ${hint}`,
      people === null ? 'Its people were not read yet: sync them first.' : null,
      canLook
        ? `A dry run changes nothing. It asks Webex for each person: about ${numberWords(people.total)} reads for ${peopleWords(people.total)}.`
        : null,
      isFromDirectory ? dirsyncWords : null,
    ],
    facts: [
      { title: fieldNamed('default_calling_behaviour').label, value: choice ?? 'Not set' },
      { title: SETTING_FIELDS.apply_calling_behaviour.label, value: isOn ? 'Yes' : 'No' },
      fact('People', people && `${numberWords(people.total)}, read ${sinceDeadlineWords(people.syncedAt, now)}`),
      fact(`Set within ${undoDays} days`, undoable === 0 ? null : peopleWords(undoable)),
    ],
    buttons: [
      canLook ? emphasized(button('Dry run', LOOK_AT_CALLING, about)) : null,
      people === null && isConnected ? emphasized(button('Sync people', 'sync', { ...about, kinds: 'people' })) : null,
      why === 'no_choice' ? button('Edit', 'edit', about) : null,
      isConnected && why !== 'not_granted' ? null : button(isConnected ? 'Reconnect' : 'Connect', 'connect', about),
      undoable > 0 ? undoButton(organization, undoable) : null,
      button('People', 'people', about),
    ],
    typed: md`The buttons are on the card. Type **settings** to change what counts here.`,
  });
}

/** Names how many people it puts back: all that can be, whichever run has set them. */
const undoButton = ({ id: organization_id }: Named, people: number) =>
  button(`Put back ${peopleWords(people)}`, UNDO_CALLING, { organization_id, people });

/** How a run ended. Behind a dry run the card asks whether to apply it. */
export function callingEndedMessage(view: {
  readonly transactionId: number;
  readonly organization: Named;
  readonly title: string;
  readonly isDone: boolean;
  readonly run: Pick<CallingRun, 'mode' | 'counts' | 'wanted' | 'profiles'>;
  /** Why what was found cannot be applied; undefined where it can. */
  readonly why: NotApplied | undefined;
  readonly isFromDirectory: boolean;
  /** Of how many people what was set can be put back, whichever run has set it. */
  readonly undoable: number;
  /** Why it failed, and what to do. */
  readonly texts: readonly (string | null)[];
  readonly pageUrl: string;
}): CardMessage {
  const { transactionId, organization, isDone, run, why, isFromDirectory, undoable, texts, pageUrl } = view;
  const { mode, counts, wanted } = run;
  const about = { organization_id: organization.id };
  const isLook = mode === 'look' && isDone;
  const most = counts.differs + counts.own;
  const canApply = isLook && why === undefined && most > 0;
  const { message: problem, hint } = why ? notAppliedWords(why, organization.name) : { message: '', hint: '' };
  return message({
    mark: isLook ? undefined : isDone ? '✅' : '❌',
    title: view.title,
    texts: [
      isLook ? 'Nothing was changed.' : null,
      ...texts.map((text) => text && shorten(text, TEXT_MAX_CHARACTERS)),
      isLook && why ? `It cannot be applied now. ${problem} ${hint}` : null,
      canApply ? costWords(counts) : null,
      isLook && isFromDirectory ? dirsyncWords : null,
      counts.unreadable > 0 && isFromDirectory
        ? 'Of whom Webex tells nothing may be gone already: the directory decides.'
        : null,
    ],
    facts: [
      fact(fieldNamed('default_calling_behaviour').label, wanted && choiceOf(wanted)),
      ...countFacts(counts, mode),
    ],
    blocks: [canApply ? { kind: 'fields', fields: applyFields(run) } : null],
    buttons: [
      canApply ? emphasized(inputsButton('Apply', APPLY_CALLING, { ...about, transaction_id: transactionId })) : null,
      !isLook && mode !== 'undo' && counts.written > 0 && undoable > 0 ? undoButton(organization, undoable) : null,
      isDone ? null : button('Replay', 'replay', { transaction_id: transactionId }),
      button('Calling behaviour', 'calling', about),
      button('Steps', 'transaction', { transaction_id: transactionId }),
      linkButton('Live page', pageUrl),
    ],
    typed: md`Type **calling** with the name to see how it stands.`,
  });
}

/** What applying it costs, and how it can be taken back. */
const costWords = ({ differs, own }: CallingCounts): string =>
  [
    differs === 0
      ? 'It is so for everybody without an own choice.'
      : `Applying it changes ${peopleWords(differs)}: about ${numberWords(differs)} reads and as many changes.`,
    own === 0
      ? ''
      : `${peopleWords(own)} with an own choice ${own === 1 ? 'keeps' : 'keep'} it unless you say otherwise.`,
    `What was set before is kept for ${undoDays} days, and can be put back.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');

function applyFields({ counts, wanted, profiles }: Pick<CallingRun, 'counts' | 'wanted' | 'profiles'>): Field[] {
  const overwrite: Field = {
    kind: 'toggle',
    id: 'overwrite',
    label: 'Overwrite people’s own choices',
    help: `On: ${peopleWords(counts.own)} with an own choice ${counts.own === 1 ? 'gets' : 'get'} the default, too.`,
    value: 'false',
  };
  const profile: Field = {
    kind: 'choice',
    id: 'profile',
    label: 'UC Manager profile',
    help: 'Of whoever is changed.',
    value: NO_PROFILE,
    choices: [
      { value: NO_PROFILE, label: 'As it is: the person’s, or the organization’s default' },
      ...profiles
        .slice(0, MOST_PROFILES)
        .map(({ id, name }) => ({ value: id, label: shownName(shorten(name, NAME_MAX_CHARACTERS)) })),
    ],
  };
  return [...(counts.own > 0 ? [overwrite] : []), ...(wanted === unifiedCm && profiles.length > 0 ? [profile] : [])];
}

/** The answer to whoever starts a run; undefined where the message of its progress is the answer. */
export function startAnswer(result: StartCallingResult, organization: Named): Answer | undefined {
  switch (result.outcome) {
    case 'started':
      return undefined;
    case 'gone':
      return { content: deletedMessage };
    case 'running':
    case 'syncing':
      return { content: runsMessage(organization, result) };
    default:
      return { content: notStartedMessage(organization, result) };
  }
}

/** One at a time, and none beside a sync. */
const runsMessage = (
  { name }: Named,
  { outcome, transactionId }: { outcome: 'running' | 'syncing'; transactionId: number },
): CardMessage =>
  message({
    title:
      outcome === 'running'
        ? `The calling behaviour of ${shownName(name)} is being gone through already`
        : `${shownName(name)} is being synced`,
    texts: ['Wait until it ends, or cancel it.'],
    buttons: [
      emphasized(button('Steps', 'transaction', { transaction_id: transactionId })),
      button('Cancel', 'cancel', { transaction_id: transactionId }),
    ],
    typed: md`Type **transaction ${transactionId}** for its steps.`,
  });

function notStartedMessage(
  organization: Named,
  result: Exclude<StartCallingResult, { outcome: 'started' | 'running' | 'syncing' | 'gone' }>,
): CardMessage {
  const name = shownName(organization.name);
  return message({
    mark: '⚠️',
    title: `The calling behaviour of ${name} was not changed`,
    texts: whyTexts(result, name),
    buttons: [
      result.outcome === 'more_people' ? emphasized(undoButton(organization, result.people)) : null,
      button('Calling behaviour', 'calling', { organization_id: organization.id }),
    ],
    typed: md`Type **calling** with the name to see how it stands.`,
  });
}

function whyTexts(result: Parameters<typeof notStartedMessage>[1], name: string): string[] {
  switch (result.outcome) {
    case 'not_applied': {
      const { message: problem, hint } = notAppliedWords(result.why, name);
      return [problem, hint];
    }
    case 'more_people':
      return [`${peopleWords(result.people)} can be put back by now: all who were set within ${undoDays} days.`];
    case 'nobody':
      return ['Nobody is left to be changed.'];
    case 'not_connected':
      return [`${name} is not connected.`, 'Ask for a new link with connect.'];
    case 'not_synced':
      return ['Its people were not read yet.', 'Type sync with the name and people first.'];
  }
}
