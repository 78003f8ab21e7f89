// What a proof of life found, in words; and the message that a space gets when that changes.

import type { Finding } from '../../domain/findings.ts';
import { regionLabel } from '../../domain/organization-fields.ts';
import { shorten } from '../../domain/text.ts';
import { lines, md, paragraphs } from '../markdown.ts';
import { renderCard } from '../render.ts';
import type { Reply } from '../reply.ts';
import { actionSets, emphasized, inputsButton } from './buttons.ts';
import { reply } from './compose.ts';
import { type ConnectionView, connectionMark } from './connection-words.ts';
import { shownName } from './facts.ts';

export interface FindingsRow {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  /** The contact-center region that the record names. */
  readonly base_url_setting: string | null;
  readonly connection: ConnectionView;
}

/** As many as a message names; the rest is counted. */
export const FINDINGS_ROWS = 10;

const CODE_MAX_CHARACTERS = 40;
const FOUND_MAX_CHARACTERS = 200;
const CURE_MAX_CHARACTERS = 200;

/** `the wholesale customer cannot be read (Webex answers 403)`: what does not work, as part of a sentence. */
export function findingWords(finding: Finding, record: Pick<FindingsRow, 'base_url_setting'>): string {
  switch (finding.kind) {
    case 'read_refused':
      return `${readings[finding.feature]} cannot be read (Webex answers ${shorten(finding.code.replace('http_', ''), CODE_MAX_CHARACTERS)})`;
    case 'organization_gone':
      return 'whoever gave the grant does not manage the organization any more';
    case 'wrong_region': {
      const named = record.base_url_setting === null ? 'the record’s' : regionLabel(record.base_url_setting);
      return `the contact center answers in ${regionLabel(finding.found)}, not in ${named}`;
    }
  }
}

/** What mends a finding: a sentence. */
export function findingCure(finding: Finding): string {
  switch (finding.kind) {
    case 'organization_gone':
      return mended(readers.organization);
    case 'read_refused':
      return mended(readers[finding.feature]);
    case 'wrong_region':
      return `Change Contact Center Region in its record to ${regionLabel(finding.found)}; nobody needs to reconnect.`;
  }
}

const readings = {
  organization: 'the organization',
  wholesale: 'the wholesale customer',
  contact_center: 'the contact center',
} as const;

const readers = {
  organization: 'a full administrator of the organization',
  wholesale: 'a partner’s administrator with wholesale rights',
  contact_center: 'a full administrator with contact-center rights',
} as const;

const mended = (reader: string): string => `Give whoever gave the grant the role back, or have ${reader} reconnect.`;

/** `impaired`: not everything works, up to ten of them and how many in all; `restored`: everything works again. */
export function findingsReply({
  impaired,
  total,
  restored,
  now,
}: {
  readonly impaired: readonly FindingsRow[];
  readonly total: number;
  readonly restored: readonly string[];
  readonly now: Date;
}): Reply {
  const again = restored.length === 0 ? null : restoredWords(restored);
  const [first] = impaired;
  if (first === undefined) return reply(md`✅ ${again ?? 'Everything works again.'}`);

  const shown = impaired.slice(0, FINDINGS_ROWS);
  const title =
    total === 1 ? `Not everything of ${shownName(first.name)} works` : `Not everything works of ${total} organizations`;
  const cures = [...new Set(shown.flatMap(({ connection }) => connection.findings.map(findingCure)))].map((cure) =>
    shorten(cure, CURE_MAX_CHARACTERS),
  );
  const hidden = total - shown.length;
  const texts = [
    'Webex takes the grant and refuses part of what the record needs.',
    ...cures,
    ...(hidden > 0 ? [`${hidden} more: list marks them with ⚠️.`] : []),
    ...(again === null ? [] : [again]),
  ];
  const about = total === 1 ? { organization_id: first.id } : {};
  const canReconnect = shown.some(({ connection }) => connection.findings.some(({ kind }) => kind !== 'wrong_region'));
  const connect = inputsButton('Reconnect', { action: 'connect', ...about });
  return reply(
    paragraphs([
      md`⚠️ **${title}**`,
      lines(shown.map((row) => md`- **${shownName(row.name)}** – ${stateOf(row)}`)),
      ...texts.map((text) => md`${text}`),
      md`Type **connect** or **show** with a name.`,
    ]),
    renderCard('list', {
      title: `⚠️ ${title}`,
      color: 'warning',
      texts,
      rows: shown.map((row, index) => ({
        number: String(index + 1),
        name: shownName(row.name),
        state: `${connectionMark(row.connection, now)} ${stateOf(row)}`,
      })),
      choices: total === 1 ? [] : shown.map(({ id, name }) => ({ title: shownName(name), value: id })),
      choiceStyle: 'compact',
      choiceRequired: false,
      actionSets: actionSets([
        canReconnect ? emphasized(connect) : connect,
        inputsButton('Show', { action: 'show', ...about }),
      ]),
    }),
  );
}

function stateOf({ connection, ...record }: FindingsRow): string {
  const found = connection.findings.map((finding) => findingWords(finding, record)).join('; ');
  return `${shorten(found, FOUND_MAX_CHARACTERS)}; connected by ${shownName(connection.authorizedEmail)}`;
}

function restoredWords(names: readonly string[]): string {
  const shown = names.slice(0, FINDINGS_ROWS).map(shownName).join(', ');
  const hidden = names.length - FINDINGS_ROWS;
  const verb = names.length === 1 ? 'works' : 'work';
  return `${shown}${hidden > 0 ? ` and ${hidden} more` : ''} ${verb} again in full.`;
}
