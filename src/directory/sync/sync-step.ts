// Reads one kind of an organization's directory at Webex, and keeps what Webex says now.

import { connectAction } from '../../connections/connect/connect-rules.ts';
import { connectStep, type RunStep, type StepDeps } from '../../connections/connect/steps/step.ts';
import { inShort, newLinkHint } from '../../connections/connect/steps/words.ts';
import { holderWords } from '../../connections/connection-words.ts';
import { mayRead } from '../../connections/scopes.ts';
import { findHeldGrant } from '../../connections/ways/held-grant.store.ts';
import { withGrant } from '../../connections/ways/with-grant.ts';
import { everything } from '../../db/scope.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import type { Step } from '../../transactions/workflow.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import { refusedWords } from '../../webex/refused-words.ts';
import { unavailableSentence } from '../../webex/unavailable-words.ts';
import { listDirectory, listSyncs } from '../directory.store.ts';
import type { DirectoryHook } from '../directory-hooks.ts';
import { type AnyKind, isCounted, isPaged } from '../kind.ts';
import { directoryKinds } from '../kinds.ts';
import { NothingToRead } from '../nothing-to-read.ts';
import { excludedOfFull } from '../schedules/schedule.store.ts';
import { countPage } from './count-page.ts';
import { keepWhole } from './keep-whole.ts';
import { stepNameOf } from './start-sync.ts';
import { syncPage } from './sync-page.ts';
import { followsConnect, isOf, kindWords, notGrantedWords, unreadableWords, whyWayCannotRead } from './sync-rules.ts';

export type SyncDeps = StepDeps & {
  /** What other subjects do when a kind was synced. */
  directoryHooks: readonly DirectoryHook[];
};

/** The step that syncs this kind: after an organization was connected, when its schedule is due, and where somebody asks for it. */
const syncStep = (kind: AnyKind): Step<SyncDeps> => ({
  ...connectStep(stepNameOf(kind.kind), `Sync ${kindWords(kind)}`, sync(kind), {
    failed: `Your ${kindWords(kind)} could not be read.`,
    gives: `your ${kindWords(kind)}`,
  }),
  isFor: (record) => isOf(kind, record),
  async resultFacts(db, { organizationId }) {
    const record = organizationId === null ? undefined : await findOrganization(db, organizationId);
    if (organizationId === null || !record || !isOf(kind, record)) return [];
    const synced = (await listSyncs(db, { scope: everything, organizationId })).find((one) => one.kind === kind.kind);
    if (isPaged(kind)) return kind.facts(synced?.total ?? null);
    const held = await listDirectory(db, kind, organizationId);
    return kind.facts(synced ? held.filter(({ goneAt }) => goneAt === null) : null);
  },
});

/** A refusal fails this step alone. The connection stays, and the other syncs still run. */
const sync =
  (kind: AnyKind): RunStep<SyncDeps> =>
  async (deps, { transaction, organization }) => {
    const { id: organizationId, name } = organization;
    const isAfterConnect = transaction.action === connectAction;
    if (isAfterConnect && !followsConnect(kind, organization)) {
      return { outcome: 'skipped', message: 'The record says not to sync.' };
    }
    const excluded = isAfterConnect ? await excludedOfFull(deps.db, { scope: everything, organizationId }) : [];
    if (excluded.includes(kind.kind)) {
      return { outcome: 'skipped', message: `Its full sync leaves out ${kindWords(kind)}.` };
    }
    if (!isOf(kind, organization)) {
      return { outcome: 'skipped', message: unreadableWords('switched_off', name, [kind]) };
    }
    const held = await findHeldGrant(deps.db, organizationId);
    if (!held) {
      const message = `${name} is not connected any more.`;
      return { outcome: 'failed', fatal: true, reason: 'not_connected', message, hint: newLinkHint };
    }
    const { way } = held.connection;
    const cannot = whyWayCannotRead(kind, way);
    if (cannot !== undefined) return { outcome: 'skipped', message: cannot };
    if (!isAfterConnect && !mayRead(held.scopes, kind.scope)) {
      return { outcome: 'skipped', message: notGrantedWords(name, [kind]) };
    }
    const grant = { organization, source: held.source };
    const webex = withGrant(deps, grant);
    const elsewhere = {
      at: (baseUrl: string) => withGrant(deps, { ...grant, baseUrl }),
      contactCenterUrl: deps.contactCenterUrl,
    };
    try {
      if (isCounted(kind)) return await countPage(deps, kind, { webex, transaction, organization });
      if (isPaged(kind)) return await syncPage(deps, kind, { webex, transaction, organization });
      const read = await kind.read(webex, organization, { scopes: held.scopes, way }, elsewhere);
      return keepWhole(deps, kind, { ...read, transactionId: transaction.id, organizationId });
    } catch (error) {
      // Nothing is wrong with the organization. The administrators are told apart.
      if (error instanceof WebexUnavailable && error.reason === 'switched_off') {
        return { outcome: 'skipped', message: unavailableSentence(error) };
      }
      if (error instanceof NothingToRead) {
        const { reason, message, hint } = error;
        return { outcome: 'failed', fatal: false, reason, message, hint };
      }
      if (!(error instanceof WebexRefused)) throw error;
      return {
        outcome: 'failed',
        fatal: false,
        reason: error.code,
        message: `${name} is connected, but Webex refused to list its ${kindWords(kind)}: ${refusedWords(error) ?? 'it does not say why'} (${inShort(error)}).`,
        hint:
          error.status === 405
            ? `Ask a full administrator of ${name} whether its licenses allow that.`
            : `It is ${holderWords(held.connection)}, which may lack the rights: ask a full administrator of ${name} to reconnect.`,
      };
    }
  };

/** One step a kind, in the order in which they run. */
export const syncSteps: readonly Step<SyncDeps>[] = directoryKinds.map(syncStep);

/** Those that follow a Connect. Whoever consented waits for its end, and so what is read page by page is left to the syncs. */
export const connectSyncSteps: readonly Step<SyncDeps>[] = directoryKinds
  .filter((kind) => !isPaged(kind))
  .map(syncStep);
