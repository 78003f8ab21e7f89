// In which app the calls of people begin: the behaviours that Webex knows, an organization's UC Manager profiles, and what people begin with.

import { z } from 'zod';
import { keyOf, webexId } from './ids.ts';
import type { CallingBehaviour } from './world-services.ts';

/** Webex takes it in any case. */
export const BehaviourType = z
  .string()
  .toUpperCase()
  .pipe(
    z.enum([
      'NATIVE_WEBEX_TEAMS_CALLING',
      'NATIVE_SIP_CALL_TO_UCM',
      'CALL_WITH_APP_REGISTERED_FOR_CISCOTEL',
      'CALL_WITH_APP_REGISTERED_FOR_TEL',
      'CALL_WITH_APP_REGISTERED_FOR_WEBEXCALLTEL',
    ]),
  );

/** What is in effect where nothing is set for a person. */
export const organizationDefault = 'NATIVE_WEBEX_TEAMS_CALLING';

/** The profiles of an organization: the same at each start, since their ids follow from its own. */
export const callingProfilesOf = (orgId: string): { id: string; name: string }[] =>
  ['Head office', 'Branches'].map((name, index) => ({
    id: webexId('CALLING_PROFILE', keyOf(orgId).replace(/^.{8}/, `0000000${index + 1}`)),
    name,
  }));

/** Of a dozen people, some have a choice of their own, and of one Webex says nothing. */
export function seededCalling(orgId: string, number: number): { calling?: CallingBehaviour } {
  const own = (behaviorType: string | null, more: Partial<CallingBehaviour> = {}) => ({
    calling: { behaviorType, profileId: null, ...more },
  });
  switch (number % 12) {
    case 6:
      return own('NATIVE_SIP_CALL_TO_UCM', { profileId: callingProfilesOf(orgId)[0]?.id ?? null });
    case 7:
      return own('CALL_WITH_APP_REGISTERED_FOR_CISCOTEL');
    case 8:
      return own('CALL_WITH_APP_REGISTERED_FOR_TEL');
    case 9:
      return own('CALL_WITH_APP_REGISTERED_FOR_WEBEXCALLTEL');
    case 11:
      return own(null, { isHidden: true });
    default:
      return {};
  }
}
