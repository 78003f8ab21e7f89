// Several organizations in one message: up to ten by name with their state and a button each, and buttons for the chosen one and for all.

import type { RowLead } from '../chat/blocks.ts';
import { type Button, emphasized, inputsButton } from '../chat/buttons.ts';
import { type Fact, shownName } from '../chat/facts.ts';
import { type Markdown, md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { NAMED_IN_NOTICE } from '../chat/named.ts';
import { shorten } from '../lib/text.ts';
import { pickOrganization } from '../organizations/choose.view.ts';

/** Ten names stand twice on a card, in their rows and in the choice: each may take less room than a name alone. */
const NAME_OF_SEVERAL_MAX_CHARACTERS = 50;

export interface SummaryRow {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly lead?: RowLead;
  readonly state: string;
}

/** What a click is about: one organization, or nothing where the choice on the card says it. */
export interface About {
  readonly organization_id?: string;
}

/** `rows` are those that are named, of `total`. */
export interface Summary {
  readonly mark: string;
  /** The mark's by default. */
  readonly tone?: CardMessage['tone'];
  readonly title: string;
  readonly rows: readonly SummaryRow[];
  readonly total: number;
  readonly texts: readonly (string | null)[];
  /** Beneath a single organization. */
  readonly factsOfOne?: readonly Fact[];
  readonly typed: Markdown;
  /** The most likely next first: of several organizations, each row carries that one. */
  readonly buttons: (about: About) => readonly (Button | null)[];
  /** Beneath several: buttons for all that are named. */
  readonly forAll?: ((all: AllNamed) => readonly Button[]) | undefined;
}

/** The organizations that a button for all is about. */
export interface AllNamed {
  /** Our ids, separated by commas: what a button sends is text. */
  readonly organization_ids: string;
  /** `all`, or `these 10` where there are more than are named. */
  readonly words: string;
}

/** With a single organization the buttons know which. Of several, each row has its own, and the choice on the card says which one the others are about. */
export function summaryMessage({ rows, total, buttons, forAll, factsOfOne = [], ...view }: Summary): CardMessage {
  const named = rows.slice(0, NAMED_IN_NOTICE);
  const shownHere = (name: string) =>
    named.length > 1 ? shorten(shownName(name), NAME_OF_SEVERAL_MAX_CHARACTERS) : shownName(name);
  const shown = named.map(({ id, name, ...row }) => ({ ...row, value: id, name: shownHere(name) }));
  const [only] = shown;
  if (total === 1 && only) {
    const blocks = [
      { kind: 'rows' as const, rows: shown },
      { kind: 'facts' as const, facts: factsOfOne },
    ];
    return message({ ...view, blocks, buttons: buttons({ organization_id: only.value }) });
  }
  const [, ...others] = buttons({});
  const all = {
    organization_ids: named.map(({ id }) => id).join(','),
    words: total > named.length ? `these ${named.length}` : 'all',
  };
  return message({
    ...view,
    blocks: [{ kind: 'rows', rows: shown.map((row) => withButton(row, buttons)), pick: pickOrganization }],
    buttons: [...(named.length > 1 ? (forAll?.(all) ?? []) : []), ...others],
  });
}

/** The row with what is most likely next for it. No row is emphasized before the others. */
function withButton<Row extends { readonly value: string }>(row: Row, buttons: Summary['buttons']) {
  const [next] = buttons({ organization_id: row.value });
  return next ? { ...row, button: { ...next, style: 'default' as const, inputs: 'none' as const } } : row;
}

/** Organizations for which not everything works, and the buttons to fix it. */
export function impairedMessage({
  reconnectMends,
  editMends = false,
  ...view
}: Omit<Summary, 'mark' | 'typed' | 'buttons'> & {
  /** Reconnect is the usual next thing to do. */
  readonly reconnectMends: boolean;
  /** Something in a record is wrong: Edit is offered too, and is the usual next thing where Reconnect is not. */
  readonly editMends?: boolean;
}): CardMessage {
  return summaryMessage({
    ...view,
    mark: '⚠️',
    typed: md`Type **connect**${editMends ? md`, **edit**` : ''} or **show** with a name.`,
    buttons: (about) => {
      const connect = inputsButton('Reconnect', 'connect', about);
      const edit = editMends ? inputsButton('Edit', 'edit', about) : null;
      const mending = reconnectMends ? [emphasized(connect), edit] : [edit && emphasized(edit), connect];
      return [...mending, inputsButton('Show', 'show', about)];
    },
  });
}
