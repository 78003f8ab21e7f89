// Control Hub's admin audit: what administrators did in an organization, written down as it happens.

import { randomUUID } from 'node:crypto';
import { newTrackingId } from './ids.ts';
import type { Parts } from './parts.ts';
import type { Person } from './world.ts';
import type { AdminAuditEvent } from './world-services.ts';

/** What is remembered of somebody's fate, with the texts of Control Hub. `{target}` and `{actor}` are names. */
const DESCRIBED = {
  demote: ['USERS', 'An Admin changed the administrator roles of a user', '{actor} removed the roles of {target}'],
  'read-only': ['USERS', 'An Admin changed the administrator roles of a user', '{actor} removed the roles of {target}'],
  delete: ['USERS', 'An Admin deleted a user', '{actor} deleted {target}'],
  'reset-password': ['USERS', 'An Admin reset the password of a user', '{actor} reset the password of {target}'],
  revoke: ['INTEGRATIONS', 'An Admin revoked the access of an integration', '{actor} revoked the access of {target}'],
  block: ['INTEGRATIONS', 'An Admin blocked an integration', '{actor} blocked the integration {target}'],
} as const;

export type Described = keyof typeof DESCRIBED;

type Deps = Pick<Parts, 'world' | 'now'>;

/** Notes what `actor` did to `person`, in the audit of the person's organization. Without an actor it is another administrator there, or the person. */
export function noteInAudit(
  deps: Deps,
  what: Described,
  person: Person,
  actor = administratorBeside(deps, person),
): void {
  const { world, now } = deps;
  const organization = world.organizations.get(person.orgId);
  const [category, description, text] = DESCRIBED[what];
  const isOfIntegration = category === 'INTEGRATIONS';
  const target = isOfIntegration
    ? { type: 'INTEGRATION', id: world.integration.applicationId, name: world.integration.name }
    : { type: 'USER', id: person.id, name: person.displayName };
  const event: AdminAuditEvent = {
    id: Buffer.from(randomUUID()).toString('base64url'),
    orgId: person.orgId,
    created: now().toISOString(),
    actorId: actor.id,
    actorOrgId: actor.orgId,
    data: {
      actorOrgName: world.organizations.get(actor.orgId)?.displayName ?? '',
      actorName: actor.displayName,
      actorEmail: actor.email,
      actorIp: '198.51.100.17',
      actorUserAgent: 'Mozilla/5.0',
      adminRoles: ['User', 'Full_Admin'],
      trackingId: newTrackingId().replace('ROUTERGW', 'ATLAS'),
      eventCategory: `EventCategory.${category}`,
      eventDescription: description,
      actionText: text.replace('{actor}', actor.displayName).replace('{target}', target.name),
      targetType: `TargetResourceType.${target.type}`,
      targetId: target.id,
      targetName: target.name,
      targetOrgId: person.orgId,
      targetOrgName: organization?.displayName ?? '',
    },
  };
  world.adminAudit.set(event.id, event);
}

function administratorBeside({ world }: Deps, person: Person): Person {
  const others = [...world.people.values()].filter(({ id, deleted }) => id !== person.id && !deleted);
  return others.find(({ administers }) => administers.includes(person.orgId)) ?? person;
}
