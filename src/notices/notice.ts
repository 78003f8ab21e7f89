// Kinds of notices: each subject says what its own hold, and how they are rendered.

import { z } from 'zod';
import type { Notice } from '../chat/answer.ts';
import type { FileMessage, Message } from '../chat/message.ts';
import type { Addressee } from '../chat/place.ts';
import { renderMessage } from '../chat/render-message.ts';
import type { FileReply, Reply } from '../chat/reply.ts';

/** What the notices of one kind hold. */
export interface NoticeKind<Payload> {
  readonly kind: string;
  of(payload: Payload): Notice;
  /** Reads a notice of this kind as it was saved. @throws ZodError where it is none */
  read(notice: unknown): Payload;
}

/** A kind of notice by its name, under which it is saved, and the shape of what it holds. */
export function noticeKind<Shape extends z.ZodRawShape>(
  kind: string,
  shape: Shape,
): NoticeKind<z.infer<z.ZodObject<Shape>>> {
  const schema = z.object(shape);
  return { kind, of: (payload) => ({ kind, ...payload }), read: (notice) => schema.parse(notice) };
}

/** The shape of a notice of several organizations: the first ones by id, the most urgent in front, and how many there are. */
export const namedShape = { organizationIds: z.array(z.uuid()), total: z.int() };

/** How the notices of one kind become messages. */
export interface NoticeRenderer<Deps> {
  readonly kind: string;
  /** What the addressee reads, from what is true now. */
  render(deps: Deps, notice: unknown, addressee: Addressee): Promise<Reply | FileReply>;
  /** What follows once the message has just been posted. */
  posted?: (deps: Deps, notice: unknown, reply: Reply | FileReply) => Promise<void>;
  /** What follows once the message stands, however often that is found. */
  delivered?: (deps: Deps, notice: unknown) => Promise<void>;
  /** Whether the administrators are told where the space cannot be: it was noted as told when it was queued, and nobody would say it again. */
  readonly mustBeHeard: boolean;
}

interface Rendering<Deps, Payload> {
  render(deps: Deps, payload: Payload, addressee: Addressee): Promise<Message | FileMessage> | Message | FileMessage;
  posted?(deps: Deps, payload: Payload, reply: Reply | FileReply): Promise<void>;
  delivered?(deps: Deps, payload: Payload): Promise<void>;
  mustBeHeard?: boolean;
}

/** The renderer of a kind: what it is given was read by the kind. */
export function renders<Deps, Payload>(
  { kind, read }: NoticeKind<Payload>,
  { render, posted, delivered, mustBeHeard = false }: Rendering<Deps, Payload>,
): NoticeRenderer<Deps> {
  return {
    kind,
    mustBeHeard,
    render: async (deps, notice, addressee) => renderMessage(await render(deps, read(notice), addressee)),
    ...(posted && { posted: (deps, notice, reply) => posted(deps, read(notice), reply) }),
    ...(delivered && { delivered: (deps, notice) => delivered(deps, read(notice)) }),
  };
}

/** Every kind's renderer, by its name. */
export type Renderers<Deps> = ReadonlyMap<string, NoticeRenderer<Deps>>;

/** What reads the addressee of a notice. @throws where nobody knows its kind: a version that did is gone */
export function rendererOf<Deps>(renderers: Renderers<Deps>, { kind }: Notice): NoticeRenderer<Deps> {
  const renderer = renderers.get(kind);
  if (!renderer) throw new Error(`nobody renders a notice of the kind ${kind}`);
  return renderer;
}
