// In which app people's calls begin: /people/{personId}/features/callingBehavior, and the UC Manager profiles.

import { z } from 'zod';
import { BehaviourType, callingProfilesOf, organizationDefault } from '../calling-behaviour.ts';
import type { Parts } from '../parts.ts';
import { ROLES } from '../seed.ts';
import type { Employee, Person } from '../world.ts';
import type { CallingBehaviour } from '../world-services.ts';
import { administered, administeredOne } from './access.ts';
import { type Call, type Caller, checked, forbidden, jsonBody, noContent, notFound, ok, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'changed'>;

const ChangedBehaviour = z.strictObject({
  behaviorType: BehaviourType.nullable(),
  profileId: z.string().nullable().optional(),
});

const untouched: CallingBehaviour = { behaviorType: null, profileId: null };

export function callingRoutes(deps: Deps): Route[] {
  const { world, now, changed } = deps;
  /** Somebody of an organization that the caller administers; with `orgId` of that one. */
  const personOf = (caller: Caller, { params, query }: Call): Person | Employee => {
    const id = params['personId'] ?? '';
    const person = world.people.get(id) ?? world.employees.get(id);
    if (!person || ('deleted' in person && person.deleted)) throw notFound();
    const orgId = query.get('orgId');
    administeredOne(deps, caller, person.orgId);
    if (orgId !== null && orgId !== person.orgId) throw notFound();
    if (person.calling?.isHidden) throw notFound('The calling behavior of this person is not available.');
    return person;
  };

  return [
    {
      method: 'GET',
      path: '/people/{personId}/features/callingBehavior',
      scopes: ['spark-admin:people_read'],
      handle(caller, call) {
        const { calling: { behaviorType, profileId } = untouched } = personOf(caller, call);
        return ok({
          behaviorType,
          effectiveBehaviorType: behaviorType ?? organizationDefault,
          ...(profileId === null ? {} : { profileId }),
        });
      },
    },
    {
      method: 'PUT',
      path: '/people/{personId}/features/callingBehavior',
      scopes: ['spark-admin:people_write'],
      handle(caller, call) {
        const writers = [ROLES.fullAdministrator.id, ROLES.userAdministrator.id];
        if (!caller.person.roles.some((role) => writers.includes(role))) throw forbidden();
        const person = personOf(caller, call);
        const { behaviorType, profileId = null } = jsonBody(ChangedBehaviour, call);
        const known = callingProfilesOf(person.orgId).map(({ id }) => id);
        if (profileId !== null) checked(z.object({ profileId: z.enum(known) }), { profileId });
        // Jabber has no profile.
        const kept = behaviorType === 'CALL_WITH_APP_REGISTERED_FOR_CISCOTEL' ? null : profileId;
        const calling = { behaviorType, profileId: kept };
        if ('deleted' in person) world.people.set(person.id, { ...person, calling });
        else world.employees.set(person.id, { ...person, calling, lastModified: now().toISOString() });
        changed();
        return noContent();
      },
    },
    {
      method: 'GET',
      path: '/telephony/config/callingProfiles',
      scopes: ['spark-admin:people_read'],
      handle(caller, call) {
        const orgId = call.query.get('orgId');
        const { id } = orgId === null ? administered(deps, caller)[0] : administeredOne(deps, caller, orgId);
        return ok({ callingProfiles: callingProfilesOf(id) });
      },
    },
  ];
}
