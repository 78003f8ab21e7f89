// Judges an Adaptive Card as Webex does: version 1.3, its elements and actions, no inlined images, and a size that it takes.

import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';

/** Webex names no number; cards beyond about 22 KB are reported to be refused. */
export const CARD_LIMIT_BYTES = 22_000;

// The package's ES modules import each other without endings, which Node refuses; its bundle needs no document to parse.
const require = createRequire(import.meta.url);
let loaded: typeof AdaptiveCards | undefined;

/** What is wrong with a card, in words; empty where Webex would show it. */
export function cardProblems(card: unknown): string[] {
  if (typeof card !== 'object' || card === null) return ['content: must be an Adaptive Card'];
  const json = JSON.stringify(card);
  if (Buffer.byteLength(json) > CARD_LIMIT_BYTES) return [`content: a card may have ${CARD_LIMIT_BYTES} bytes`];
  if (/"(?:url|backgroundImage|iconUrl)":"data:/.test(json)) return ['content: images must be given by a public URL'];
  if (/"type":"(?:Media|Action\.Execute)"/.test(json)) return ['content: Media and Action.Execute are not supported'];
  if (!('version' in card)) return ['content: version is missing'];

  loaded ??= require('adaptivecards/dist/adaptivecards.min.js') as typeof AdaptiveCards;
  const { AdaptiveCard, SerializationContext, Versions } = loaded;
  const context = new SerializationContext(Versions.v1_3);
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const problems: string[] = [];
  for (let index = 0; index < context.eventCount; index++) problems.push(context.getEventAt(index).message);
  problems.push(...parsed.validateProperties().validationEvents.map((event) => event.message));
  return problems.map((problem) => `content: ${problem}`);
}
