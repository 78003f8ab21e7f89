// A card as Adaptive Cards 1.3 judges it and as a person reads it, and the Markdown beside it as it is read.
import { createRequire } from 'node:module';
import type { Message } from '../../src/chat/message.ts';
import { renderMessage as render } from '../../src/chat/render-message.ts';
import { type Card, cardOf, type Reply } from '../../src/chat/reply.ts';
import { plain } from '../../src/lib/text.ts';
import { jsonOf } from '../../src/webex/json-text.ts';

// The package's ES modules do not load in Node; its bundle does.
const adaptiveCards: typeof import('adaptivecards') = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.min.js',
);

/** A message as it is posted, with its card as an object and the bytes that it is sent in. */
export function renderMessage(message: Message): Omit<Reply, 'card'> & { card?: Card; cardBytes: number } {
  const reply = render(message);
  const card = cardOf(reply);
  return {
    markdown: reply.markdown,
    ...(card && { card }),
    cardBytes: card ? Buffer.byteLength(jsonOf(reply.card)) : 0,
  };
}

export type Part = Readonly<Record<string, unknown>>;

const known = new Map<string, readonly string[]>();

/** What Adaptive Cards 1.3 finds wrong with a card. It does not read texts, so that cards that differ in these alone are judged once. */
export function faultsOf(card: Card): readonly string[] {
  const texts = ['text', 'title', 'value', 'label', 'placeholder', 'errorMessage'];
  const key = JSON.stringify(card, (name, value) => (texts.includes(name) && value ? 'text' : value));
  const found = known.get(key) ?? judge(card);
  known.set(key, found);
  return found;
}

function judge(card: Card): string[] {
  const context = new adaptiveCards.SerializationContext(adaptiveCards.Versions.v1_3);
  const parsed = new adaptiveCards.AdaptiveCard();
  parsed.parse(card, context);
  const found = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...found, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
}

/** Every object inside a card, the card itself included. */
export function partsOf(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [Object.fromEntries(Object.entries(value)), ...Object.values(value).flatMap(partsOf)];
}

/** The card without its texts: what a value that broke out would change. */
export function shapeOf(value: unknown): unknown {
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/**
 * The texts of a message's card, as they are read. Buttons and a form's inputs, with labels, helps and values, are no texts: who has no
 * card has nothing to press or fill in.
 */
export function textsOf(message: Message, card: Card): string[] {
  const fields = 'blocks' in message ? message.blocks.flatMap((block) => ('fields' in block ? block.fields : [])) : [];
  const helps = new Set(fields.map(({ help }) => plain(help)));
  const inputs = new Set(fields.map(({ id }) => id));
  return partsOf(card.body)
    .flatMap((part) => textsIn(part, inputs))
    .filter((text) => !helps.has(text))
    .map(oneSpaced);
}

function textsIn({ type, id, text, facts, inlines, choices }: Part, inputs: ReadonlySet<string>): string[] {
  switch (type) {
    case 'TextBlock':
      return [unescaped(text)];
    case 'FactSet':
      return (facts as Part[]).flatMap(({ title, value }) => [unescaped(title), unescaped(value)]);
    case 'RichTextBlock':
      return [plain((inlines as Part[]).map((run) => String(run['text'])).join(''))];
    case 'Input.ChoiceSet':
      return inputs.has(String(id)) ? [] : (choices as Part[]).map(({ title }) => plain(String(title)));
    default:
      return [];
  }
}

const unescaped = (text: unknown): string => String(text).replace(/\\([!-/:-@[-`{-~])/g, '$1');

/** Spaces in a row are one to whoever reads. */
const oneSpaced = (text: string): string => text.replace(/[^\S\n]+/g, ' ').trim();

/** Markdown without what formats it. */
export function readMarkdown(markdown: string): string {
  const entities: Record<string, string> = { '&lt;': '<', '&amp;': '&', '**': '' };
  return oneSpaced(
    markdown.replace(/\\([!-/:-@[-`{-~])|&lt;|&amp;|\*\*/g, (found, escaped) => escaped ?? entities[found]),
  );
}

/** Of each line, what makes a block of it and what could format it: characters that no escape makes harmless. */
export function activeCharacters(markdown: string): string[] {
  return markdown.split('\n').map((line) => {
    const bare = line.replace(/\\[\\`*_~[\]|#>+=\-./{]/g, 'x');
    const block = /^(?:#+|>|[-+*] |\d+[.)]|=+|-+$)/.exec(bare)?.[0] ?? '';
    return `${block.replace(/\d+/, '1')} ${bare.replace(/[^*_`~[\]<|\\]/g, '')}`;
  });
}
