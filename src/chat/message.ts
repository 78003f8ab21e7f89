// What a person reads, as one value: the card and the Markdown are both made from it, and so no text is written twice.

import type { MessageFile } from '../webex/messages.ts';
import { type Block, isEmpty } from './blocks.ts';
import type { Button } from './buttons.ts';
import type { Fact } from './facts.ts';
import type { Markdown } from './markdown.ts';

/** A message with a card. Markdown alone says the same where a client shows no card. */
export interface CardMessage {
  /** An emoji in front of the title. */
  readonly mark?: string | undefined;
  readonly title: string;
  /** The title's color. */
  readonly tone: 'default' | 'good' | 'warning' | 'attention';
  /** A remark on the title: beside it in Markdown, beneath it on the card. */
  readonly lead?: string | undefined;
  readonly blocks: readonly Block[];
  /** What to type where no card is shown: in the Markdown alone. */
  readonly typed?: Markdown | undefined;
  /** The Markdown is one line, of which the title is the first sentence. */
  readonly isBrief?: boolean | undefined;
}

/** Markdown alone: one sentence, a failure, progress that is edited, the words beside a file. */
export interface TextMessage {
  readonly text: Markdown;
}

/**
 * A message with a file, beside which Webex takes no card. Only a notice is one, when it is delivered: the bytes are never saved, and so
 * no answer that may have to be queued can hold them.
 */
export interface FileMessage extends TextMessage {
  readonly file: MessageFile;
}

export type Message = CardMessage | TextMessage;

const tones: Readonly<Record<string, CardMessage['tone']>> = {
  '✅': 'good',
  '❌': 'attention',
  '🚨': 'attention',
  '⚠️': 'warning',
};

/** What is null is left out. */
type Some<Part> = readonly (Part | null)[];

/** Texts, facts, other blocks, then buttons. What is null or empty is left out; the tone is the mark's where none is given. */
export function message({
  tone,
  texts = [],
  facts = [],
  blocks = [],
  buttons = [],
  ...rest
}: Omit<CardMessage, 'tone' | 'blocks'> & {
  readonly tone?: CardMessage['tone'];
  readonly texts?: Some<string>;
  readonly facts?: Some<Fact>;
  readonly blocks?: Some<Block>;
  readonly buttons?: Some<Button>;
}): CardMessage {
  const all: Some<Block> = [
    ...texts.map((text) => (text === null ? null : ({ kind: 'text', text } as const))),
    { kind: 'facts', facts: facts.filter((fact) => fact !== null) },
    ...blocks,
    { kind: 'buttons', buttons: buttons.filter((button) => button !== null) },
  ];
  return {
    ...rest,
    tone: tone ?? tones[rest.mark ?? ''] ?? 'default',
    blocks: all.filter((block) => block !== null).filter((block) => !isEmpty(block)),
  };
}

/** Facts under a title of their own. */
export function section(title: string, facts: Some<Fact>): Block {
  return { kind: 'section', title, facts: facts.filter((fact) => fact !== null) };
}
