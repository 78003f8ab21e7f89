// Second step: is this grant for the record's organization? If not, this grant alone is revoked.

import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { listOrganizations, readOrganization } from '../../../webex/directory.ts';
import { WebexRefused } from '../../../webex/errors.ts';
import { organizationUuid } from '../../../webex/ids.ts';
import { readMe } from '../../../webex/people.ts';
import { probeServing } from '../../probe/probe.store.ts';
import { failAndGiveBackTokens } from './give-link-back.ts';
import { openPending, type Stranger, sealPending } from './pending.ts';
import { revokeStray } from './revoke-stray.ts';
import type { StepDeps, StepInput } from './step.ts';
import { grantLost, inShort } from './words.ts';

/**
 * The authorizing person's organization must be the record's, or, for a partner's administrator, one of the organizations that
 * they manage (`GET /people/me`, `GET /organizations`).
 */
export async function verifyOrganization(deps: StepDeps, input: StepInput): Promise<StepResult> {
  const { transaction, organization } = input;
  const grant = openPending(deps, transaction);
  if (grant?.kind !== 'grant') return grantLost;
  const webex = deps.connectAs(grant.accessToken, organizationProxy(deps.sealer, organization));
  // An earlier try was cut off while it revoked the grant: the tokens may be dead.
  if (grant.stranger) return refuseStranger(deps, { webex, stranger: grant.stranger, input });
  try {
    const me = await readMe(webex);
    const { items: manageable } = await listOrganizations(webex);
    const wanted = organization.account_number_external;
    const ownUuid = me.orgId && organizationUuid(me.orgId);
    const isOwn = ownUuid === wanted;
    const managed =
      isOwn ||
      manageable.some((candidate) => organizationUuid(candidate.id) === wanted) ||
      (await canRead(webex, organization));
    const isExpected = (one: string) => one.toLowerCase() === organization.account_email?.trim().toLowerCase();
    const email = me.emails.find(isExpected) ?? me.emails[0] ?? me.id;
    if (!isOwn && !managed) {
      if (grant.isEntered) return await strangersTokens(deps, input);
      const own = ownUuid && manageable.find((candidate) => organizationUuid(candidate.id) === ownUuid);
      const stranger = {
        personId: me.id,
        email,
        name: me.displayName ?? email,
        organizationName: own ? own.displayName : undefined,
      };
      await sealPending(deps, transaction.id, { ...grant, stranger });
      return await refuseStranger(deps, { webex, stranger, input });
    }
    return {
      outcome: 'done',
      message: isOwn ? `${email} administers this organization.` : `${email} manages this organization as a partner.`,
      save: (tx) =>
        sealPending({ db: tx, sealer: deps.sealer }, transaction.id, {
          ...grant,
          authorizedBy: { personId: me.id, email, byPartner: !isOwn },
        }),
    };
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    if (grant.isEntered) {
      const message = `Webex refused to say whose tokens these are (${inShort(error)}).`;
      return failAndGiveBackTokens(deps, transaction, { reason: 'cannot_read', message });
    }
    return {
      outcome: 'failed',
      fatal: true,
      reason: error.code,
      message: `Webex refused to say whose grant this is (${inShort(error)}). Nothing was stored.`,
      hint: `Send a new link to a full administrator of ${organization.name}.`,
    };
  }
}

/** Entered tokens may be in use elsewhere: they are not revoked. */
const strangersTokens = (deps: StepDeps, { transaction, organization }: StepInput): Promise<StepResult> =>
  failAndGiveBackTokens(deps, transaction, {
    reason: 'wrong_organization',
    message: `The tokens are for another organization than ${organization.name}.`,
  });

/**
 * Whether Webex shows the record's organization to this grant. Asked before a grant counts as a stranger's and is revoked: an item of the list that could not
 * be read may have been the one.
 */
async function canRead(
  webex: WebexClient,
  { account_number, account_number_external }: StepInput['organization'],
): Promise<boolean> {
  try {
    const { id } = await readOrganization(webex, account_number);
    return organizationUuid(id) === account_number_external;
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    return false;
  }
}

async function refuseStranger(
  deps: StepDeps,
  { webex, stranger, input: { organization } }: { webex: WebexClient; stranger: Stranger; input: StepInput },
): Promise<StepResult> {
  const theirs = stranger.organizationName ?? 'another organization';
  const outcome = await revokeStray(deps, { webex, personId: stranger.personId });
  await deps.db.transaction((tx) => probeServing(tx, { personId: stranger.personId, now: deps.clock.now() }));
  return {
    outcome: 'failed',
    fatal: true,
    reason: 'wrong_organization',
    message:
      `${stranger.name} (${stranger.email}) opened the link for ${organization.name}, but is an administrator of ${theirs}, not of ${organization.name}. ` +
      `Nothing was stored. ${outcome}`,
    hint: `Send a new link to a full administrator of ${organization.name}.`,
  };
}
