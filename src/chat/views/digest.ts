// Several organizations in one message: up to ten by name, each with what is wrong, and the buttons for the one that is chosen.

import { lines, md, paragraphs } from '../markdown.ts';
import { renderCard } from '../render.ts';
import type { Reply } from '../reply.ts';
import { actionSets, emphasized, inputsButton } from './buttons.ts';
import { reply } from './compose.ts';
import { shownName } from './facts.ts';

export interface DigestRow {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

/** As many as a message names; the rest is counted. */
export const DIGEST_ROWS = 10;

/** `rows` are those that are named, of `total`; with a single one the buttons know which, otherwise the choice on the card says it. */
export function digestReply({
  title,
  rows,
  total,
  texts,
  reconnectMends,
  editMends = false,
}: {
  readonly title: string;
  readonly rows: readonly DigestRow[];
  readonly total: number;
  readonly texts: readonly string[];
  /** Reconnect is the usual next thing to do. */
  readonly reconnectMends: boolean;
  /** Something in a record is wrong: Edit is offered too, and is the usual next thing where Reconnect is not. */
  readonly editMends?: boolean;
}): Reply {
  const [first] = rows;
  const about = total === 1 && first ? { organization_id: first.id } : {};
  const connect = inputsButton('Reconnect', { action: 'connect', ...about });
  const edit = inputsButton('Edit', { action: 'edit', ...about });
  const mending = reconnectMends
    ? [emphasized(connect), ...(editMends ? [edit] : [])]
    : [...(editMends ? [emphasized(edit)] : []), connect];
  return reply(
    paragraphs([
      md`⚠️ **${title}**`,
      lines(rows.map(({ name, state }) => md`- **${shownName(name)}** – ${state}`)),
      ...texts.map((text) => md`${text}`),
      md`Type **connect**${editMends ? md`, **edit**` : ''} or **show** with a name.`,
    ]),
    renderCard('list', {
      title: `⚠️ ${title}`,
      color: 'warning',
      texts,
      rows: rows.map(({ name, state }, index) => ({ number: String(index + 1), name: shownName(name), state })),
      choices: total === 1 ? [] : rows.map(({ id, name }) => ({ title: shownName(name), value: id })),
      choiceStyle: 'compact',
      choiceRequired: false,
      actionSets: actionSets([...mending, inputsButton('Show', { action: 'show', ...about })]),
    }),
  );
}
