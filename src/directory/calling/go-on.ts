// Goes through an organization's people, a batch at a time: reads the calling behaviour of each, and sets it where the run is to. What was set before is saved
// ahead of each change, so that a kill loses no old value; the batch that was cut off is gone through again.

import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import {
  type CallingBehaviour,
  type CallingBehaviourRead,
  readCallingBehaviour,
  writeCallingBehaviour,
} from '../../webex/calling-behaviour.ts';
import type { WebexClient } from '../../webex/client.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import type { CallingCounts } from './calling.schema.ts';
import { type CallingPerson, type CallingRun, nextPeople } from './calling.store.ts';
import { type Found, type Intent, restorePrior, saveIntents } from './calling-people.store.ts';
import { addCounts, isOurs, isSameBehaviour, noCounts, stateOf, sumOf } from './calling-rules.ts';

/** How many people are asked for at the same time: Webex allows some five calls of a token a second. */
const atOnce = 8;
/** How many people a batch has, and after how long it ends with fewer: a job has two minutes. */
const mostPeople = 120;
const batchMs = 30_000;

/** How a run goes on. */
export interface Batch {
  reached: string;
  counts: CallingCounts;
  found: Found[];
  /** Nobody is left. */
  isLast: boolean;
}

interface Going {
  db: Db;
  clock: Clock;
  webex: WebexClient;
  run: CallingRun;
  organizationId: string;
  webexOrgId: string;
}

/**
 * Takes the next batch. Where Webex cannot be asked any more, or refuses to be, what was done until then is a batch of its own.
 * @throws WebexUnavailable or WebexRefused where nobody was gone through
 */
export async function nextBatch(going: Going): Promise<Batch> {
  const { db, clock, run, organizationId } = going;
  const now = clock.now();
  const scope = { organizationId, mode: run.mode, wanted: run.wanted, overwrites: run.overwrites, now };
  const people = await nextPeople(db, scope, { reached: run.reached, limit: mostPeople });
  let batch: Batch = { reached: run.reached, counts: run.counts, found: [], isLast: people.length < mostPeople };
  for (let first = 0; first < people.length; first += atOnce) {
    const some = people.slice(first, first + atOnce);
    const isOver = clock.now().getTime() - now.getTime() > batchMs;
    if (isOver && first > 0) return { ...batch, isLast: false };
    try {
      const ends = await goThrough(going, some, batch.counts);
      batch = {
        ...batch,
        reached: some.at(-1)?.webexId ?? batch.reached,
        counts: ends.reduce((sum, { how }) => addCounts(sum, { ...noCounts, [how]: 1 }), batch.counts),
        found: [...batch.found, ...ends.map(({ found }) => found)],
      };
    } catch (error) {
      const isWebex = error instanceof WebexUnavailable || error instanceof WebexRefused;
      if (first === 0 || !isWebex) throw error;
      return { ...batch, isLast: false };
    }
  }
  return batch;
}

/** How one person ended. */
interface End {
  how: keyof CallingCounts;
  found: Found;
}

/** What is to be set for somebody. */
interface Change {
  person: CallingPerson;
  before: CallingBehaviour;
  after: CallingBehaviour;
  /** What was before is saved: the try before was cut off ahead of the change. */
  isBegun: boolean;
}

/** `before`: how those who were gone through before have ended. */
async function goThrough(going: Going, people: readonly CallingPerson[], before: CallingCounts): Promise<End[]> {
  const { webex, webexOrgId, db, clock, run, organizationId } = going;
  const answers = await all(
    people.map((person) => orRefusal(readCallingBehaviour(webex, { personId: person.webexId, webexOrgId }))),
  );
  const refusal = refusalOfAll(answers, sumOf(before) > before.unreadable);
  if (refusal) throw refusal;
  const decided = people.map((person, index) => decide(run, person, unlessRefused(answers[index])));
  const ends = decided.flatMap((one) => ('after' in one ? [] : [one]));
  const changes = decided.flatMap((one) => ('after' in one ? [one] : []));
  if (run.mode !== 'undo') {
    const fresh = changes.filter(({ isBegun }) => !isBegun);
    const intents = fresh.map(
      ({ person: { webexId, modifiedAt }, before }): Intent => ({ webexId, modifiedAt, before }),
    );
    const { transactionId } = run;
    await saveIntents(db, intents, { organizationId, transactionId, wanted: run.wanted ?? '', now: clock.now() });
  }
  const hasWritten = before.written > 0 || ends.some(({ how }) => how === 'written');
  return [...ends, ...(await write(going, changes, hasWritten))];
}

/** Makes the changes. `hasWritten`: Webex has taken some before, so that it refuses those of one person alone. */
async function write(going: Going, changes: readonly Change[], hasWritten: boolean): Promise<End[]> {
  const { webex, webexOrgId, db, run, organizationId } = going;
  const isUndo = run.mode === 'undo';
  const answers = await all(
    changes.map(({ person: { webexId: personId }, after }) =>
      orRefusal(writeCallingBehaviour(webex, { personId, webexOrgId, ...after })),
    ),
  );
  const isSet = answers.map((answer) => !(answer instanceof WebexRefused));
  const refusal = refusalOfAll(answers, hasWritten);
  if (refusal) {
    // Webex has surely not taken these.
    const webexIds = changes.filter((_, index) => !isSet[index]).map(({ person }) => person.webexId);
    if (!isUndo) await restorePrior(db, { organizationId, webexIds });
    throw refusal;
  }
  return changes.map(({ person: { webexId, modifiedAt } }, index): End => {
    if (!isSet[index])
      return { how: 'refused', found: { webexId, modifiedAt, state: 'unreadable', ours: isUndo ? 'kept' : 'prior' } };
    // Nothing of ours is left after an undo.
    return {
      how: 'written',
      found: { webexId, modifiedAt, state: isUndo ? 'undone' : 'same', ours: isUndo ? 'none' : 'kept' },
    };
  });
}

/** What becomes of somebody: an end, or a change. */
function decide(run: CallingRun, person: CallingPerson, read: CallingBehaviourRead | undefined): End | Change {
  const { webexId, modifiedAt } = person;
  const end = (how: End['how'], state: Found['state'], ours: Found['ours'] = 'kept'): End => ({
    how,
    found: { webexId, modifiedAt, state, ours },
  });
  if (run.mode === 'undo') return decideUndo(person, read, end);
  const wanted = run.wanted ?? '';
  const state = stateOf(read, { wanted, known: person });
  const wasBegun = person.setIn === run.transactionId;
  // The try before was cut off behind the change.
  if (state === 'same') return wasBegun ? end('written', 'same') : end('same', 'same');
  if (read === undefined) return end('unreadable', 'unreadable');
  // Somebody may have chosen otherwise since that try.
  const isBegun = wasBegun && isSameBehaviour(read.behaviorType, person.priorType ?? person.beforeType);
  const isToSet = run.mode !== 'look' && (state === 'differs' || isBegun || run.overwrites);
  if (!isToSet && state === 'differs') return end('differs', 'differs');
  if (!isToSet) return end('own', 'own', person.setType === null ? 'kept' : 'none');
  const { behaviorType, profileId } = read;
  return {
    person,
    before: { behaviorType, profileId },
    after: { behaviorType: wanted, profileId: run.profileId ?? profileId },
    isBegun,
  };
}

/** What we have set is put back; what somebody has set since is left alone. */
function decideUndo(
  person: CallingPerson,
  read: CallingBehaviourRead | undefined,
  end: (how: End['how'], state: Found['state'], ours?: Found['ours']) => End,
): End | Change {
  if (read === undefined) return end('unreadable', 'unreadable');
  const { behaviorType, profileId } = read;
  const before = { behaviorType: person.beforeType, profileId: person.beforeProfileId };
  // The try before was cut off behind the change.
  if (isSameBehaviour(behaviorType, before.behaviorType)) return end('written', 'undone', 'none');
  if (!isOurs(behaviorType, person)) return end('own', 'own', 'none');
  return { person, before: { behaviorType, profileId }, after: before, isBegun: true };
}

async function orRefusal<Value>(asked: Promise<Value>): Promise<Value | WebexRefused> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof WebexRefused) return error;
    throw error;
  }
}

const unlessRefused = <Value>(answer: Value | WebexRefused): Value | undefined =>
  answer instanceof WebexRefused ? undefined : answer;

/**
 * What Webex refuses of everybody: a token that is not accepted and, where nobody was dealt with, missing rights. Any other refusal is one of its person
 * alone.
 */
function refusalOfAll(answers: readonly unknown[], hasSucceeded: boolean): WebexRefused | undefined {
  const refusals = answers.filter((answer) => answer instanceof WebexRefused);
  const hasNone = !hasSucceeded && refusals.length === answers.length;
  return refusals.find(({ status }) => status === 401 || (status === 403 && hasNone));
}

/** All of them, in order, once each has ended: nothing goes on behind a failure. */
async function all<Value>(asked: readonly Promise<Value>[]): Promise<Value[]> {
  const ended = await Promise.allSettled(asked);
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
