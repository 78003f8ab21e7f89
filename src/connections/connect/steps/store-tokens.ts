// Third step: the verified grant becomes the organization's connection. It takes the place of a living one only once it is proven, and that one is then
// revoked. The links of the time before end with that.

import { appendAudit } from '../../../audit/append-audit.ts';
import { holdTree } from '../../../customers/tree.store.ts';
import type { Db } from '../../../db/database.ts';
import { appSecretPlace, replacedGrantPlace, tokenPlace } from '../../../db/seal/sealed-places.ts';
import { holdsOthers } from '../../../organizations/holds-others.ts';
import { lockOrganization, setHomeSpace } from '../../../organizations/organization.store.ts';
import { settingsOfOrganization } from '../../../settings/settings-of-many.store.ts';
import { savePending } from '../../../transactions/transaction.store.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import { findConnection, hasTokens, type LiveConnection, saveConnection } from '../../connection.store.ts';
import { type Holder, holderWords, isAlive } from '../../connection-words.ts';
import { probeServing } from '../../probe/probe.store.ts';
import { endOpenRefresh } from '../../refresh/refresh.store.ts';
import { refreshDueAt } from '../../refresh/refresh-rules.ts';
import { replacedWords } from '../../refresh/refresh-words.ts';
import { followPartner } from '../../ways/follow-partner.ts';
import { isOvertaken } from '../connect-rules.ts';
import { endConnectLinks } from '../link.store.ts';
import { openPending } from './pending.ts';
import { keepsFormer } from './prove-grant.ts';
import type { StepDeps, StepInput } from './step.ts';
import { grantLost } from './words.ts';

/** Stores the connection. From then on the space that asked for it, or the organization's group space, is notified of it. */
export async function storeTokens(deps: StepDeps, { transaction, organization }: StepInput): Promise<StepResult> {
  const grant = openPending(deps, transaction);
  if (grant?.kind !== 'grant') return grantLost;
  const { authorizedBy, app } = grant;
  if (authorizedBy === undefined && app === undefined) return grantLost;
  if (app !== undefined && holdsOthers(organization)) return servesOthers(organization);
  const standing = await findConnection(deps.db, organization.id);
  if (standing && isOvertaken(transaction, standing)) return overtaken(organization, standing);
  const kept = await keepsFormer(deps, { transaction, organization, grant, standing });
  if (kept) return kept;
  const seal = (column: 'access_token' | 'refresh_token', token: string) =>
    deps.sealer.seal(token, tokenPlace(column, organization.id));
  return {
    outcome: 'done',
    message: 'The tokens are stored, encrypted.',
    save: async (tx) => {
      const now = deps.clock.now();
      // Which space is notified depends on where it stands.
      await holdTree(tx);
      // Deleted since: the next try of this step says so.
      const locked = await lockOrganization(tx, organization.id);
      if (!locked) throw new Error('deleted meanwhile');
      if (app !== undefined && holdsOthers(locked)) throw new Error('serves others meanwhile');
      // Another Connect has stored its tokens since: the next try of this step says so.
      const former = await findConnection(tx, organization.id);
      if (isOvertaken(transaction, former)) throw new Error('connected meanwhile');
      await setHomeSpace(tx, { organizationId: organization.id, roomId: transaction.roomId });
      // By the space that is warned from now on, which need not be the one that asked for the link.
      const rules = await settingsOfOrganization(tx, organization.id);
      const connection = {
        organizationId: organization.id,
        accessToken: seal('access_token', grant.accessToken),
        refreshToken: seal('refresh_token', grant.refreshToken),
        accessTokenExpiresAt: grant.accessTokenExpiresAt,
        refreshTokenExpiresAt: grant.refreshTokenExpiresAt,
        obtainedAt: grant.obtainedAt,
        scopes: grant.scopes,
        way: app === undefined ? ('consent' as const) : ('service_app' as const),
        appClientId: app?.clientId ?? null,
        appClientSecret: app ? deps.sealer.seal(app.clientSecret, appSecretPlace(organization.id)) : null,
        authorizedPersonId: authorizedBy?.personId ?? null,
        authorizedEmail: authorizedBy?.email ?? null,
        byPartner: authorizedBy?.byPartner ?? false,
        connectedAt: now,
        refreshDueAt: refreshDueAt(grant, rules, Math.random()),
      };
      if (authorizedBy) await probeServing(tx, { personId: authorizedBy.personId, but: organization.id, now });
      await saveConnection(tx, connection, rules);
      // Tokens that somebody of the former grant has entered may be of that very grant.
      const mayBeSame = grant.isEntered && former?.authorizedPersonId === authorizedBy?.personId;
      if (former && hasTokens(former) && isAlive(former, now) && !mayBeSame)
        await revokeLater(deps, { tx, transactionId: transaction.id, former, grant });
      // A link that somebody asked for after this consent is newer than it, and stays.
      await endConnectLinks(tx, { organizationId: organization.id, madeUntil: transaction.submittedAt, now });
      await endOpenRefresh(tx, { organizationId: organization.id, message: replacedWords, now });
      await savePending(tx, transaction.id, null);
      for (const { connected } of deps.recordHooks) await connected?.(tx, organization.id, now);
      await followPartner({ tx, jobs: deps.jobs }, organization.id);
      const { id: organizationId, name: organizationName } = organization;
      const { way, scopes, refreshTokenExpiresAt } = connection;
      await appendAudit(tx, {
        act: former ? 'connection.replaced' : 'connection.made',
        // Whoever enters tokens need not be the one who has given them: nobody signs in for that.
        by: (grant.isEntered ? undefined : authorizedBy) ?? 'hubkeeper',
        roomId: transaction.roomId,
        ...{ organizationId, organizationName, now },
        before: former && { way: former.way, authorizedBy: former.authorizedEmail, state: former.state },
        after: {
          ...{ transaction: transaction.id, requestedBy: transaction.requestedBy },
          ...{ way, scopes, refreshTokenExpiresAt },
          ...(app && { appClientId: app.clientId }),
          ...(grant.isEntered && authorizedBy && { authorizedBy: authorizedBy.email }),
        },
      });
    },
  };
}

/** Has the replaced grant revoked, once the new one is stored. */
async function revokeLater(
  { jobs, sealer }: StepDeps,
  {
    tx,
    transactionId,
    former,
    grant,
  }: { tx: Db; transactionId: number; former: LiveConnection; grant: { obtainedAt: Date } },
): Promise<void> {
  const { organizationId, authorizedPersonId: personId, authorizedEmail: email } = former;
  // No person's consent held it: there is no grant of a person to revoke.
  if (personId === null || email === null) return;
  const accessToken = sealer.open(former.accessToken, tokenPlace('access_token', organizationId));
  const replaced = {
    organizationId,
    transactionId,
    personId,
    email,
    connectedAt: former.connectedAt.toISOString(),
    obtainedAt: former.obtainedAt.toISOString(),
    newObtainedAt: grant.obtainedAt.toISOString(),
    accessToken: sealer.seal(accessToken, replacedGrantPlace(organizationId)),
  };
  await jobs.send('revoke_replaced', replaced, { tx });
}

/** A service app never takes the place of the grant that holds other organizations. */
export const servesOthers = ({ name }: { name: string }): StepResult => ({
  outcome: 'failed',
  fatal: true,
  reason: 'needs_consent',
  message: `The grant of ${name} serves other organizations, which a service app cannot. Its tokens were not stored.`,
  hint: 'Ask for a link with “connect”.',
});

/** An older consent never takes the place of a newer connection. */
export const overtaken = ({ name }: { name: string }, standing: Holder): StepResult => ({
  outcome: 'failed',
  fatal: true,
  reason: 'overtaken',
  message: `${name} was connected while this consent was under way, ${holderWords(standing)}. That connection stays, and the grant of this consent was not stored.`,
  hint: 'Nothing needs to be done. To replace the connection all the same, ask for a new link with “connect”.',
});
