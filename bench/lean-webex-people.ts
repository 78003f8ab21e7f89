// The people and things of the lean Webex: a bot, an administrator, spaces with both in, and tokens.

import { randomBytes, randomUUID } from 'node:crypto';

export const BOT_TOKEN = 'the-token-of-the-bot';
export const ADMIN_EMAIL = 'ada@meridian.example';
/** Each command of a concurrent load has a space of its own: its answer is known by the space. */
const SPACES = 50;

export const webexId = (kind: string) => Buffer.from(`ciscospark://us/${kind}/${randomUUID()}`).toString('base64url');
export const longAgo = '2024-01-01T00:00:00.000Z';
export const orgId = webexId('ORGANIZATION');
export const bot = { id: webexId('PEOPLE'), emails: ['bench@webex.bot'], displayName: 'Bench', orgId, type: 'bot' };
export const admin = {
  id: webexId('PEOPLE'),
  emails: [ADMIN_EMAIL],
  displayName: 'Ada Lindqvist',
  orgId,
  type: 'person',
};
export type Person = typeof bot;
export const rooms = Array.from({ length: SPACES }, (_, index) => ({
  id: webexId('ROOM'),
  title: `Space ${index + 1}`,
  type: 'group',
  isLocked: false,
  created: longAgo,
  lastActivity: longAgo,
  creatorId: admin.id,
}));
export const memberships = rooms.flatMap((room) =>
  [bot, admin].map((person) => ({
    id: webexId('MEMBERSHIP'),
    roomId: room.id,
    roomType: room.type,
    personId: person.id,
    personEmail: person.emails[0],
    personDisplayName: person.displayName,
    personOrgId: orgId,
    isModerator: false,
    isMonitor: false,
    created: longAgo,
  })),
);

export const isAskedFor = (query: URLSearchParams) => (membership: (typeof memberships)[number]) =>
  ['roomId', 'personId', 'personEmail'].every((name) => {
    const wanted = query.get(name);
    return wanted === null || membership[name as 'roomId'] === wanted;
  });

/** As Webex answers: a new access token for 14 days, and the refresh token's 90 days begin anew. */
export const newTokens = (refreshToken: string) => ({
  access_token: randomBytes(48).toString('base64url'),
  expires_in: 1_209_599,
  refresh_token: refreshToken,
  refresh_token_expires_in: 7_775_999,
  token_type: 'Bearer',
  scope: 'spark:people_read spark-admin:organizations_read',
});
