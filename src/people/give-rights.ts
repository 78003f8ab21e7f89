// Gives a person rights at a node of the tree of customers, and takes them away.

import { appendAudit } from '../audit/append-audit.ts';
import type { Actor, CustomerNode } from '../chat/actor.ts';
import { findAdministrator, repinAdministrator } from '../chat/administrator.store.ts';
import type { Role } from '../chat/chat.schema.ts';
import { personBehind } from '../chat/person-behind.ts';
import {
  deleteRight,
  lockRight,
  type Right,
  type RightAtNode,
  rightsInScope,
  saveRight,
} from '../chat/rights.store.ts';
import { announceRights } from '../chat/rights-changes.ts';
import { forgetMembersBelow } from '../chat/space.store.ts';
import { lockTree, readCustomer } from '../customers/tree.store.ts';
import { NoFallbackRoom } from '../customers/with-fallback-room.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { isInScope, type Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { applySettings } from '../settings/apply-settings.ts';
import { levelOfSpace } from '../settings/settings.ts';
import type { SettingsEffect } from '../settings/settings-effect.ts';
import type { WebexClient } from '../webex/client.ts';
import { isSameId } from '../webex/ids.ts';
import { rightGivenNotice } from './rights.notice.ts';
import { isToldOfAny, rehomeRoom } from './rights-homes.store.ts';

export interface RightsDeps {
  db: Db;
  bot: WebexClient;
  jobs: Jobs;
  clock: Clock;
  botOrgId: () => string;
}

interface By {
  actor: Pick<Actor, 'personId' | 'email'>;
  roomId: string;
  /** What the actor may change here. */
  scope: Scope;
}

export interface GiveRightInput extends By {
  email: string;
  role: Role;
  customerId: string;
  eventId: string;
}

/** The right that was held at the node, and what of it was another. */
export interface RightBefore extends Pick<Right, 'role' | 'email'> {
  isOfOtherOrganization: boolean;
}

export type GiveRightResult =
  | { outcome: 'given'; node: CustomerNode; before: RightBefore | undefined }
  | { outcome: 'unchanged'; node: CustomerNode }
  /** Webex knows nobody with this e-mail, or several people of whom none is in the bot's own organization. */
  | { outcome: 'unknown' | 'ambiguous' }
  /** The node is gone, or out of what the actor may change. */
  | { outcome: 'gone' };

/**
 * Gives the right to the person whom Webex shows behind the e-mail now: nobody else who gets the address later has it. Asks Webex once.
 * @throws WebexUnavailable where Webex does not answer
 */
export async function giveRight(deps: RightsDeps, input: GiveRightInput): Promise<GiveRightResult> {
  const { email, role, customerId, actor, roomId, scope, eventId } = input;
  const person = await personBehind(deps.bot, { email, botOrgId: deps.botOrgId() });
  if (typeof person === 'string') return { outcome: person };
  const { id: personId, orgId: webexOrgId } = person;
  const now = deps.clock.now();
  const result = await deps.db.transaction(async (tx): Promise<GiveRightResult> => {
    await lockTree(tx);
    const node = await readCustomer(tx, customerId);
    if (!node || !isInScope(scope, node.path)) return { outcome: 'gone' };
    const right = { personId, customerId, role, email, webexOrgId, givenBy: actor.email, givenAt: now };
    const held = await lockRight(tx, right);
    const before = held && { ...held, isOfOtherOrganization: !isSameId(held.webexOrgId, webexOrgId) };
    const isOfAnother = before !== undefined && (before.email !== email || before.isOfOtherOrganization);
    if (before?.role === role && !isOfAnother) return { outcome: 'unchanged', node };
    await saveRight(tx, right);
    await forgetMembersBelow(tx, node.path);
    await repinAdministrator(tx, { email, personId, webexOrgId, firstSeenAt: now });
    const notice = rightGivenNotice.of({ customerId, role, by: actor.email });
    const place = { toPersonEmail: email };
    await enqueueNotice({ tx, jobs: deps.jobs }, { key: `right-given:${eventId}`, notice, place, now });
    await announceRights(tx, personId);
    await appendAudit(tx, {
      act: before === undefined ? 'right.given' : 'right.changed',
      by: { personId: actor.personId, email: actor.email },
      ...{ roomId, customerId, person: email, now },
      before: before === undefined ? null : { role: before.role, ...(isOfAnother && whoseOf(before)) },
      after: { role, customer: node.name, ...(isOfAnother && whoseOf(right)) },
    });
    return { outcome: 'given', node, before };
  });
  if (result.outcome === 'given') deps.jobs.wake('notice');
  return result;
}

/** To whom a right belongs, in the audit. */
const whoseOf = ({ email, webexOrgId }: Pick<Right, 'email' | 'webexOrgId'>) => ({
  email,
  webex_organization: webexOrgId,
});

export interface TakeRightsDeps extends Pick<RightsDeps, 'db' | 'jobs' | 'clock'> {
  settingsEffects: readonly SettingsEffect[];
}

/**
 * Takes away what the person holds at nodes in scope, or at one of them. Organizations that are told of in this person's direct space are told of in
 * `fallbackRoomId` from then on. Returns what was taken.
 * @throws NoFallbackRoom where it is null and there are such organizations
 */
export async function takeRights(
  { db, jobs, clock, settingsEffects }: TakeRightsDeps,
  {
    personId,
    customerId,
    fallbackRoomId,
    actor,
    roomId,
    scope,
  }: By & {
    personId: string;
    customerId: string | undefined;
    fallbackRoomId: string | null;
  },
): Promise<{ taken: RightAtNode[]; rehomed: number }> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    await lockTree(tx);
    const held = (await rightsInScope(tx, { scope, personId })).filter(
      (right) => customerId === undefined || right.customerId === customerId,
    );
    const [first] = held;
    if (!first) return { taken: [], rehomed: 0 };
    for (const right of held) {
      await deleteRight(tx, right);
      await forgetMembersBelow(tx, right.node.path);
    }
    const directRoomId = (await findAdministrator(tx, first.email))?.directRoomId ?? null;
    const told = directRoomId && { roomId: directRoomId, paths: held.map(({ node }) => node.path) };
    const isTold = told && (await isToldOfAny(tx, told));
    if (isTold && fallbackRoomId === null) throw new NoFallbackRoom();
    const rehomed = isTold && fallbackRoomId !== null ? await rehomeRoom(tx, { ...told, to: fallbackRoomId }) : 0;
    // The settings of another space count for them.
    if (fallbackRoomId !== null && rehomed > 0)
      await applySettings({ jobs, settingsEffects }, { tx, of: levelOfSpace(fallbackRoomId), now });
    await announceRights(tx, personId);
    for (const { node, role, email } of held) {
      await appendAudit(tx, {
        act: 'right.taken',
        by: { personId: actor.personId, email: actor.email },
        ...{ roomId, customerId: node.id, person: email, now },
        before: { role, customer: node.name },
      });
    }
    return { taken: held, rehomed };
  });
}
