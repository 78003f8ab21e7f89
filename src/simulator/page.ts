// The chat page: its files, and what it reads beside the REST API: who can be played, the customers, the clock and the live events.

import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { ClockSteps } from './clock.ts';
import type { Feed } from './feed.ts';
import { keyOf } from './ids.ts';
import { escapeHtml, renderMarkdown } from './markdown.ts';
import type { RefreshWatch } from './oauth/refresh-watch.ts';
import type { Parts } from './parts.ts';
import { membershipOf, membersOf, ownTokenOf } from './rest/access.ts';
import { assetsFolder } from './templates.ts';
import type { Message, Person, World } from './world.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'happened'> & {
  feed: Feed;
  clock: Pick<ClockSteps, 'pass'>;
  refreshes: Pick<RefreshWatch, 'grants'>;
};

const MESSAGES_SHOWN = 200;
const Advance = z.object({ days: z.number().int().min(1).max(365) });

const Policy = z.object({ refreshRenews: z.boolean() });

const adaptiveCardsBundle = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');

export function chatPage(deps: Deps): Router {
  const { world, feed } = deps;
  const router = Router();

  // Below a root: Express refuses hidden folders in a path, and would count those that the program itself lies in.
  router.get('/', (_request, response) => response.sendFile('chat.html', { root: assetsFolder }));
  router.get('/assets/adaptivecards.min.js', (_request, response) =>
    response.sendFile(basename(adaptiveCardsBundle), { root: dirname(adaptiveCardsBundle) }),
  );
  router.use('/assets', express.static(assetsFolder, { index: false }));

  router.use('/chat', sameOriginOnly);
  router.get('/chat/start', (_request, response) => {
    response.set('Cache-Control', 'no-store').json(startOf(deps));
  });
  router.get('/chat/rooms/:roomId/messages', (request, response) => {
    const messages = [...world.messages.values()].filter(({ roomId }) => roomId === request.params.roomId);
    response.set('Cache-Control', 'no-store').json({
      items: messages.slice(-MESSAGES_SHOWN).map((message) => shown(world, message)),
      earlier: Math.max(0, messages.length - MESSAGES_SHOWN),
    });
  });
  router.get('/chat/files/:fileId', (request, response) => {
    for (const message of world.messages.values()) {
      const file = message.files.find(({ id }) => id === request.params.fileId);
      if (file === undefined) continue;
      const image = /^image\/(?:png|jpeg|gif|webp)$/.test(file.contentType);
      response.set('Content-Type', image ? file.contentType : 'application/octet-stream');
      response.set('Content-Disposition', `${image ? 'inline' : 'attachment'}; filename="${file.name}"`);
      response.send(Buffer.from(file.base64, 'base64'));
      return;
    }
    response.status(404).json({ message: 'There is no such file.' });
  });
  router.get('/chat/events', (request, response) => feed.follow(response, request.get('last-event-id')));
  router.post('/chat/clock', express.json(), async (request, response) => {
    const advance = Advance.safeParse(request.body);
    if (!advance.success) {
      response.status(400).json({ message: 'days: must be a whole number from 1 to 365' });
      return;
    }
    await deps.clock.pass(advance.data.days);
    response.json({ now: deps.now().toISOString() });
  });
  router.post('/chat/policy', express.json(), (request, response) => {
    const policy = Policy.safeParse(request.body);
    if (!policy.success) {
      response.status(400).json({ message: 'refreshRenews: must be true or false' });
      return;
    }
    world.switches.refreshRenews = policy.data.refreshRenews ? 'always' : 'never';
    deps.happened({ resource: 'simulator', event: 'switches' });
    response.json({ refreshRenews: policy.data.refreshRenews });
  });
  router.use((_request, response) => {
    response.status(404).type('text').send('There is no such page.');
  });
  return router;
}

/** What the page needs to begin: who can be played, with their own tokens, whom to connect, and what time it is. */
function startOf(deps: Deps): Record<string, unknown> {
  const { world } = deps;
  const bot = world.people.get(world.botId);
  const inSpacesWithBot = new Set(
    [...world.rooms.keys()]
      .filter((roomId) => membershipOf(deps, roomId, world.botId) !== undefined)
      .flatMap((roomId) => membersOf(deps, roomId).map(({ personId }) => personId)),
  );
  const players = [...world.people.values()].filter(
    (person) => person.type === 'person' && !person.deleted && inSpacesWithBot.has(person.id),
  );
  const customers = [...world.organizations.values()].filter(({ id }) => id !== bot?.orgId);
  return {
    now: deps.now().toISOString(),
    refreshRenews: world.switches.refreshRenews !== 'never',
    lived: livedOf(deps),
    bot: { personId: world.botId, displayName: bot?.displayName },
    people: players.map((person) => ({
      personId: person.id,
      displayName: person.displayName,
      title: person.title,
      token: ownTokenOf(deps, person.id),
      rooms: [...world.rooms.values()]
        .filter(({ id }) => membershipOf(deps, id, person.id) !== undefined)
        .map((room) => ({ id: room.id, type: room.type, ...namesOf(deps, room.id, person) })),
    })),
    customers: customers.map((organization) => numberOf(world, organization)),
    own: [...world.organizations.values()].filter(({ id }) => id === bot?.orgId).map((own) => numberOf(world, own)),
  };
}

/** An organization to connect: its number, and who may consent. */
const numberOf = (world: World, { id, displayName }: { id: string; displayName: string }) => ({
  name: displayName,
  number: keyOf(id),
  administrator: [...world.people.values()].find(
    (person) => person.orgId === id && !person.deleted && person.administers.includes(id),
  )?.displayName,
});

/** What has come of the time that passed: the page says what to look for, and what was there. */
function livedOf({ world, refreshes }: Deps): { grants: number; refreshes: number; said: number } {
  const said = [...world.messages.values()].filter(({ personId }) => personId === world.botId);
  return {
    grants: world.grants.size,
    refreshes: refreshes.grants().reduce((sum, grant) => sum + grant.refreshes.length, 0),
    said: said.length,
  };
}

function namesOf(deps: Deps, roomId: string, viewer: Person): { title: string; members: string[] } {
  const room = deps.world.rooms.get(roomId);
  const members = membersOf(deps, roomId);
  const other = members.find(({ personId }) => personId !== viewer.id)?.personDisplayName;
  return {
    title: (room?.type === 'direct' ? other : room?.title) ?? '',
    members: members.map(({ personDisplayName }) => personDisplayName),
  };
}

/** A message as the page shows it: texts as safe HTML, the Markdown in cards too, so that the page needs no renderer of its own. */
function shown(world: World, message: Message): Record<string, unknown> {
  const author = world.people.get(message.personId);
  const card = message.attachments[0]?.content;
  return {
    id: message.id,
    parentId: message.parentId,
    author: author?.displayName ?? message.personEmail,
    authorId: message.personId,
    isBot: author?.type === 'bot',
    html: message.html ?? `<p>${escapeHtml(message.text ?? '').replaceAll('\n', '<br>')}</p>`,
    hasText: Boolean(message.html ?? message.text),
    created: message.created,
    edits: message.edits,
    files: message.files.map(({ id, name, contentType }) => ({ id, name, isImage: contentType.startsWith('image/') })),
    ...(card === undefined ? {} : { card, cardHtml: renderedTexts(card) }),
  };
}

/** Each text of a card that Adaptive Cards treats as Markdown, with its HTML. */
function renderedTexts(card: unknown, found: Record<string, string> = {}): Record<string, string> {
  if (Array.isArray(card)) for (const item of card) renderedTexts(item, found);
  else if (typeof card === 'object' && card !== null) {
    for (const [name, value] of Object.entries(card)) {
      if (typeof value !== 'string') renderedTexts(value, found);
      else if (name === 'text' || name === 'title' || name === 'value') found[value] = renderMarkdown(value).html;
    }
  }
  return found;
}

/** Refuses what a page of another site asks for in somebody's browser. */
const sameOriginOnly: RequestHandler = (request, response, next) => {
  const site = request.get('sec-fetch-site');
  if (site === undefined || site === 'same-origin' || site === 'none') return next();
  response.status(403).json({ message: 'The chat page answers only itself.' });
};
