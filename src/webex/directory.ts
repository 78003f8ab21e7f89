// What an administrator's token may read of organizations: the organizations themselves, their roles and licenses.

import { z } from 'zod';
import type { ListPage, WebexClient } from './client.ts';
import { type Collected, collectCounted } from './collect.ts';
import { instant, someText, units, unused, webexId } from './shapes.ts';

const organizationSchema = z.object({
  id: webexId,
  displayName: someText.optional(),
  created: instant.optional(),
});
export type Organization = z.infer<typeof organizationSchema>;

const roleSchema = z.object({ id: webexId, name: someText });
export type Role = z.infer<typeof roleSchema>;

const unitsUsed = units.refine((value) => value >= 0);
/** Less than one unit is no number of them: as 0 it would mean "no limit". */
const unitsInAll = z
  .number()
  .refine((value) => value <= 0 || value >= 1)
  .pipe(units);

const licenseSchema = z.object({
  id: webexId,
  name: someText,
  /** As Webex counts: 0 or a negative number can mean "no limit". */
  totalUnits: unitsInAll.optional(),
  consumedUnits: unitsUsed.optional(),
  consumedByUsers: unitsUsed.optional(),
  consumedByWorkspaces: unitsUsed.optional(),
  subscriptionId: someText.optional(),
  siteUrl: someText.optional(),
  siteType: someText.optional(),
});
export type License = z.infer<typeof licenseSchema>;

/** Every organization that the token's owner administers: one's own, or for a partner's administrator the customers'. */
export function listOrganizations(client: WebexClient): Promise<Collected<Organization>> {
  return collectCounted(client.list('/organizations', {}, organizationSchema));
}

/** One organization, by the API's base64 id (OpenAPI, GET /organizations/{orgId}; the list's scope `spark-admin:organizations_read`). */
export function readOrganization(client: WebexClient, webexOrgId: string): Promise<Organization> {
  return client.get('/organizations/{orgId}', { params: { orgId: webexOrgId } }, organizationSchema);
}

/** The roles of the organization of the token's owner. */
export function listRoles(client: WebexClient): Promise<Collected<Role>> {
  return collectCounted(client.list('/roles', {}, roleSchema));
}

/** The licenses of an organization, by the API's base64 id, with how many are in use (OpenAPI, GET /licenses). */
export function listLicenses(client: WebexClient, webexOrgId: string): Promise<Collected<License>> {
  return collectCounted(client.list('/licenses', { query: { orgId: webexOrgId } }, licenseSchema));
}

const holderSchema = z.object({
  id: webexId,
  displayName: someText.optional(),
  email: someText.optional(),
  /** `INTERNAL`, or `EXTERNAL` for somebody of another organization. */
  type: someText.optional(),
});
export type Holder = z.infer<typeof holderSchema>;

const holdersSchema = z.object({
  users: z
    .array(holderSchema)
    .nullish()
    .transform((users) => users ?? []),
  ...unused('id', 'name', 'totalUnits', 'consumedUnits', 'consumedByUsers', 'consumedByWorkspaces', 'subscriptionId'),
  ...unused('siteUrl', 'siteType'),
});

/** A page of the people who hold a license (OpenAPI, GET /licenses/{licenseId} with `includeAssignedTo`). `from`: what the page before has named as next. */
export function holdersPage(
  client: WebexClient,
  licenseId: string,
  { from, limit }: { from: string | null; limit: number },
): Promise<ListPage<{ users: Holder[] }>> {
  const query = { includeAssignedTo: 'user', limit };
  return client.page('/licenses/{licenseId}', { params: { licenseId }, query }, holdersSchema, from);
}
