// An organization's workspaces: rooms with their devices.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { someText, unused, webexId } from './shapes.ts';

const workspaceSchema = z.object({
  id: webexId,
  displayName: someText.optional(),
  calling: z
    .object({
      type: someText.optional(),
      /** The address of the user at the customer's Unified CM. */
      hybridCalling: z.object({ emailAddress: someText.optional() }).optional(),
      ...unused('webexCalling'),
    })
    .optional(),
  ...unused('orgId', 'locationId', 'workspaceLocationId', 'floorId', 'capacity', 'type', 'sipAddress', 'created'),
  ...unused('notes', 'hotdeskingStatus', 'supportedDevices', 'calendar', 'deviceHostedMeetings', 'devicePlatform'),
  ...unused('indoorNavigation', 'health', 'devices', 'capabilities', 'plannedMaintenance', 'customAttributes'),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** The workspaces with hybrid calling, by the API's base64 id of the organization (OpenAPI, GET /workspaces; scope `spark-admin:workspaces_read`). */
export const hybridWorkspaces = (client: WebexClient, webexOrgId: string): AsyncIterable<Workspace> =>
  client.list('/workspaces', { query: { orgId: webexOrgId, calling: 'hybridCalling', max: 1_000 } }, workspaceSchema);
