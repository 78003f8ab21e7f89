// What `wholesale` answers: every field of the wholesale customer, in words.

import type { Block } from '../../chat/blocks.ts';
import { button, emphasized } from '../../chat/buttons.ts';
import { fact, shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message, section } from '../../chat/message.ts';
import { shorten } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import { fieldNamed } from '../../organizations/organization-fields.ts';
import { featureState, type GrantState } from '../feature-state.view.ts';
import { CHANGE_PACKAGES } from './packages/packages.view.ts';
import { PROVISION_WHOLESALE } from './packages/provision.view.ts';
import type { Problem } from './wholesale.schema.ts';
import { wholesaleKind } from './wholesale-kind.ts';
import {
  isTroubled,
  isUnderWay,
  packageWords,
  problemWords,
  statusWords,
  type WholesaleCustomerRow,
} from './wholesale-rules.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    wholesale: { organization_id: string };
    subscribers: { organization_id: string };
  }
}

const VALUE_MAX_CHARACTERS = 60;
const ID_MAX_CHARACTERS = 160;
/** Of one problem, and of each where there are more than a few. */
const PROBLEM_MAX_CHARACTERS = 320;
const PROBLEM_OF_MANY_MAX_CHARACTERS = 120;
const FEW_PROBLEMS = 2;
/** The program has fewer packages; each can have many warnings and errors. */
const MOST_PACKAGES = 16;
const MOST_PROBLEMS = 8;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly base_url_setting: string | null;
}

export function wholesaleMessage(view: {
  readonly organization: Named;
  /** Undefined where none was read. */
  readonly customer: WholesaleCustomerRow | undefined;
  readonly connection: GrantState | null;
  /** Whether the reader may change it. */
  readonly mayChange: boolean;
  /** Null where it was never read. */
  readonly syncedAt: Date | null;
  readonly now: Date;
}): CardMessage {
  const { organization, customer, connection, syncedAt, mayChange, now } = view;
  const about = { organization_id: organization.id };
  const { scope } = wholesaleKind;
  const state = featureState({ organization, feature: 'wholesale', scope, connection });
  const isOdd = customer !== undefined && (customer.goneAt !== null || isTroubled(customer.status));
  return message({
    mark: isOdd || state.texts.length > 0 ? '⚠️' : undefined,
    title: `The wholesale customer of ${shownName(organization.name)}`,
    lead: customer && `${shownStatus(customer.status)}.`,
    texts: [
      syncedAt === null
        ? 'It was not read yet: press Sync now once it is connected.'
        : `As Webex said ${sinceDeadlineWords(syncedAt, now)}.`,
      customer?.goneAt ? `Gone at Webex, seen ${sinceDeadlineWords(customer.goneAt, now)}.` : null,
      customer && isUnderWay(customer.status) ? 'Webex works on it: sync it again in some minutes.' : null,
      ...state.texts,
    ],
    blocks: customer ? blocksOf(customer) : [],
    buttons: [
      ...state.buttons,
      mayChange && customer?.goneAt !== null && connection !== null && connection.state !== 'lost'
        ? button('Provision', PROVISION_WHOLESALE, about)
        : null,
      mayChange && customer?.goneAt === null ? button('Change packages', CHANGE_PACKAGES, about) : null,
      button('Subscribers', 'subscribers', about),
      button('Sync now', 'sync', { ...about, kinds: WHOLESALE_KINDS }),
      button('Changes', 'changes', about),
      button('Show', 'show', about),
    ],
    typed: md`Type **sync** with the name and wholesale to read it again, **subscribers** for who uses the packages.`,
  });
}

/** What a button sends to sync all of wholesale. */
export const WHOLESALE_KINDS = 'wholesale subscribers';

function blocksOf(customer: WholesaleCustomerRow): Block[] {
  const { packages, details } = customer;
  const text = (value: string | null) => value && shorten(value, VALUE_MAX_CHARACTERS);
  const id = (value: string | null) => value && shorten(value, ID_MAX_CHARACTERS);
  const more = (all: readonly unknown[]) => (all.length > MOST_PACKAGES ? [`${all.length - MOST_PACKAGES} more`] : []);
  const shownDetails = details.slice(0, MOST_PACKAGES);
  return [
    {
      kind: 'terms',
      title: 'Customer',
      // A line each, since ids are copied and would not fit beside their titles.
      terms: [
        { term: 'Id', words: id(customer.webexId) ?? '' },
        { term: 'Org ID', words: id(customer.webexOrgId) ?? 'None until it is provisioned' },
        { term: 'Org Name', words: shownName(customer.name) },
        { term: 'External Id', words: id(customer.externalId) ?? 'Not said by Webex' },
      ],
    },
    section('Address', [
      fact('Address Line 1', text(customer.addressLine1)),
      fact('Address Line 2', text(customer.addressLine2)),
      fact('City', text(customer.city)),
      fact('State or Province', text(customer.stateOrProvince)),
      fact('ZIP or Postal Code', text(customer.zipOrPostalCode)),
      fact('Country', text(customer.country)),
    ]),
    section('Status', [
      { title: 'Status', value: shownStatus(customer.status) },
      {
        title: 'Packages',
        value: [...packages.slice(0, MOST_PACKAGES).map(shownPackage), ...more(packages)].join(', ') || 'None',
      },
    ]),
    section('Resource details', [
      ...shownDetails.map(({ name, status }) => ({ title: shownPackage(name), value: shownStatus(status) })),
      fact('Not shown', more(details).join('')),
    ]),
    { kind: 'log', title: 'Warnings and errors', lines: problemLines(customer) },
  ];
}

const shownStatus = (status: string | null): string => shorten(statusWords(status), VALUE_MAX_CHARACTERS);
const shownPackage = (name: string): string => shorten(packageWords(name), PACKAGE_MAX_CHARACTERS);
const PACKAGE_MAX_CHARACTERS = 32;

/** Those of the customer first, errors before warnings. */
function problemLines({ errors, details }: WholesaleCustomerRow): string[] {
  const ofPackages = (mark: string, which: 'errors' | 'warnings') =>
    details.flatMap((one) => one[which].map((problem) => ({ mark, of: one.name, problem })));
  const all: { mark: string; of: string | null; problem: Problem }[] = [
    ...errors.map((problem) => ({ mark: '❌', of: null, problem })),
    ...ofPackages('❌', 'errors'),
    ...ofPackages('⚠️', 'warnings'),
  ];
  const most = all.length > FEW_PROBLEMS ? PROBLEM_OF_MANY_MAX_CHARACTERS : PROBLEM_MAX_CHARACTERS;
  const lines = all
    .slice(0, MOST_PROBLEMS)
    .map(
      ({ mark, of, problem }) =>
        `${mark} ${of === null ? '' : `${shownPackage(of)}: `}${shorten(problemWords(problem), most)}`,
    );
  const hidden = all.length - MOST_PROBLEMS;
  return [...lines, ...(hidden > 0 ? [`${hidden} more`] : [])];
}

/** Its record says that it is none. */
export const noWholesaleMessage = ({ id, name }: Pick<Named, 'id' | 'name'>): CardMessage =>
  message({
    title: `The record of ${shownName(name)} names no wholesale customer`,
    texts: [
      `If it is one, edit the record and switch ${fieldNamed('wholesale_status').label} on. Then an administrator of the service provider must connect it.`,
    ],
    buttons: [
      emphasized(button('Edit', 'edit', { organization_id: id })),
      button('List wholesale customers', 'list', { filter: 'wholesale' }),
    ],
    typed: md`Type **list wholesale** for the organizations that are one.`,
  });
