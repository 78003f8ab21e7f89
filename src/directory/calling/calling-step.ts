// The steps of calling behaviour: each goes through an organization's people, a batch a job, and stops where the settings, the record or the grant say so meanwhile.

import { appendAudit } from '../../audit/append-audit.ts';
import { connectStep, type RunStep, type StepDeps } from '../../connections/connect/steps/step.ts';
import { inShort, newLinkHint } from '../../connections/connect/steps/words.ts';
import { whoPermits } from '../../connections/scopes.ts';
import { findHeldGrant } from '../../connections/ways/held-grant.store.ts';
import { withGrant } from '../../connections/ways/with-grant.ts';
import type { Db } from '../../db/database.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { openTransaction } from '../../transactions/transaction.store.ts';
import type { Step, StepResult } from '../../transactions/workflow.ts';
import { readCallingProfiles } from '../../webex/calling-behaviour.ts';
import type { WebexClient } from '../../webex/client.ts';
import { WebexRefused } from '../../webex/errors.ts';
import { refusedWords } from '../../webex/refused-words.ts';
import { writesCalling } from '../../webex/scopes.ts';
import type { CallingMode } from './calling.schema.ts';
import {
  addRun,
  type CallingRun,
  countToLookAt,
  findRun,
  isConfirmed,
  saveConfirmation,
  saveProfiles,
  saveReached,
} from './calling.store.ts';
import { saveFound } from './calling-people.store.ts';
import {
  callingAction,
  callingSteps,
  countFacts,
  countWords,
  noCounts,
  numberWords,
  peopleWords,
  sumOf,
  unifiedCm,
  wantedOf,
} from './calling-rules.ts';
import { type Batch, nextBatch } from './go-on.ts';
import { type NotApplied, notAppliedWords, whyNotApplied } from './may-apply.ts';

const titles: Readonly<Record<CallingMode, string>> = {
  look: 'Read people’s calling behaviour',
  apply: 'Set people’s calling behaviour',
  follow: 'Apply the default calling behaviour',
  undo: 'Put people’s calling behaviour back',
};

/** The step of a mode. */
export const callingStep = (mode: CallingMode): Step<StepDeps> => ({
  ...connectStep(callingSteps[mode], titles[mode], goOn(mode), {}),
  async resultFacts(db, { id }) {
    const run = await findRun(db, id);
    return run ? [{ title: 'Calling behaviour', value: countWords(run.counts, run.mode) }] : [];
  },
});

const goOn =
  (mode: CallingMode): RunStep<StepDeps> =>
  async (deps, { transaction, organization }) => {
    const { db, clock } = deps;
    const { id: organizationId, name } = organization;
    const held = await findHeldGrant(db, organizationId);
    if (!held) {
      const message = `${name} is not connected any more.`;
      return { outcome: 'failed', fatal: true, reason: 'not_connected', message, hint: newLinkHint };
    }
    const settings = await settingsOfOrganization(db, organizationId);
    const why = whyNotApplied({ organization, settings, connection: held, mode });
    if (why) return stopped(mode, why, name);
    const { id: transactionId } = transaction;
    const run =
      (await findRun(db, transactionId)) ?? (await followRun(db, { transactionId, organization, now: clock.now() }));
    if (run === 'not_confirmed') return stopped(mode, run, name);
    if (run === 'busy') {
      return { outcome: 'skipped', message: 'The calling behaviour is being set by another transaction.' };
    }
    const wanted = wantedOf(organization) ?? null;
    if (run.mode !== 'undo' && run.wanted !== wanted) return stopped(mode, 'other_choice', name);
    const webex = withGrant(deps, { organization, source: held.source });
    try {
      if (run.mode === 'look' && run.reached === '') await findProfiles(deps, { webex, run, organization });
      const going = { db, clock, webex, run, organizationId, webexOrgId: organization.account_number };
      return result({ run, batch: await nextBatch(going), organization, now: () => clock.now() });
    } catch (error) {
      if (!(error instanceof WebexRefused)) throw error;
      return refusedResult(mode, error, { name, email: held.source.authorizedEmail ?? 'whoever holds the connection' });
    }
  };

/** The run of a sync begins with its step: what the sync has brought is known then. `busy`: somebody sets it just now. */
async function followRun(
  db: Db,
  { transactionId, organization, now }: { transactionId: number; organization: Organization; now: Date },
): Promise<CallingRun | 'busy' | 'not_confirmed'> {
  const { id: organizationId } = organization;
  if ((await openTransaction(db, { organizationId, action: callingAction })) !== undefined) return 'busy';
  const wanted = wantedOf(organization) ?? null;
  if (wanted === null || !(await isConfirmed(db, { organizationId, wanted }))) return 'not_confirmed';
  const its = { mode: 'follow' as const, wanted, overwrites: false };
  const total = await countToLookAt(db, { organizationId, ...its, now });
  return addRun(db, { transactionId, ...its, total, counts: noCounts });
}

/** The profiles that can be chosen where calls go by Unified CM. Nothing depends on them. */
async function findProfiles(
  { db }: StepDeps,
  { webex, run, organization }: { webex: WebexClient; run: CallingRun; organization: Organization },
): Promise<void> {
  if (run.wanted !== unifiedCm) return;
  try {
    await saveProfiles(db, run.transactionId, await readCallingProfiles(webex, organization.account_number));
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
  }
}

function result({
  run,
  batch,
  organization: { id: organizationId, name: organizationName },
  now,
}: {
  run: CallingRun;
  batch: Batch;
  organization: Organization;
  now: () => Date;
}): StepResult {
  const { transactionId, mode, wanted, total } = run;
  const { reached, counts, found, isLast } = batch;
  const done = sumOf(counts);
  const partOf = (count: number) => Math.floor((count * 5) / Math.max(total, 1));
  return {
    outcome: isLast ? 'done' : 'more',
    message: isLast
      ? `${peopleWords(done)}: ${countWords(counts, mode)}.`
      : `${numberWords(done)} of ${peopleWords(Math.max(total, done))}: ${countWords(counts, mode)}.`,
    ...(isLast ? {} : { isNews: partOf(done) > partOf(sumOf(run.counts)) }),
    async save(tx: Db) {
      await saveFound(tx, found, { organizationId, mode, wanted });
      await saveReached(tx, { transactionId, reached, counts });
      if (isLast && wanted !== null && (mode === 'look' || mode === 'apply')) {
        const confirms = mode === 'apply' || counts.differs === 0;
        await saveConfirmation(tx, { organizationId, wanted, confirms });
      }
      if (!isLast || counts.written === 0) return;
      await appendAudit(tx, {
        act: mode === 'undo' ? 'calling_behaviour.put_back' : 'calling_behaviour.applied',
        by: 'hubkeeper',
        roomId: null,
        organizationId,
        organizationName,
        after: {
          transaction: transactionId,
          behaviour: wanted,
          ...Object.fromEntries(countFacts(counts, mode).map(({ title, value }) => [title, value])),
        },
        now: now(),
      });
    },
  } as StepResult;
}

/** A sync says it and goes on; what somebody has asked for fails. */
function stopped(mode: CallingMode, why: NotApplied, name: string): StepResult {
  const { message, hint } = notAppliedWords(why, name);
  if (mode === 'follow') return { outcome: 'skipped', message: `Calling behaviour is not applied: ${message} ${hint}` };
  return { outcome: 'failed', fatal: true, reason: why, message, hint };
}

function refusedResult(
  mode: CallingMode,
  error: WebexRefused,
  { name, email }: { name: string; email: string },
): StepResult {
  const isWrite = error.route.startsWith('PUT ');
  const words = isWrite
    ? `Webex does not let ${email} change the people of ${name}: that takes a full or user administrator, and a read-only one changes nothing (${inShort(error)}).`
    : `Webex refused to tell the calling behaviour of the people of ${name}: ${refusedWords(error) ?? 'it does not say why'} (${inShort(error)}).`;
  return {
    outcome: 'failed',
    fatal: mode !== 'follow',
    reason: error.code,
    message: words,
    hint: isWrite ? whoPermits([writesCalling]) : `Ask a full administrator of ${name} to reconnect.`,
  };
}
