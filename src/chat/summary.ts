// ConnectionSummary organizations in one message: up to ten by name, each with how it stands, and the buttons for the one that is chosen.

import { actionSets, type Button, emphasized, inputsButton } from './buttons.ts';
import { reply } from './compose.ts';
import { shownName } from './facts.ts';
import { lines, type Markdown, md, paragraphs } from './markdown.ts';
import { NAMED_IN_NOTICE } from './named.ts';
import { renderCard } from './render.ts';
import type { Reply } from './reply.ts';

export interface DigestRow {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** Says the same as the state, for the eye; on the card alone. */
  readonly mark?: string;
}

/** What a click is about: one organization, or nothing where the choice on the card says it. */
export type About = Readonly<Record<string, string>>;

/** `rows` are those that are named, of `total`; with a single one the buttons know which, otherwise the choice on the card says it. */
export function summaryReply({
  mark,
  title,
  color,
  rows,
  total,
  texts,
  typed,
  buttons,
}: {
  readonly mark: string;
  readonly title: string;
  readonly color: 'warning' | 'attention';
  readonly rows: readonly DigestRow[];
  readonly total: number;
  readonly texts: readonly string[];
  /** What to type where no card is shown. */
  readonly typed: Markdown;
  readonly buttons: (about: About) => readonly Button[];
}): Reply {
  const shown = rows.slice(0, NAMED_IN_NOTICE);
  const [first] = shown;
  const about: About = total === 1 && first ? { organization_id: first.id } : {};
  return reply(
    paragraphs([
      md`${mark} **${title}**`,
      lines(shown.map(({ name, state }) => md`- **${shownName(name)}** – ${state}`)),
      ...texts.map((text) => md`${text}`),
      typed,
    ]),
    renderCard('list', {
      title: `${mark} ${title}`,
      color,
      texts,
      rows: shown.map((row, index) => ({
        number: String(index + 1),
        name: shownName(row.name),
        state: row.mark === undefined ? row.state : `${row.mark} ${row.state}`,
      })),
      choices: total === 1 ? [] : shown.map(({ id, name }) => ({ title: shownName(name), value: id })),
      choiceStyle: 'compact',
      choiceRequired: false,
      actionSets: actionSets(buttons(about)),
    }),
  );
}

/** Organizations of which not everything works, and what mends that. */
export function impairedReply({
  reconnectMends,
  editMends = false,
  ...view
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
  return summaryReply({
    ...view,
    mark: '⚠️',
    color: 'warning',
    typed: md`Type **connect**${editMends ? md`, **edit**` : ''} or **show** with a name.`,
    buttons: (about) => {
      const connect = inputsButton('Reconnect', { action: 'connect', ...about });
      const edit = inputsButton('Edit', { action: 'edit', ...about });
      const mending = reconnectMends
        ? [emphasized(connect), ...(editMends ? [edit] : [])]
        : [...(editMends ? [emphasized(edit)] : []), connect];
      return [...mending, inputsButton('Show', { action: 'show', ...about })];
    },
  });
}
