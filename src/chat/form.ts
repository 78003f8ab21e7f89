// A form as a message: its problems, its fields, Save and Cancel.

import type { Block } from './blocks.ts';
import { type Button, button, emphasized } from './buttons.ts';
import { md } from './markdown.ts';
import { type CardMessage, message } from './message.ts';

/** What Cancel sends. */
export const DISCARD_FORM = 'discard-form';

declare module './actions.ts' {
  interface Actions {
    [DISCARD_FORM]: object;
  }
}

/** `summary` says why it was not saved yet; without one the form has just been opened. */
export function formMessage({
  title,
  summary,
  fields,
  save,
}: {
  readonly title: string;
  readonly summary: string | null;
  readonly fields: readonly Block[];
  readonly save: Button;
}): CardMessage {
  return message({
    title,
    blocks: [summary === null ? null : { kind: 'alert', text: summary }, ...fields],
    buttons: [emphasized(save), button('Cancel', DISCARD_FORM)],
    typed: summary === null ? ON_CARD_ALONE : undefined,
  });
}

const ON_CARD_ALONE = md`Fill in the form on the card; a client that shows no cards cannot send it.`;
