// The rules of calling behaviour: what the record's choice is at Webex, what becomes of a person's, and how both are said.

import { inARow } from '../../lib/text.ts';
import type { CallingBehaviourRead } from '../../webex/calling-behaviour.ts';
import type { CallingCounts, CallingMode, callingPeople } from './calling.schema.ts';

export const callingAction = 'calling_behaviour';

/** The step of each mode. */
export const callingSteps: Readonly<Record<CallingMode, string>> = {
  look: 'look_at_calling',
  apply: 'apply_calling',
  follow: 'follow_calling',
  undo: 'undo_calling',
};

/** For how long what was set can be put back. */
export const undoDays = 30;

export const unifiedCm = 'NATIVE_SIP_CALL_TO_UCM';

/** What the choices of a record are at Webex. */
const choices: Readonly<Record<string, string>> = {
  'Calling in Webex App': 'NATIVE_WEBEX_TEAMS_CALLING',
  'Calling in Webex App (Unified CM)': unifiedCm,
  'Cisco Jabber app': 'CALL_WITH_APP_REGISTERED_FOR_CISCOTEL',
  'Third-Party app': 'CALL_WITH_APP_REGISTERED_FOR_TEL',
};

/** As Webex writes it; undefined where the record leaves it open. */
export const wantedOf = ({ default_calling_behaviour: choice }: { default_calling_behaviour: string | null }) =>
  choice === null ? undefined : choices[choice];

/** As the record says what Webex calls otherwise. */
export const choiceOf = (wanted: string): string =>
  Object.keys(choices).find((choice) => choices[choice] === wanted) ?? wanted;

/** Webex takes it in any case. */
export const isSameBehaviour = (one: string | null, other: string | null): boolean =>
  one?.toUpperCase() === other?.toUpperCase();

type Known = Pick<typeof callingPeople.$inferSelect, 'setType' | 'priorType'>;

/** Whether a behaviour is what we have set last, or before that, where the change behind it may have been cut off. */
export const isOurs = (behaviour: string | null, { setType, priorType }: Known): boolean =>
  behaviour !== null && [setType, priorType].some((ours) => isSameBehaviour(behaviour, ours));

/** What a person's behaviour means. What we have set earlier, and nobody has changed since, is no choice of the person. */
export function stateOf(
  read: CallingBehaviourRead | undefined,
  { wanted, known }: { wanted: string; known: Known | undefined },
): 'same' | 'differs' | 'own' | 'unreadable' {
  if (read === undefined) return 'unreadable';
  // The organization's default may be what is wanted: then nothing need be set.
  if (isSameBehaviour(read.behaviorType ?? read.effective, wanted)) return 'same';
  const isOpen = read.behaviorType === null || (known !== undefined && isOurs(read.behaviorType, known));
  return isOpen ? 'differs' : 'own';
}

export const noCounts: CallingCounts = { same: 0, differs: 0, own: 0, unreadable: 0, written: 0, refused: 0 };

export const addCounts = (one: CallingCounts, other: CallingCounts): CallingCounts => ({
  same: one.same + other.same,
  differs: one.differs + other.differs,
  own: one.own + other.own,
  unreadable: one.unreadable + other.unreadable,
  written: one.written + other.written,
  refused: one.refused + other.refused,
});

/** Everybody who was looked at. */
export const sumOf = (counts: CallingCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const numbers = new Intl.NumberFormat('en-US');

/** `20,000` */
export const numberWords = (count: number): string => numbers.format(count);

/** `1 person`, `20,000 people` */
export const peopleWords = (count: number): string => `${numberWords(count)} ${count === 1 ? 'person' : 'people'}`;

/** In the order in which they are said; a count of none is left out but where it is what people wait for. */
export function countFacts(counts: CallingCounts, mode: CallingMode): { title: string; value: string }[] {
  const { same, differs, own, unreadable, written, refused } = counts;
  const some = (title: string, count: number) => (count === 0 ? [] : [{ title, value: numberWords(count) }]);
  const fact = (title: string, count: number) => [{ title, value: numberWords(count) }];
  if (mode === 'undo') {
    return [
      ...fact('Put back', written),
      ...some('Changed by somebody since, and left alone', own),
      ...some('Cannot be read', unreadable),
      ...some('Refused by Webex', refused),
    ];
  }
  return [
    ...(mode === 'look' ? fact('Would be changed', differs) : fact('Changed', written)),
    ...fact('Already so', same),
    ...fact('Own choice of the person', own),
    ...fact('Cannot be read', unreadable),
    ...some('Refused by Webex', refused),
  ];
}

/** `12 changed, 310 already so` */
export function countWords(counts: CallingCounts, mode: CallingMode): string {
  const words = countFacts(counts, mode)
    .filter(({ value }, index) => index === 0 || value !== '0')
    .map(({ title, value }) => `${value} ${title.charAt(0).toLowerCase()}${title.slice(1)}`);
  return inARow(words);
}
