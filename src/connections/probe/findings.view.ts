// What a check found, in words, and the message to the space when that changes.

import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import type { Message } from '../../chat/message.ts';
import { NAMED_IN_NOTICE } from '../../chat/named.ts';
import { shorten } from '../../lib/text.ts';
import { instantWords } from '../../lib/time-words.ts';
import { fieldNamed } from '../../organizations/organization-fields.ts';
import { regionLabel } from '../../webex/contact-center-regions.ts';
import { refusedWords } from '../../webex/refused-words.ts';
import { type ConnectionView, holderWords } from '../connection-words.ts';
import { askWords, type ContactView, contactFacts } from '../contact.view.ts';
import { impairedMessage } from '../summary.view.ts';
import { type Finding, featureOf, troublesIn, type Unanswered } from './findings.ts';

export interface FindingsRow extends ContactView {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  /** The contact-center region that the record names. */
  readonly base_url_setting: string | null;
  readonly connection: ConnectionView;
}

const CODE_MAX_CHARACTERS = 40;
const FOUND_MAX_CHARACTERS = 200;
const HINT_MAX_CHARACTERS = 200;

/** `the wholesale customer cannot be read (Webex answers 403)`: what does not work, as part of a sentence. */
export function findingWords(finding: Finding, record: Pick<FindingsRow, 'base_url_setting'>): string {
  switch (finding.kind) {
    case 'read_refused':
      return `${readings[finding.feature]} cannot be read${whyRefused(finding.code)} (Webex answers ${shorten(finding.code.replace('http_', ''), CODE_MAX_CHARACTERS)})`;
    case 'nothing_there':
      return missing[finding.feature];
    case 'organization_gone':
      return 'whoever authorized the connection no longer manages the organization';
    case 'wrong_region': {
      const named = record.base_url_setting === null ? 'the record’s' : regionLabel(record.base_url_setting);
      return `the contact center answers in ${regionLabel(finding.found)}, not in ${named}`;
    }
  }
}

function whyRefused(code: string): string {
  const words = refusedWords({ status: Number(code.replace('http_', '')) });
  return words === undefined ? '' : `: ${words}`;
}

/** What mends a finding: a sentence. */
export function findingHint(finding: Finding): string {
  switch (finding.kind) {
    case 'organization_gone':
      return mended(readers.organization);
    case 'read_refused':
      return mended(readers[finding.feature]);
    case 'nothing_there':
      return mendedMissing[finding.feature];
    case 'wrong_region':
      return `Edit its record and choose ${regionLabel(finding.found)} as ${fieldNamed('base_url_setting').label}; nobody needs to reconnect.`;
  }
}

const readings = {
  organization: 'the organization',
  wholesale: 'the wholesale customer',
  contact_center: 'the contact center',
  customers: 'the list of the partner’s customers',
} as const;

const missing = {
  wholesale: 'Webex knows no wholesale customer of yours for this organization',
  contact_center: 'Webex has no contact center of this organization',
  customers: 'Webex shows the partner none of its customers',
} as const;

const mendedMissing = {
  wholesale: `Have the partner’s administrator who provisioned it reconnect, provision it at Webex, or edit its record and switch ${fieldNamed('wholesale_status').label} off.`,
  contact_center: `Set its contact center up at Webex, or edit its record and switch ${fieldNamed('webex_contact_center').label} off.`,
  customers:
    'Give whoever authorized the partner’s connection the role of Partner Full Administrator back, or have another one reconnect it.',
} as const;

const readers = {
  organization: 'a full administrator of the organization',
  wholesale: 'a partner’s administrator with wholesale rights',
  contact_center: 'a full administrator with contact-center rights',
  customers: 'a Partner Full Administrator',
} as const;

const mended = (reader: string): string =>
  `Give whoever authorized the connection the role back, or have ${reader} reconnect.`;

/** What could not be asked, and since when: sentences. */
export function unansweredWords({ feature, since }: Unanswered): string {
  return `${readings[feature]} has not answered since ${instantWords(new Date(since))}. I ask again by myself. If Webex works otherwise, check the proxy in the record.`;
}

/** `impaired`: not everything works, up to ten of them and how many in all; `restored`: everything works again. */
export function findingsMessage(view: {
  readonly impaired: readonly FindingsRow[];
  readonly total: number;
  readonly restored: readonly string[];
}): Message {
  const { impaired, total, restored } = view;
  const again = restored.length === 0 ? null : restoredWords(restored);
  const [first] = impaired;
  if (first === undefined) return { text: md`✅ ${again ?? 'Everything works again.'}` };

  const shown = impaired.slice(0, NAMED_IN_NOTICE);
  const findings = shown.flatMap(({ connection }) => troublesIn(connection.findings));
  const hidden = total - shown.length;
  const hints = [...new Set(findings.map(findingHint))];
  return impairedMessage({
    title:
      total === 1
        ? `Not everything works for ${shownName(first.name)}`
        : `Not everything works for ${total} organizations`,
    rows: shown.map((row) => {
      const ask = total === 1 ? '' : askWords(row, row.connection.authorizedEmail);
      return { id: row.id, name: row.name, state: `${stateOf(row)}${ask}` };
    }),
    factsOfOne: contactFacts(first),
    total,
    texts: [
      'Webex accepts the connection, but refuses or lacks part of what the record needs.',
      ...hints.map((hint) => shorten(hint, HINT_MAX_CHARACTERS)),
      hidden > 0 ? `${hidden} more: type list, which marks them with ⚠️.` : null,
      again,
    ],
    reconnectMends: findings.some((finding) => !isMendedByEdit(finding) || featureOf(finding) === 'wholesale'),
    editMends: findings.some(isMendedByEdit),
  });
}

const isMendedByEdit = (finding: Finding) =>
  finding.kind === 'wrong_region' || (finding.kind === 'nothing_there' && finding.feature !== 'customers');

function stateOf({ connection, ...record }: FindingsRow): string {
  const found = troublesIn(connection.findings)
    .map((finding) => findingWords(finding, record))
    .join('; ');
  return `${shorten(found, FOUND_MAX_CHARACTERS)}; ${holderWords(connection)}`;
}

function restoredWords(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_IN_NOTICE).map(shownName).join(', ');
  const hidden = names.length - NAMED_IN_NOTICE;
  const verb = names.length === 1 ? 'works' : 'work';
  return `${shown}${hidden > 0 ? ` and ${hidden} more` : ''} ${verb} again in full.`;
}
