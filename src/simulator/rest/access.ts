// Who calls, and what they may: a live token, its scopes, and the organizations that its person administers.

import type { Parts } from '../parts.ts';
import { ownToken } from '../seed.ts';
import type { Membership, Message, Organization, Person, Room } from '../world.ts';
import { type Caller, forbidden, notFound, unauthorized } from './answer.ts';

type Deps = Pick<Parts, 'world'>;

/** The holder of the bearer token in an Authorization header. Throws a 401 for a token that is unknown, dead or no access token. */
export function callerOf(deps: Pick<Parts, 'world' | 'now'>, header: string | undefined): Caller {
  const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
  const authorization = token === undefined ? undefined : deps.world.authorizations.get(token);
  if (authorization === undefined || authorization.type !== 'access') throw unauthorized();
  const person = deps.world.people.get(authorization.personId);
  if (person === undefined || person.deleted || new Date(authorization.expiresAt) <= deps.now()) throw unauthorized();
  return { person, authorization };
}

/** Throws a 403 unless the caller's token carries one of `scopes`. */
export function requireScope(caller: Caller, scopes: readonly string[]): void {
  if (scopes.length > 0 && !scopes.some((scope) => caller.authorization.scopes.includes(scope))) throw forbidden();
}

/** What the caller administers. A machine account reaches, under that switch, what people of its organization administer. */
function reachOf({ world }: Deps, { person }: Caller): string[] {
  if (person.type !== 'machine' || world.switches.machineAccountReach === 'own') return person.administers;
  const colleagues = [...world.people.values()].filter(({ orgId }) => orgId === person.orgId);
  return [...new Set([...person.administers, ...colleagues.flatMap(({ administers }) => administers)])];
}

/** The organizations that the caller administers, the own one first. Throws a 403 for whoever is no administrator. */
export function administered(deps: Deps, caller: Caller): [Organization, ...Organization[]] {
  const [first, ...rest] = reachOf(deps, caller)
    .map((id) => deps.world.organizations.get(id))
    .filter((organization) => organization !== undefined);
  if (first === undefined) throw forbidden();
  return [first, ...rest];
}

/** An organization that the caller administers. Throws a 404 for one that is not there, a 403 for somebody else's. */
export function administeredOne(deps: Deps, caller: Caller, orgId: string): Organization {
  const reach = reachOf(deps, caller);
  if (reach.length === 0) throw forbidden();
  const found = deps.world.organizations.get(orgId);
  if (found === undefined) throw notFound();
  if (!reach.includes(orgId)) throw forbidden();
  return found;
}

/** The caller's membership of a room. Throws Webex's 404, which does not tell a foreign room from none. */
export function membershipIn(deps: Deps, caller: Caller, roomId: string): { room: Room; membership: Membership } {
  const room = deps.world.rooms.get(roomId);
  const membership = membershipOf(deps, roomId, caller.person.id);
  if (room === undefined || membership === undefined) throw notFound('Could not find a room with provided ID.');
  return { room, membership };
}

/** The membership of a person in a room, where there is one. */
export function membershipOf(deps: Deps, roomId: string, personId: string): Membership | undefined {
  return membersOf(deps, roomId).find((membership) => membership.personId === personId);
}

export function membersOf(deps: Deps, roomId: string): Membership[] {
  return [...deps.world.memberships.values()].filter((membership) => membership.roomId === roomId);
}

/** Whether Webex lets `person` read the message: a bot reads in a group only what mentions it and what it wrote. */
export function mayRead(deps: Deps, person: Person, message: Message): boolean {
  if (membershipOf(deps, message.roomId, person.id) === undefined) return false;
  if (person.type === 'person' || message.roomType === 'direct') return true;
  return (
    message.personId === person.id ||
    message.mentionedPeople.includes(person.id) ||
    message.mentionedGroups.includes('all')
  );
}

/** The token that is a person's or a bot's own, given out by no integration. */
export function ownTokenOf(deps: Deps, personId: string): string {
  for (const row of deps.world.authorizations.values()) {
    if (row.personId === personId && row.clientId === undefined) return row.token;
  }
  throw new Error('The simulator world has lost a token');
}

/** The same of everybody at once, by person: a world may hold thousands. */
export function ownTokens({ world }: Deps): ReadonlyMap<string, string> {
  const own = [...world.authorizations.values()].filter(({ clientId }) => clientId === undefined);
  return new Map(own.reverse().map(({ personId, token }) => [personId, token]));
}

/** Gives a token of their own to all who have none: whoever was added since the seed, in this process or an earlier one. */
export function giveOwnTokens(deps: Pick<Parts, 'world' | 'now'>): void {
  const { world, now } = deps;
  const known = ownTokens(deps);
  for (const person of world.people.values()) {
    if (known.has(person.id) || person.type === 'machine') continue;
    const row = ownToken(person, now());
    world.authorizations.set(row.token, row);
    world.issuedSecrets.push(row.token);
  }
}
