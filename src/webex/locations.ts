// An organization's locations: buildings with an address, and the floors in them.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { type Collected, collect, collectCounted } from './collect.ts';
import { someText, unused, webexId, wholeNumber } from './shapes.ts';

const addressSchema = z.object({
  address1: someText.optional(),
  address2: someText.optional(),
  city: someText.optional(),
  state: someText.optional(),
  postalCode: someText.optional(),
  country: someText.optional(),
});

const locationSchema = z.object({
  id: webexId,
  name: someText,
  address: addressSchema.optional(),
  timeZone: someText.optional(),
  /** Degrees, which Webex writes as text. */
  latitude: someText.optional(),
  longitude: someText.optional(),
  notes: someText.optional(),
  ...unused('orgId', 'preferredLanguage', 'announcementLanguage'),
});
export type Location = z.infer<typeof locationSchema>;

const floorSchema = z.object({
  id: webexId,
  /** Below the ground it is negative. */
  floorNumber: wholeNumber.optional(),
  displayName: someText.optional(),
  ...unused('locationId'),
});
export type Floor = z.infer<typeof floorSchema>;

/** The locations of an organization, by the API's base64 id (OpenAPI, GET /locations; scope `spark-admin:locations_read`). */
export function listLocations(client: WebexClient, webexOrgId: string): Promise<Collected<Location>> {
  return collectCounted(client.list('/locations', { query: { orgId: webexOrgId, max: 500 } }, locationSchema));
}

/** The floors of a location (OpenAPI, GET /locations/{locationId}/floors; the same scope). */
export function listFloors(client: WebexClient, locationId: string): Promise<Floor[]> {
  return collect(client.list('/locations/{locationId}/floors', { params: { locationId } }, floorSchema));
}
