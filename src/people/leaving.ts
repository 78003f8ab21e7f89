// Plans for somebody who leaves: what hangs on the person, how much of it is dealt with, and the texts with which others are asked to take over.

import type { Place } from '../chat/place.ts';
import { renderMessage } from '../chat/render-message.ts';
import { forwardMessage } from '../connections/connect/connect.view.ts';
import { type IssueLinkDeps, issueConnectLinks } from '../connections/connect/issue-link.ts';
import { type ProviderDeps, providerOf } from '../connections/connect/provider.ts';
import { countServedBy } from '../connections/ways/read-partners.ts';
import { PROVIDER_ID } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { findOrganizationsInScope } from '../organizations/organization.store.ts';
import type { MessageFile } from '../webex/messages.ts';
import { countGrants, grantsOf } from './grantors.store.ts';
import { beginLeaving, type LeavingPlan } from './leaving.store.ts';

/** So many texts are in one file. The next file has the rest, once these have reconnected. */
export const mostTexts = 100;

type Row = Awaited<ReturnType<typeof grantsOf>>[number] & {
  /** How many organizations the grant holds as a partner's. */
  served: number;
};

export interface Leaving {
  plan: Omit<LeavingPlan, 'customerId'>;
  rows: Row[];
  /** How many still hang on the person. */
  left: number;
}

/** The node that a plan is about: those who see the same of the tree share one. Undefined for several nodes, whose plan is of the moment. */
function rootOf({ within }: Scope): string | undefined {
  if (within === 'all') return PROVIDER_ID;
  const [root, ...more] = within;
  return more.length === 0 ? root?.split('/').findLast((id) => id !== '') : undefined;
}

/** Begins the plan, or goes on with it; undefined where nothing ever hung on the person. */
export async function planLeaving(
  { db, clock }: { db: Db; clock: Clock },
  asked: { scope: Scope; email: string; by: string; offset: number; limit: number },
): Promise<Leaving | undefined> {
  const { scope, email, by, offset, limit } = asked;
  const left = await countGrants(db, { scope, email });
  const begun = { email: email.toLowerCase(), startedBy: by, startedAt: clock.now(), total: left };
  const customerId = rootOf(scope);
  const plan = await (customerId === undefined ? begun : beginLeaving(db, { ...begun, customerId }));
  if (!plan || plan.total === 0) return undefined;
  const grants = await grantsOf(db, { scope, email, offset, limit });
  const rows: Row[] = [];
  for (const grant of grants)
    rows.push({ ...grant, served: await countServedBy(db, { scope, organizationId: grant.organization.id }) });
  return { plan, rows, left };
}

export interface LeavingTexts {
  file: MessageFile;
  count: number;
  /** How many had no room. */
  hidden: number;
}

/** A text for each organization, by deadline, with a fresh link in it. The links are secrets: the file is made at delivery, and kept nowhere. */
export async function leavingTexts(
  deps: IssueLinkDeps & ProviderDeps,
  {
    scope,
    email,
    askedBy,
    place,
  }: { scope: Scope; email: string; askedBy: { personId: string | null; email: string }; place: Place },
): Promise<LeavingTexts> {
  const { db } = deps;
  const total = await countGrants(db, { scope, email });
  const grants = await grantsOf(db, { scope, email, offset: 0, limit: mostTexts });
  const ids = grants.map(({ organization }) => organization.id);
  const organizations = await findOrganizationsInScope(db, { scope, ids });
  const links = await issueConnectLinks(deps, { organizations, askedBy, place });
  const provider = providerOf(deps);
  const texts = ids.flatMap((id) => {
    const organization = organizations.find((one) => one.id === id);
    const link = links.get(id);
    if (!organization || !link) return [];
    const { name: organizationName, account_email: to } = organization;
    const view = { ...link, organizationName, isWholesale: organization.wholesale_status };
    const { markdown } = renderMessage(forwardMessage({ ...view, isPartner: organization.servesAsPartner, provider }));
    return [`To: ${to ?? `a full administrator of ${organizationName}`}\n\n${asPlainText(markdown)}`];
  });
  const bytes = Buffer.from(`${texts.join('\n\n----------\n\n')}\n`);
  const file = { name: 'texts-to-forward.txt', contentType: 'text/plain; charset=utf-8', bytes };
  return { file, count: texts.length, hidden: total - grants.length };
}

/** The text as it is copied from a file: without the marks and escapes of Markdown, and links by their address. */
const asPlainText = (markdown: string): string =>
  markdown
    .replace(/\[(?:\\.|[^\]\\])*\]\(([^)]*)\)/g, '$1')
    .replaceAll('**', '')
    .replace(/\\([^\w\s])/g, '$1');
