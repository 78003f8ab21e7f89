// What `audit` answers: a page of entries, the newest first, and the way to the file.

import type { AuditEntry } from '../audit/chain.ts';
import type { Row } from '../chat/blocks.ts';
import { type Button, button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../chat/message.ts';
import { counted } from '../lib/text.ts';
import { instantWords } from '../lib/time-words.ts';
import { actWords, changeWords } from './audit-words.ts';

/** How many entries a page holds. */
export const AUDIT_PAGE_SIZE = 8;

export interface AuditView {
  readonly rows: readonly AuditEntry[];
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
  /** Whose entries: neither for all. */
  readonly organization?: { readonly id: string; readonly name: string } | undefined;
  readonly person?: string | undefined;
  /** How many days back; undefined for all there is. */
  readonly days?: number | undefined;
  /** The space in which it is read. */
  readonly roomId: string;
  readonly now: Date;
}

/** One page, with buttons for the pages beside and for the file. */
export function auditMessage(view: AuditView): CardMessage {
  const { rows, hasNewer, hasOlder } = view;
  const [newest, oldest] = [rows[0], rows.at(-1)];
  if (!newest || !oldest) return emptyMessage(view);
  return message({
    title: titleOf(view),
    blocks: [{ kind: 'rows', rows: rows.map((row) => rowOf(row, view)) }],
    buttons: [
      hasNewer ? button('Newer', 'audit', { ...same(view), newer_than: newest.sequence }) : null,
      hasOlder ? button('Older', 'audit', { ...same(view), older_than: oldest.sequence }) : null,
      button('Export', 'audit', { ...same(view), export: 'yes' }),
    ],
    typed: md`Type **audit** with an organization, an e-mail or a number of days, or **audit export** for a file.`,
  });
}

/** What every button of the list sends: entries of the same. */
const same = ({ organization, person, days }: AuditView) => ({
  ...(organization && { organization_id: organization.id }),
  ...(person !== undefined && { person }),
  ...(days !== undefined && { days }),
});

function titleOf({ organization, person, days, rows }: AuditView): string {
  const name = organization?.name || rows[0]?.organizationName || '';
  const whose = organization ? ` of ${shownName(name)}` : person === undefined ? '' : ` of ${shownName(person)}`;
  return `Audit${whose}${days === undefined ? '' : `, the last ${counted(days, 'day')}`}`;
}

/** `Organization edited: Acme Robotics`, by whom, when and where, and what changed. */
function rowOf(row: AuditEntry, { roomId, organization }: AuditView): Row {
  const about = [
    organization ? null : row.organizationName && shownName(row.organizationName),
    row.person === null ? null : shownName(row.person),
  ].filter((text) => text !== null);
  const where = row.roomId === null ? [] : [row.roomId === roomId ? 'here' : 'in another space'];
  const changes = changeWords(row);
  return {
    number: row.sequence,
    name: [actWords(row.act), ...about].join(': '),
    lead: { text: byWords(row), tone: row.act === 'attempt.refused' ? 'attention' : 'default' },
    state: [[instantWords(row.at), ...where].join(', '), ...(changes === '' ? [] : [changes])].join('. '),
  };
}

const byWords = ({ byPersonId, byEmail }: AuditEntry): string => {
  if (byEmail) return `by ${shownName(byEmail)}`;
  return byPersonId === null ? 'by Hubkeeper itself' : 'by a person whose e-mail Webex does not show';
};

function emptyMessage(view: AuditView): CardMessage {
  const isFiltered = view.organization !== undefined || view.person !== undefined || view.days !== undefined;
  return message({
    title: view.hasNewer || view.hasOlder ? 'There is nothing on this page' : `${titleOf(view)}: nothing yet`,
    texts: [
      isFiltered
        ? 'Nobody has changed, read or tried anything of that, as far as you may see it.'
        : 'Every change is noted here. Add an organization to begin.',
    ],
    buttons: emptyButtons(isFiltered),
    typed: md`Type **audit** for all that you may see.`,
  });
}

const emptyButtons = (isFiltered: boolean): Button[] =>
  isFiltered ? [button('Whole audit', 'audit')] : [button('Add an organization', 'add')];

/** The words beside the file. `mostRows`: how many entries a file takes. */
export function auditExportMessage({ rows, mostRows }: { rows: number; mostRows: number }): TextMessage {
  if (rows === 0) return { text: md`The audit has nothing of that which you may see. Type **audit** for all.` };
  const hasMore = rows >= mostRows ? md` These are the newest; give a number of days for fewer.` : md``;
  return { text: md`${counted(rows, 'entry', 'entries')} of the audit, the newest first.${hasMore}` };
}
