// Kinds of notices: each subject declares what its own kinds hold, and how they are rendered.

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

/** Declares a kind of notice: the name under which it is saved, and the shape of what it holds. */
export function noticeKind<Shape extends z.ZodRawShape>(
  kind: string,
  shape: Shape,
): NoticeKind<z.infer<z.ZodObject<Shape>>> {
  const schema = z.object(shape);
  return { kind, of: (payload) => ({ kind, ...payload }), read: (notice) => schema.parse(notice) };
}

/** The shape of a notice of many organizations: the ids of the most urgent ones, the most urgent first, and how many there are in all. */
export const namedShape = { organizationIds: z.array(z.uuid()), total: z.int() };

/** A delivered notice: its row, and where its message stands. */
export interface Delivery {
  readonly noticeId: string;
  readonly addressee: Addressee;
}

/** `direct`: administrators read it directly. `told`: everybody may read it. `dropped`: nobody reads it. */
export type WhenOverheard = 'direct' | 'told' | 'dropped';

/** How the notices of one kind become messages. */
export interface NoticeRenderer<Deps> {
  readonly kind: string;
  /** What the addressee reads: made from the state at the time of delivery. */
  render(deps: Deps, notice: unknown, addressee: Addressee): Promise<Reply | FileReply>;
  /** What follows once the message has just been posted. */
  posted?: (deps: Deps, notice: unknown, reply: Reply | FileReply) => Promise<void>;
  /** What follows once the message stands. It may run more than once. */
  delivered?: (deps: Deps, notice: unknown, delivery: Delivery) => Promise<void>;
  /** What becomes of it in a space where people of other Webex organizations read along. */
  whenOverheard(notice: unknown): WhenOverheard;
  /** The e-mail of whoever asked for it, who alone reads it directly where the space must not. */
  askedBy?: (deps: Deps, notice: unknown) => Promise<string | undefined>;
  /** Whether the administrators get it where the space cannot: it counts as notified since it was queued, and no later look would find it. */
  readonly mustBeHeard: boolean;
}

interface Rendering<Deps, Payload> {
  render(deps: Deps, payload: Payload, addressee: Addressee): Promise<Message | FileMessage> | Message | FileMessage;
  posted?(deps: Deps, payload: Payload, reply: Reply | FileReply): Promise<void>;
  delivered?(deps: Deps, payload: Payload, delivery: Delivery): Promise<void>;
  mustBeHeard?: boolean;
  /** `direct` by default. */
  whenOverheard?: (payload: Payload) => WhenOverheard;
  askedBy?(deps: Deps, payload: Payload): Promise<string | undefined> | string | undefined;
}

/** Declares the renderer of a kind. It is given the notice as the kind has read it. */
export function renders<Deps, Payload>(
  { kind, read }: NoticeKind<Payload>,
  { render, posted, delivered, askedBy, mustBeHeard = false, whenOverheard = () => 'direct' }: Rendering<Deps, Payload>,
): NoticeRenderer<Deps> {
  return {
    kind,
    mustBeHeard,
    whenOverheard: (notice) => whenOverheard(read(notice)),
    ...(askedBy && { askedBy: async (deps, notice) => askedBy(deps, read(notice)) }),
    render: async (deps, notice, addressee) => renderMessage(await render(deps, read(notice), addressee)),
    ...(posted && { posted: (deps, notice, reply) => posted(deps, read(notice), reply) }),
    ...(delivered && { delivered: (deps, notice, delivery) => delivered(deps, read(notice), delivery) }),
  };
}

/** Every kind's renderer, by its name. */
export type Renderers<Deps> = ReadonlyMap<string, NoticeRenderer<Deps>>;

/** The renderer of a notice. @throws where this version has none for its kind */
export function rendererOf<Deps>(renderers: Renderers<Deps>, { kind }: Notice): NoticeRenderer<Deps> {
  const renderer = renderers.get(kind);
  if (!renderer) throw new Error(`nobody renders a notice of the kind ${kind}`);
  return renderer;
}
