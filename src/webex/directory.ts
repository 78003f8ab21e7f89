// What an administrator's token may read of organizations: the organizations themselves, their roles and licenses.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { collect } from './collect.ts';
import { instant } from './shapes.ts';

const organizationSchema = z.object({ id: z.string(), displayName: z.string(), created: instant.optional() });
export type Organization = z.infer<typeof organizationSchema>;

const roleSchema = z.object({ id: z.string(), name: z.string() });
export type Role = z.infer<typeof roleSchema>;

const licenseSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** As Webex counts: 0 or a negative number can mean "no limit". */
  totalUnits: z.number(),
  consumedUnits: z.number(),
  consumedByUsers: z.number().optional(),
  consumedByWorkspaces: z.number().optional(),
  subscriptionId: z.string().optional(),
  siteUrl: z.string().optional(),
  siteType: z.string().optional(),
});
export type License = z.infer<typeof licenseSchema>;

/** Every organization that the token's owner administers: one's own, or for a partner's administrator the customers'. */
export function listOrganizations(client: WebexClient): Promise<Organization[]> {
  return collect(client.list('/organizations', {}, organizationSchema));
}

/** One organization, by the API's base64 id (OpenAPI, GET /organizations/{orgId}; the list's scope `spark-admin:organizations_read`). */
export function readOrganization(client: WebexClient, webexOrgId: string): Promise<Organization> {
  return client.get('/organizations/{orgId}', { params: { orgId: webexOrgId } }, organizationSchema);
}

/** The roles of the organization of the token's owner. */
export function listRoles(client: WebexClient): Promise<Role[]> {
  return collect(client.list('/roles', {}, roleSchema));
}

/** The licenses of an organization, by the API's base64 id, with how many are in use (OpenAPI, GET /licenses). */
export function listLicenses(client: WebexClient, webexOrgId: string): Promise<License[]> {
  return collect(client.list('/licenses', { query: { orgId: webexOrgId } }, licenseSchema));
}
