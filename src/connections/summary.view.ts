// Several organizations in one message: up to ten by name with their state, and buttons for the chosen one.

import type { RowLead } from '../chat/blocks.ts';
import { type Button, emphasized, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { type Markdown, md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { NAMED_IN_NOTICE } from '../chat/named.ts';
import { pickOrganization } from '../organizations/choose.view.ts';

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
  readonly typed: Markdown;
  readonly buttons: (about: About) => readonly (Button | null)[];
}

/** With a single organization the buttons know which; otherwise the choice on the card says it. */
export function summaryMessage({ rows, total, buttons, ...view }: Summary): CardMessage {
  const shown = rows
    .slice(0, NAMED_IN_NOTICE)
    .map(({ id, name, ...row }) => ({ ...row, value: id, name: shownName(name) }));
  const only = total === 1 ? shown[0] : undefined;
  return message({
    ...view,
    blocks: [{ kind: 'rows', rows: shown, pick: total === 1 ? undefined : pickOrganization }],
    buttons: buttons(only ? { organization_id: only.value } : {}),
  });
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
