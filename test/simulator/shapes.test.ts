// The fields of each resource, written down from Webex's official OpenAPI description, `userName` excepted, which only the live service shows.

import { describe, expect, it } from 'vitest';
import { type Body, call, card, personNamed, roomOf, startSimulator } from './local-webex.ts';

const fields = (words: string) => words.split(' ').sort();

describe('fields', () => {
  it.each([
    ['/people/me', 'id emails displayName nickName userName orgId created lastModified status type'],
    [
      '/rooms/{roomId}',
      'id title type isLocked lastActivity creatorId created ownerId isPublic isReadOnly isAnnouncementOnly',
    ],
    [
      '/memberships/{membershipId}',
      'id roomId personId personEmail personDisplayName personOrgId isModerator isRoomHidden roomType isMonitor created',
    ],
    [
      '/messages/{messageId}',
      'id roomId roomType parentId text markdown html personId personEmail mentionedPeople attachments created updated isVoiceClip',
    ],
  ])('of %s', async (route, expected) => {
    const simulator = await startSimulator();
    const roomId = roomOf(simulator, 'group').id;
    const bot = simulator.bot.token;
    const memberships = await call(simulator, bot, 'GET', `/memberships?roomId=${roomId}`);
    const root = await call(simulator, bot, 'POST', '/messages', { roomId, text: 'root' });
    const markdown = `<@personId:${personNamed(simulator, 'ada').personId}> look`;
    const message = { roomId, markdown, parentId: root.body.id, attachments: [card()] };
    const reply = await call(simulator, bot, 'POST', '/messages', message);
    await call(simulator, bot, 'PUT', `/messages/${reply.body.id}`, { roomId, markdown });
    const path = route
      .replace('{roomId}', roomId)
      .replace('{membershipId}', memberships.body.items[0]?.id ?? '')
      .replace('{messageId}', reply.body.id);
    const { body }: { body: Body } = await call(simulator, bot, 'GET', path);
    expect(Object.keys(body).sort()).toEqual(fields(expected));
  });
});
