// What `admins` answers: the administrators, who authorized connections, and the organizations of one grantor.

import type { Row } from '../chat/blocks.ts';
import { type Button, button, type PagesBeside, pageButtons } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import type { ListPage } from '../chat/pages.ts';
import type { RightAtNode } from '../chat/rights.store.ts';
import { type ConnectionView, isAlive } from '../connections/connection-words.ts';
import type { Hanging } from '../connections/hanging.store.ts';
import { hangingWords } from '../connections/hanging-words.ts';
import { expiryLead } from '../connections/named-connections.view.ts';
import { counted, shorten } from '../lib/text.ts';
import type { Grantor } from './grantors.store.ts';
import { roleWords } from './rights-words.ts';

const ADMINS_MAX = 10;
const TYPED_MAX_CHARACTERS = 60;

/** `grantors` is one page of those who authorized connections; `total` counts all of them. */
export function adminsMessage(
  view: PagesBeside & {
    /** E-mails of the provider's administrators by configuration; empty where they are nothing that the reader is shown. */
    readonly admins: readonly string[];
    /** A page of the rights that were given. */
    readonly rights: PagesBeside & { readonly rows: readonly RightAtNode[]; readonly total: number };
    /** Whether the reader may take rights away. */
    readonly canChange: boolean;
    readonly grantors: readonly Grantor[];
    readonly total: number;
    /** How much of all hangs on people. */
    readonly hanging?: Hanging;
  },
): CardMessage {
  const { admins, grantors, total, rights, canChange, hanging } = view;
  const listed = new Set(grantors.map(({ email }) => email));
  // Each person is named once: who is an administrator and a grantor stands among the grantors, and is marked there.
  const others = admins.filter((email) => !listed.has(email));
  const shown = others.slice(0, ADMINS_MAX).map(shownName).join(', ');
  const hidden = others.length - ADMINS_MAX;
  return message({
    title: total === 0 ? 'Nobody has authorized a connection yet' : `${peopleWords(total)} authorized connections`,
    texts: [
      hanging ? hangingWords(hanging) : null,
      others.length === 0 ? null : `Administrators: ${shown}${hidden > 0 ? ` and ${hidden} more` : ''}.`,
      rights.total === 0 ? null : `${counted(rights.total, 'right')} given by administrators:`,
    ],
    blocks: [
      { kind: 'rows', rows: rights.rows.map((right) => rightRow(right, canChange)) },
      rights.total > 0 && total > 0 ? { kind: 'text', text: 'Who authorized connections:' } : null,
      {
        kind: 'rows',
        rows: grantors.map((grantor) => ({
          name: shownName(grantor.email),
          state: `${admins.includes(grantor.email) ? 'administrator; ' : ''}${grantorState(grantor)}`,
          button: organizationsButton(grantor),
        })),
      },
    ],
    buttons: [...pageButtons(view, 'admins'), ...rightsPages(rights), button('List organizations', 'list')],
    typed: total === 0 ? undefined : md`Type **admins grants** with an e-mail to see that person’s organizations.`,
  });
}

/** `bob@north.example` · `reseller administrator at North` */
function rightRow({ email, role, node, personId }: RightAtNode, canChange: boolean): Row {
  return {
    name: shownName(email),
    state: `${roleWords(role, node)} at ${shownName(node.name)}`,
    ...(canChange
      ? { button: button('Take away', 'ask-remove-rights', { person_id: personId, customer_id: node.id }) }
      : {}),
  };
}

const rightsPages = ({ previousPage, nextPage }: PagesBeside): Button[] => [
  ...(previousPage === undefined ? [] : [button('Previous rights', 'admins', { rights_page: previousPage })]),
  ...(nextPage === undefined ? [] : [button('More rights', 'admins', { rights_page: nextPage })]),
];

/** One page of a grantor’s organizations, by deadline, numbered on from `firstNumber`. */
export function grantsMessage(
  view: ListPage<{ readonly id: string; readonly name: string; readonly connection: ConnectionView }> & {
    readonly email: string;
  },
): CardMessage {
  const { total, now } = view;
  const rows = view.rows.map(({ id, name, connection }, index) => ({
    number: view.firstNumber + index,
    name: shownName(name),
    lead: expiryLead(connection, now),
    button: isAlive(connection, now)
      ? button('Show', 'show', { organization_id: id })
      : button('Reconnect', 'connect', { organization_id: id }),
  }));
  const [first] = view.rows;
  return message({
    title: `${shownName(view.email)} authorized ${counted(total, 'organization')}`,
    texts: ['If this person leaves, loses the role or changes the password, these must reconnect.'],
    blocks: [{ kind: 'rows', rows, isCounted: true }],
    buttons: [...(first ? pageButtons(view, 'admins', { grantor_of: first.id }) : []), allButton],
    typed: md`Type **connect** or **show** with a number.`,
  });
}

/** No grantor has that e-mail; `nearest` are the closest matches, best first. */
export function unknownGrantorMessage(view: { typed: string; nearest: readonly Grantor[] }): CardMessage {
  const names = view.nearest.map(({ email }) => shownName(email)).join(' or ');
  const [only, ...others] = view.nearest;
  return message({
    isBrief: true,
    title: `Nobody called “${shorten(view.typed, TYPED_MAX_CHARACTERS)}” has authorized a connection`,
    texts: [names === '' ? 'The list shows who has.' : `Did you mean ${names}?`],
    buttons: [...(only === undefined || others.length > 0 ? [] : [organizationsButton(only)]), allButton],
    typed: md`Type **admins** for all.`,
  });
}

const allButton = button('All administrators', 'admins');

/** Leads to what this person authorized. */
const organizationsButton = ({ organizationId }: Grantor): Button =>
  button('Organizations', 'admins', { grantor_of: organizationId });

const peopleWords = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

function grantorState({ count, lost, through }: Grantor): string {
  const more = through === 0 ? '' : `; ${through} more by the grant of the partner`;
  return `${counted(count, 'organization')}${lost === 0 ? '' : `, ${lost} of them lost`}${more}`;
}
