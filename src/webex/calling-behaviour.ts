// In which app somebody's calls begin, and the UC Manager profiles of an organization. Webex has no such setting for a whole organization, and no call for many
// people at once.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { someText, webexId } from './shapes.ts';

const route = '/people/{personId}/features/callingBehavior';

const behaviourSchema = z.object({
  /** Read by hand: an odd value is neither a choice nor none. */
  behaviorType: z.unknown().optional(),
  effectiveBehaviorType: someText.optional(),
  profileId: webexId.optional(),
});

/** What is set for a person alone. */
export interface CallingBehaviour {
  /** As Webex writes it: `NATIVE_SIP_CALL_TO_UCM`; null: the organization's default is in effect. */
  behaviorType: string | null;
  /** The UC Manager profile; null: the organization's default. */
  profileId: string | null;
}

/** Also what is in effect, whoever has set it; null where Webex did not say. */
export type CallingBehaviourRead = CallingBehaviour & { effective: string | null };

/** Which person of which organization, by the API's base64 ids. */
interface Whose {
  personId: string;
  webexOrgId: string;
}

const request = ({ personId, webexOrgId }: Whose) => ({ params: { personId }, query: { orgId: webexOrgId } });

/** Undefined where the answer says nothing that can be relied on. Needs the scope `spark-admin:people_read`. */
export async function readCallingBehaviour(
  client: WebexClient,
  whose: Whose,
): Promise<CallingBehaviourRead | undefined> {
  const answer = await client.get(route, request(whose), behaviourSchema);
  const { behaviorType = null, effectiveBehaviorType: effective = null, profileId = null } = answer;
  const isChoice = typeof behaviorType === 'string' && behaviorType.trim() !== '';
  if (isChoice) return { behaviorType, profileId, effective };
  return behaviorType === null && effective !== null ? { behaviorType, profileId, effective } : undefined;
}

/** Sets it. Needs the scope `spark-admin:people_write`, and a full or user administrator. */
export const writeCallingBehaviour = (
  client: WebexClient,
  { behaviorType, profileId, ...whose }: Whose & CallingBehaviour,
): Promise<void> => client.replace(route, { ...request(whose), body: { behaviorType, profileId } });

const profilesSchema = z.object({
  callingProfiles: z.array(z.object({ id: webexId, name: someText })).default([]),
});
export type CallingProfile = z.infer<typeof profilesSchema>['callingProfiles'][number];

/** The UC Manager profiles of an organization (OpenAPI, GET /telephony/config/callingProfiles; scope `spark-admin:people_read`). */
export async function readCallingProfiles(client: WebexClient, webexOrgId: string): Promise<CallingProfile[]> {
  const query = { orgId: webexOrgId };
  return (await client.get('/telephony/config/callingProfiles', { query }, profilesSchema)).callingProfiles;
}
