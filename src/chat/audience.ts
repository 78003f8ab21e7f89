// Who reads along in a space: whether people of other Webex organizations are in it. What is about customers is not said to them, until an administrator
// has confirmed that they may read it.

import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { dayMs } from '../lib/durations.ts';
import type { WebexClient } from '../webex/client.ts';
import { WebexRefused } from '../webex/errors.ts';
import { isSameId } from '../webex/ids.ts';
import { type Member, membersOf } from '../webex/memberships.ts';
import { listAdministrators } from './administrator.store.ts';
import { organizationsAbove } from './rights.store.ts';
import { findSpace, noteSpace, type Space, saveMembersRead } from './space.store.ts';

export interface AudienceDeps {
  db: Db;
  bot: WebexClient;
  clock: Clock;
  botPersonId: () => string;
  /** The Webex organization of the bot. */
  botOrgId: () => string;
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
}

/** Webex sends each change of a space's members. One that no webhook brought is found after this time at the latest. */
const believedMs = dayMs;

/**
 * Whether people of other Webex organizations read along in a space, and no administrator has confirmed that they may. The members are read at Webex
 * where the store does not know. A space that the bot is not in is read by nobody.
 * @throws WebexUnavailable where Webex has to be asked and does not answer
 */
export async function isOverheard(deps: AudienceDeps, roomId: string): Promise<boolean> {
  return isSpaceOverheard(deps, { roomId, space: await findSpace(deps.db, roomId) });
}

/** The same of a space that was read already; undefined where nobody has noted it. */
export async function isSpaceOverheard(
  deps: AudienceDeps,
  { roomId, space }: { roomId: string; space: Space | undefined },
): Promise<boolean> {
  const { clock } = deps;
  if (space?.type === 'direct' || space?.readAlongAt || space?.leftAt) return false;
  const oldest = clock.now().getTime() - believedMs;
  if (space?.membersReadAt && space.membersReadAt.getTime() > oldest) return space.hasOutsiders ?? true;
  return readMembers(deps, { roomId, space });
}

/**
 * Whether a member of the space is somebody of another organization than that of the bot and those of the administrators who may see all that the space may
 * show. Machines cannot read along.
 */
export async function outsiders(
  { db, botOrgId, admins }: Pick<AudienceDeps, 'db' | 'botOrgId' | 'admins'>,
  roomId: string,
): Promise<(member: Member) => boolean> {
  const pinned = (await listAdministrators(db)).filter(({ email }) => admins.includes(email));
  const home = [botOrgId(), ...pinned.map(({ webexOrgId }) => webexOrgId), ...(await organizationsAbove(db, roomId))];
  return ({ personOrgId, personEmail }) =>
    !isMachine(personEmail) && !home.some((orgId) => isSameId(orgId, personOrgId ?? ''));
}

const isMachine = (email: string | null | undefined): boolean => /@(webex\.bot|sparkbot\.io)$/i.test(email ?? '');

/** Stops at the first outsider. */
async function readMembers(
  deps: AudienceDeps,
  { roomId, space }: { roomId: string; space: Space | undefined },
): Promise<boolean> {
  const { db, bot, clock, botPersonId } = deps;
  const now = clock.now();
  const isOutsider = await outsiders(deps, roomId);
  let hasOutsiders = false;
  let type: Space['type'] = 'group';
  try {
    for await (const member of membersOf(bot, roomId)) {
      if (member.roomType === 'direct') type = 'direct';
      if (isSameId(member.personId ?? '', botPersonId()) || !isOutsider(member)) continue;
      hasOutsiders = true;
      break;
    }
  } catch (error) {
    // The bot is not in the space any more.
    if (error instanceof WebexRefused && error.status === 404) return false;
    if (!(error instanceof WebexRefused)) throw error;
    // Nobody knows who reads along.
    return true;
  }
  if (!space) await noteSpace(db, { roomId, type, now });
  await saveMembersRead(db, { roomId, hasOutsiders, version: space?.membersVersion ?? 0, now });
  return hasOutsiders && type === 'group';
}
