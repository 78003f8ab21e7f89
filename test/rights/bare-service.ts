// The real commands on a real store, without a Webex and without jobs that run: what a person types or clicks is answered at once, and every notice that is
// queued for it is rendered, as its delivery would.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { and, asc, isNull } from 'drizzle-orm';
import type { Actor } from '../../src/chat/actor.ts';
import { isNotice, type Notice } from '../../src/chat/answer.ts';
import { readClickInputs } from '../../src/chat/click-inputs.ts';
import { renderMessage } from '../../src/chat/render-message.ts';
import type { FileReply } from '../../src/chat/reply.ts';
import { answerClick, answerMessage, isForEverybody } from '../../src/chat/router.ts';
import { standingOf } from '../../src/chat/standing.ts';
import type { Database } from '../../src/db/database.ts';
import { createJobs } from '../../src/db/jobs/jobs.ts';
import { features, queues } from '../../src/features.ts';
import { createEventStreams } from '../../src/http/event-streams.ts';
import { inTimeZone } from '../../src/lib/time-zone.ts';
import { createLog } from '../../src/log.ts';
import { deliverNotice } from '../../src/notices/deliver-notice.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { whereToAnswer } from '../../src/notices/where-to-answer.ts';
import type { Parts } from '../../src/parts.ts';
import { createChanges } from '../../src/transactions/changes.ts';
import { wire } from '../../src/wiring.ts';
import { encryptionKey } from '../helpers/test-app.ts';
import { homeOrgId, type Person, providerEmail } from './random-world.ts';

export type BareService = Awaited<ReturnType<typeof createBareService>>;

/** What somebody reads: everybody in a space, or a person alone. */
export interface Said {
  to: { roomId: string } | { email: string } | { personId: string };
  text: string;
  /** The answer itself; everything else is a notice. */
  isAnswer: boolean;
}

export interface Asked {
  actor: Actor;
  roomId: string;
  isDirect: boolean;
  what: { text: string } | { inputs: Record<string, string | number | boolean> };
}

interface Around {
  now: () => Date;
  /** Whether people of other organizations read along in a space. */
  isOverheard: (roomId: string) => boolean;
  /** Everybody whom Webex knows. */
  everybody: () => readonly Person[];
}

export async function createBareService(database: Database, { now, isOverheard, everybody }: Around) {
  const posted: Said[] = [];
  const webex = await startPost(posted, everybody);
  const log = createLog({ level: 'error', destination: { write: (line) => void errors.push(line) } });
  const errors: string[] = [];
  const { signal } = new AbortController();
  const { db } = database;
  const { parts: wired } = wire(
    {
      port: 0,
      publicUrl: undefined,
      webex: { apiUrl: webex.url, botToken: 'none', clientId: 'C1', clientSecret: 'none', webhookSecret: 'none' },
      databaseUrl: undefined,
      dataDir: '',
      encryptionKeys: [{ id: 'test', key: encryptionKey }],
      admins: [providerEmail],
      refreshSchedule: '* * * * *',
      expirySchedule: '* * * * *',
      // Whatever else keeps this process busy: an answer always comes.
      webexTimeouts: { timeoutMs: 60_000, budgetMs: 60_000 },
      clock: { now, sleep: async () => {} },
      log,
    },
    features,
    {
      db,
      vacuum: database.vacuum,
      jobs: createJobs({ database, queues, log }),
      changes: createChanges({ database, log }),
      streams: createEventStreams(),
      url: 'http://localhost',
      shutdownSignal: signal,
      cutOffSignal: signal,
    },
  );
  const whoActs = new Map<string, Actor>();
  const parts: Parts = {
    ...wired,
    botPersonId: () => 'the bot',
    botOrgId: () => homeOrgId,
    botName: () => 'Hubkeeper',
    botIsKnown: () => true,
    isOverheard: async (roomId) => isOverheard(roomId),
    isSpaceOverheard: async ({ roomId }) => isOverheard(roomId),
    people: {
      ...wired.people,
      whoIs: async (personId) => {
        const actor = whoActs.get(personId);
        if (!actor) throw new Error(`nobody is ${personId}`);
        return actor;
      },
    },
  };
  let events = 0;

  async function renderNotice(notice: Notice, roomId: string): Promise<string> {
    const renderer = parts.renderers.get(notice.kind);
    if (!renderer) throw new Error(`nobody renders ${notice.kind}`);
    const { file, ...rest } = (await renderer.render(parts, notice, { roomId, parentMessageId: null })) as FileReply;
    // Of a picture nobody reads the bytes here.
    const isText = file && /\.(csv|ics|json|txt)$/.test(file.name);
    return `${JSON.stringify({ ...rest, file: file?.name })}${isText ? file.bytes : ''}`;
  }

  return {
    parts,
    close: webex.close,
    /** The commands that failed since it was asked last, as they were logged. */
    failed: () => errors.splice(0).filter((line) => line.includes('a command failed')),
    /** All that is said to it, in this space and in others: each with the space that reads it. `roomId`: where it was answered. */
    async ask({ actor, what, ...asked }: Asked): Promise<{ said: Said[]; roomId: string }> {
      whoActs.set(actor.personId, actor);
      const eventId = `event ${++events}`;
      const typed = 'text' in what ? what : { inputs: readClickInputs(what.inputs) };
      const { space } = await standingOf(db, actor, asked.roomId);
      const where = await whereToAnswer(parts, {
        ...{ actor, space, isDirect: asked.isDirect },
        place: { roomId: asked.roomId, parentMessageId: null },
        isForEverybody: isForEverybody(parts.answers, typed),
      });
      if (!where) throw new Error(`${actor.email} takes no direct message`);
      const { place, isDirect } = where;
      const { roomId } = place;
      const there = { actor, standing: await standingOf(db, actor, roomId), place, isDirect, eventId };
      return inTimeZone('UTC', async () => {
        const answer =
          'text' in typed
            ? await answerMessage(parts, parts.answers, { ...there, text: typed.text, files: [] })
            : await answerClick(parts, parts.answers, { ...there, inputs: typed.inputs, cardMessageId: 'a card' });
        const said: Said[] = [];
        if (answer && answer !== 'discard') {
          for (const content of [answer.content, ...(answer.further ?? [])]) {
            const text = isNotice(content)
              ? await renderNotice(content, roomId)
              : JSON.stringify(renderMessage(content));
            said.push({ to: { roomId }, text, isAnswer: true });
          }
        }
        for (;;) {
          const waits = and(isNull(notices.deliveredAt), isNull(notices.undeliverable));
          const [next] = await db.select().from(notices).where(waits).orderBy(asc(notices.createdAt)).limit(1);
          if (!next) break;
          await deliverNotice(parts, { noticeId: next.id });
        }
        said.push(...posted.splice(0));
        await db.delete(notices);
        return { said, roomId };
      });
    },
  };
}

/** A Webex that takes messages, finds people by their e-mail, refuses every grant, and knows nothing else. */
async function startPost(
  posted: Said[],
  everybody: Around['everybody'],
): Promise<{ url: string; close(): Promise<void> }> {
  let messages = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    response.setHeader('content-type', 'application/json');
    const email = new URL(request.url ?? '/', 'http://webex').searchParams.get('email');
    if (request.method === 'GET' && email !== null) {
      const found = everybody().filter((person) => person.email === email);
      const items = found.map(({ personId: id }) => ({ id, emails: [email], orgId: homeOrgId, type: 'person' }));
      response.end(JSON.stringify({ items }));
      return;
    }
    if (request.method !== 'POST' || !request.url?.endsWith('/messages')) {
      const isToken = request.url?.endsWith('/access_token');
      response.statusCode = isToken ? 400 : 404;
      response.end(JSON.stringify(isToken ? { error: 'invalid_grant' } : {}));
      return;
    }
    const field = (name: string) =>
      new RegExp(`"${name}":"([^"]*)"`).exec(text)?.[1] ?? new RegExp(`name="${name}"\r\n\r\n([^\r]*)`).exec(text)?.[1];
    const [roomId, toEmail, personId = ''] = [field('roomId'), field('toPersonEmail'), field('toPersonId')];
    posted.push({ to: roomId ? { roomId } : toEmail ? { email: toEmail } : { personId }, text, isAnswer: false });
    const id = `message ${++messages}`;
    response.end(
      JSON.stringify({
        id,
        roomId: roomId ?? everybody().find((one) => one.personId === personId || one.email === toEmail)?.directRoomId,
        roomType: 'group',
        personId: 'the bot',
        created: new Date(),
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
