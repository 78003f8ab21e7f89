// What `admins` answers: who may command the bot, on whom grants hang, and the organizations that hang on one person.

import { actionSets, type Button, inputsButton, type PagesBeside, pageButtons, submitButton } from '../chat/buttons.ts';
import { reply } from '../chat/compose.ts';
import { shownName } from '../chat/facts.ts';
import { lines, md, paragraphs } from '../chat/markdown.ts';
import { renderCard } from '../chat/render.ts';
import type { Reply } from '../chat/reply.ts';
import { connectionInShort, connectionMark } from '../connections/connection-words.ts';
import { counted, shorten } from '../lib/text.ts';
import { instantWords } from '../lib/time-words.ts';
import type { ListRow } from '../overview/list.view.ts';
import type { Grantor } from './grantors.store.ts';

const ADMINS_MAX = 10;
const TYPED_MAX_CHARACTERS = 60;

/** `grantors` is one page of those on whom grants hang; `total` counts all of them. */
export function adminsReply(
  view: PagesBeside & {
    /** E-mails of those who may command the bot. */
    readonly admins: readonly string[];
    readonly grantors: readonly Grantor[];
    readonly total: number;
  },
): Reply {
  const { admins, grantors, total } = view;
  const shown = admins.slice(0, ADMINS_MAX).map(shownName).join(', ');
  const hidden = admins.length - ADMINS_MAX;
  const may = `May command me: ${shown}${hidden > 0 ? ` and ${hidden} more` : ''}.`;
  const title = total === 0 ? 'Nobody has given a grant yet' : `Grants hang on ${peopleWords(total)}`;
  return reply(
    paragraphs([
      md`**${title}**`,
      grantors.length === 0
        ? null
        : lines(grantors.map((giver) => md`- **${shownName(giver.email)}** – ${hangWords(giver)}`)),
      md`${may}`,
      total === 0 ? null : md`Type **admins grants** with an e-mail to see which organizations those are.`,
    ]),
    renderCard('list', {
      title,
      color: 'default',
      texts: [may],
      rows: grantors.map((giver) => ({
        number: `${giver.count} ×`,
        name: shownName(giver.email),
        state: hangWords(giver),
      })),
      choices: [],
      choiceStyle: 'compact',
      choiceRequired: false,
      actionSets: [...grantorSets(grantors), ...actionSets([...pageButtons(view, { action: 'admins' }), listButton])],
    }),
  );
}

/** One page of what hangs on a person's grants, by deadline, numbered on from `firstNumber`. */
export function grantsReply(
  view: PagesBeside & {
    readonly email: string;
    readonly rows: readonly (ListRow & { readonly connection: NonNullable<ListRow['connection']> })[];
    readonly firstNumber: number;
    readonly total: number;
    readonly now: Date;
  },
): Reply {
  const { email, firstNumber, total, now } = view;
  const title = `${counted(total, 'organization')} ${total === 1 ? 'hangs' : 'hang'} on ${shownName(email)}`;
  const what = 'If this person leaves, loses the role or changes the password, these must reconnect.';
  const rows = view.rows.map(({ id, name, connection }, index) => ({
    id,
    number: String(firstNumber + index),
    name: shownName(name),
    state: `${connectionInShort(connection, now)}, ${instantWords(connection.refreshTokenExpiresAt)}`,
    mark: connectionMark(connection, now),
  }));
  const [first] = rows;
  return reply(
    paragraphs([
      md`**${title}**`,
      md`${what}`,
      lines(rows.map(({ number, name, state }) => md`${number}. **${name}** – ${state}`)),
      md`Type **connect** or **show** with a number.`,
    ]),
    renderCard('list', {
      title,
      color: 'default',
      texts: [what],
      rows: rows.map((row) => ({ ...row, state: `${row.mark} ${row.state}` })),
      choices: rows.map(({ id, number, name }) => ({ title: `${number}. ${name}`, value: id })),
      choiceStyle: 'compact',
      choiceRequired: false,
      actionSets: actionSets([
        ...(rows.length === 0
          ? []
          : [inputsButton('Reconnect', { action: 'connect' }), inputsButton('Show', { action: 'show' })]),
        ...(first === undefined ? [] : pageButtons(view, { action: 'admins', grantor_of: first.id })),
        allButton,
      ]),
    }),
  );
}

/** Nobody of that e-mail gave a grant; `nearest` are those whom it resembles, best first. */
export function unknownGrantorReply({
  typed,
  nearest,
}: {
  readonly typed: string;
  readonly nearest: readonly Grantor[];
}): Reply {
  const title = `Nobody called “${shorten(typed, TYPED_MAX_CHARACTERS)}” has given a grant`;
  const names = nearest.map(({ email }) => shownName(email)).join(' or ');
  const guess = names === '' ? 'The list shows who has.' : `Did you mean ${names}?`;
  return reply(
    md`${title}. ${guess} Type **admins** for all.`,
    renderCard('message', {
      title,
      color: 'default',
      texts: [guess],
      actionSets: [...grantorSets(nearest), ...actionSets([allButton])],
    }),
  );
}

const listButton = submitButton('List organizations', { action: 'list' });

const allButton = submitButton('All administrators', { action: 'admins' });

/** Each on a line of its own: e-mails are too long to stand side by side. */
const grantorSets = (grantors: readonly Grantor[]): Button[][] =>
  grantors.map(({ email, organizationId }) => [submitButton(email, { action: 'admins', grantor_of: organizationId })]);

const peopleWords = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

function hangWords({ count, lost }: Grantor): string {
  return `${counted(count, 'organization')}${lost === 0 ? '' : `, ${lost} of them lost`}`;
}
