// The lean Webex's REST API: people, rooms, memberships, messages, webhooks.

import { deliver, type Webhook } from './lean-webex-delivery.ts';
import { admin, bot, isAskedFor, longAgo, memberships, type Person, rooms, webexId } from './lean-webex-people.ts';

interface Message {
  id: string;
  roomId: string;
  roomType: string;
  personId: string;
  personEmail: string | undefined;
  created: string;
  text?: string;
  markdown?: string;
  html?: string;
  mentionedPeople?: string[];
  attachments?: unknown;
}

/** Older messages are deleted, so that memory does not grow in a long run. */
const MESSAGES_KEPT = 1000;

export interface Resources {
  /** The answer to a call; undefined: 404. */
  answer(method: string, url: URL, body: Record<string, unknown>): unknown;
  /** The administrator writes to the bot. Returns once the event is sent. */
  say(roomId: string, text: string): void;
  /** Called for every message of the bot, at the moment at which Webex receives it. */
  onBotMessage(heard: (message: { roomId: string; markdown: string }) => void): void;
  /** Deletes webhooks and messages. */
  reset(): void;
}

export function createResources(): Resources {
  const messages = new Map<string, Message>();
  const webhooks = new Map<string, Webhook>();
  let heard: (message: { roomId: string; markdown: string }) => void = () => {};

  function post(message: Message): void {
    messages.set(message.id, message);
    const oldest = messages.keys().next();
    if (messages.size > MESSAGES_KEPT && !oldest.done) messages.delete(oldest.value);
    const { text: _text, markdown: _markdown, html: _html, attachments: _attachments, ...data } = message;
    for (const webhook of webhooks.values()) {
      const isWanted = webhook.resource === 'all' || webhook.resource === 'messages';
      if (isWanted && ['all', 'created'].includes(webhook.event)) deliver(webhook, data);
    }
  }

  function answer(method: string, url: URL, body: Record<string, unknown>): unknown {
    const [resource = '', id = ''] = url.pathname.replace(/^\/v1\//, '').split('/');
    switch (`${method} ${resource}`) {
      case 'GET messages':
        return id === '' ? { items: [] } : messages.get(id);
      case 'POST messages': {
        const roomId = String(body['roomId']);
        const markdown = String(body['markdown'] ?? body['text']);
        const message = said(bot, roomId, { text: markdown, markdown, attachments: body['attachments'] });
        heard({ roomId, markdown });
        post(message);
        return message;
      }
      case 'GET people': {
        if (id === 'me') return bot;
        const ids = id === '' ? (url.searchParams.get('id')?.split(',') ?? []) : [id];
        const found = [bot, admin].filter((person) => ids.includes(person.id));
        return id === '' ? { items: found } : found[0];
      }
      case 'GET rooms':
        return id === '' ? { items: rooms } : rooms.find((room) => room.id === id);
      case 'GET memberships':
        return { items: memberships.filter(isAskedFor(url.searchParams)) };
      case 'GET webhooks':
        return id === '' ? { items: [...webhooks.values()] } : webhooks.get(id);
      case 'POST webhooks':
      case 'PUT webhooks': {
        const webhook = {
          status: 'active',
          created: longAgo,
          ...webhooks.get(id),
          ...body,
          id: id || webexId('WEBHOOK'),
        };
        webhooks.set(webhook.id, webhook as Webhook);
        return webhook;
      }
      case 'DELETE webhooks':
        return webhooks.delete(id) ? {} : undefined;
      default:
        return undefined;
    }
  }

  return {
    answer,
    say(roomId, text) {
      const html = `<p><spark-mention data-object-type="person" data-object-id="${bot.id}">Bench</spark-mention> ${text}</p>`;
      post(said(admin, roomId, { text: `Bench ${text}`, html, mentionedPeople: [bot.id] }));
    },
    onBotMessage(listener) {
      heard = listener;
    },
    reset() {
      webhooks.clear();
      messages.clear();
    },
  };
}

function said(person: Person, roomId: string, content: Partial<Message>): Message {
  const created = new Date().toISOString();
  const [personEmail] = person.emails;
  return { id: webexId('MESSAGE'), roomId, roomType: 'group', personId: person.id, personEmail, created, ...content };
}
