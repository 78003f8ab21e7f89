// Second step: is this grant for the record's organization? If not, this grant alone is revoked.

import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import { type Authorization, deleteAuthorization, listAuthorizations } from '../../../webex/authorizations.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { listOrganizations, readOrganization } from '../../../webex/directory.ts';
import { WebexRefused } from '../../../webex/errors.ts';
import { organizationUuid } from '../../../webex/ids.ts';
import { readMe } from '../../../webex/people.ts';
import { countConnectionsOfPerson } from '../../connection.store.ts';
import { openPending, type Stranger, sealPending } from './pending.ts';
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
    const manageable = await listOrganizations(webex);
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
    return {
      outcome: 'failed',
      fatal: true,
      reason: error.code,
      message: `Webex refused to say whose grant this is (${inShort(error)}). Nothing was stored.`,
      hint: `Send a new link to a full administrator of ${organization.name}.`,
    };
  }
}

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

const revoked = 'The grant was revoked at Webex.';
const removable = 'that person can remove it under "Authorized apps" of their Webex account.';

/**
 * Revokes the stray grant by its authorization id: revoking it for the whole organization would end rightful connections. Where the same person
 * authorized another record too, Webex may know both grants as one: then it is only deleted here.
 */
async function revokeStray(
  deps: StepDeps,
  { webex, personId }: { webex: WebexClient; personId: string },
): Promise<string> {
  if ((await countConnectionsOfPerson(deps.db, personId)) > 0) {
    return 'The grant was deleted here, but not revoked at Webex: the same person authorized another organization.';
  }
  try {
    const authorizations = await listAuthorizations(webex, { personId });
    const ours = authorizations.filter((authorization) => authorization.clientId === deps.clientId);
    // Refresh tokens first: deleting one revokes its access tokens, ours among them.
    ours.sort((a, b) => Number(a.type === 'access') - Number(b.type === 'access'));
    if (ours.length === 0) return `The grant was deleted here, but Webex does not list it: ${removable}`;
    for (const authorization of ours) await deleteUnlessGone(webex, authorization, { personId });
    return revoked;
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    // The token that asks dies with the grant: an earlier try has revoked it.
    if (error.status === 401) return revoked;
    return `The grant was deleted here, but Webex refused to revoke it: ${removable}`;
  }
}

/** 401 and 404 both say that the authorization has ended: with the refresh token, Webex ends the access token that asks. */
async function deleteUnlessGone(
  webex: WebexClient,
  authorization: Authorization,
  person: { personId: string },
): Promise<void> {
  try {
    await deleteAuthorization(webex, authorization, person);
  } catch (error) {
    if (error instanceof WebexRefused && (error.status === 401 || error.status === 404 || error.status === 410)) return;
    throw error;
  }
}
