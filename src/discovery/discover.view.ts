// What `discover` shows: what a partner manages against our records, and what was added.

import type { Block, Row } from '../chat/blocks.ts';
import { type Button, button, emphasized, inputsButton, pageButtons } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { formMessage } from '../chat/form.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { NAMED_IN_NOTICE } from '../chat/named.ts';
import { type ListPage, pageWords } from '../chat/pages.ts';
import { failureMessage } from '../chat/refusals.ts';
import { counted, inARow, shorten } from '../lib/text.ts';
import { instantWords } from '../lib/time-words.ts';
import type { SightCounts, Sighted } from './managed.store.ts';
import { type Sight, TAG_MAX_CHARACTERS } from './sights.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    discover: { partner_id?: string; sight?: Sight; tag?: string; page?: number };
    /** Adds the organizations of these Webex numbers, separated by commas. */
    'add-managed': { partner_id: string; webex_ids: string };
    /** Asks below which customer all that is new is added. */
    'ask-add-all': { partner_id: string };
    'add-all-managed': { partner_id: string };
    /** Gives the record the name that Webex has for it, or leaves it as it is. */
    'take-name': { partner_id: string; webex_id: string };
    'keep-name': { partner_id: string; webex_id: string };
  }
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

const titles: Readonly<Record<Sight, string>> = {
  new: 'New here',
  gone: 'Not managed any more',
  renamed: 'Renamed at Webex',
};

/** One page of what is looked at, with how much there is of everything. */
export function discoverMessage(
  view: ListPage<Sighted> & {
    readonly partner: Named;
    readonly sight: Sight;
    readonly counts: SightCounts;
    /** Only what carries this tag is listed; absent: all. */
    readonly tag?: string;
    /** False where Webex did not say which tags there are. */
    readonly isTagged: boolean;
    /** When Webex was asked. */
    readonly lookedAt: Date;
  },
): CardMessage {
  const { partner, sight, counts, rows, tag } = view;
  const about = { partner_id: partner.id, ...(tag !== undefined && { tag }) };
  const title = `${titles[sight]}${tag === undefined ? '' : `, with the tag ${shownName(tag)}`}`;
  return message({
    title: `${shownName(partner.name)} manages ${counted(counts.managed, 'organization')}${foundWords(counts)}`,
    lead: rows.length === 0 ? undefined : pageWords(view),
    texts: [
      rows.length === 0 ? `${title}: none.` : `${title}:`,
      view.isTagged ? null : 'Webex does not say which tags they have: the ones shown are of an earlier look.',
      sight === 'gone' && rows.length > 0
        ? 'Each is checked by itself. The connection is lost only where Webex refuses the organization to the partner.'
        : null,
    ],
    blocks: [rowsOf(view), { kind: 'facts', facts: [{ title: 'Asked', value: instantWords(view.lookedAt) }] }],
    buttons: [
      ...pageButtons(view, 'discover', { ...about, sight }),
      ...addButtons(view),
      ...(['new', 'gone', 'renamed'] as const)
        .filter((other) => other !== sight && counts[other] > 0)
        .map((other) => button(titles[other], 'discover', { ...about, sight: other })),
      tag === undefined ? null : button('Without the tag', 'discover', { partner_id: partner.id, sight }),
    ],
    typed: md`Type **discover new**, **discover gone** or **discover renamed**, and **tag** with a tag of Partner Hub behind it.`,
  });
}

/** Which of several partners is asked. */
export const whichPartnerMessage = (view: {
  readonly partners: readonly Named[];
  readonly sight: Sight;
  readonly tag?: string;
}): CardMessage =>
  message({
    title: 'Several organizations serve as a partner',
    texts: ['Which one is to be asked what it manages?'],
    blocks: [
      {
        kind: 'rows',
        rows: view.partners.slice(0, NAMED_IN_NOTICE).map(({ id, name }) => ({
          name: shownName(name),
          state: titles[view.sight],
          button: button('Discover', 'discover', {
            ...{ partner_id: id, sight: view.sight },
            ...(view.tag !== undefined && { tag: view.tag }),
          }),
        })),
      },
    ],
    typed: md`Type **connect partner** for all of them.`,
  });

/** `: 3 new, 1 not managed any more, 2 renamed` */
function foundWords(counts: SightCounts): string {
  const parts = [
    counts.new > 0 ? `${counts.new} new` : null,
    counts.gone > 0 ? `${counts.gone} not any more` : null,
    counts.renamed > 0 ? `${counts.renamed} renamed` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '. All of them are here' : `: ${parts.join(', ')}`;
}

/** As long as Webex lets a tag be. */
const shownTag = (tag: string): string => shorten(shownName(tag), TAG_MAX_CHARACTERS);

function rowsOf({ rows, sight, partner, firstNumber }: Parameters<typeof discoverMessage>[0]): Block {
  const about = { partner_id: partner.id };
  const shown = rows.map((row, index): Row => {
    const { name, webexUuid, organizationId, recordName, goneAt, tags } = row;
    const tagged = tags.length === 0 ? '' : `; ${tags.map(shownTag).join(', ')}`;
    const numbered = { number: firstNumber + index, name: shownName(recordName ?? name) };
    if (sight === 'new') {
      const add = button('Add', 'add-managed', { ...about, webex_ids: webexUuid });
      return { ...numbered, name: shownName(name), state: `${webexUuid}${tagged}`, button: add };
    }
    if (sight === 'gone') {
      const state = `Not listed since ${goneAt === null ? 'today' : instantWords(goneAt)}`;
      return {
        ...numbered,
        state: `${state}${tagged}`,
        ...(organizationId === null ? {} : { button: button('Show', 'show', { organization_id: organizationId }) }),
      };
    }
    const take = button('Take the name', 'take-name', { ...about, webex_id: webexUuid });
    return { ...numbered, state: `Webex calls it ${shownName(name)} now${tagged}`, button: take };
  });
  return { kind: 'rows', rows: shown, isCounted: true };
}

function addButtons({ rows, sight, partner, counts, tag }: Parameters<typeof discoverMessage>[0]): Button[] {
  const about = { partner_id: partner.id };
  const [first] = rows;
  if (sight === 'renamed' && first && rows.length === 1) {
    return [button('Keep our name', 'keep-name', { ...about, webex_id: first.webexUuid })];
  }
  if (sight !== 'new' || rows.length < 2) return [];
  const webex_ids = rows.map(({ webexUuid }) => webexUuid).join(',');
  const these = button(`Add these ${rows.length}`, 'add-managed', { ...about, webex_ids });
  // It asks below which customer.
  const all = button(counts.new > rows.length ? `Add all ${counts.new}` : 'Add below a customer', 'ask-add-all', about);
  return tag === undefined ? [emphasized(these), all] : [emphasized(these)];
}

/** Below which customer all that is new is added. */
export const addAllForm = (view: {
  readonly partner: Named;
  readonly count: number;
  readonly customer: string;
  readonly problem?: string | null;
}): CardMessage =>
  formMessage({
    title: `Add ${counted(view.count, 'organization')} of ${shownName(view.partner.name)}`,
    summary: view.problem == null ? null : 'Nothing was added yet: correct 1 field.',
    fields: [
      {
        kind: 'text',
        text: 'Each is asked for at Webex by its number, recorded under Webex’s name, and synced.',
      },
      {
        kind: 'fields',
        fields: [
          {
            kind: 'text',
            id: 'customer',
            label: 'Customer',
            help: 'The reseller or customer below which all of them are added.',
            maxLength: 1024,
            value: view.customer,
            problem: view.problem ?? null,
          },
        ],
      },
    ],
    save: inputsButton('Add all', 'add-all-managed', { partner_id: view.partner.id }),
  });

/** They are being added. */
export const addingMessage = ({
  count,
  partnerId,
}: {
  readonly count: number;
  readonly partnerId: string;
}): CardMessage =>
  message({
    title: `${counted(count, 'organization')} ${count === 1 ? 'is' : 'are'} being added`,
    texts: ['I say here when all is done.'],
    buttons: [button('Discover', 'discover', { partner_id: partnerId })],
  });

export const nothingToAddMessage = failureMessage({
  what: 'There is nothing to add: what you chose has a record by now.',
  hint: 'Type discover to look again.',
});

const failureWords: Readonly<Record<string, string>> = {
  exists: 'has a record already, which may be deleted and not purged yet',
  invalid: 'has a name that no record may have: type add for it',
  another_organization: 'Webex answered with another organization',
  malformed: 'Webex gave no readable answer: add it again later',
  server_error: 'Webex failed at it: add it again later',
};

/** What came of a request. */
export function managedAddedMessage(view: {
  readonly partner: Named;
  readonly total: number;
  readonly added: number;
  readonly failed: number;
  /** The first ones that were added. */
  readonly organizations: readonly Named[];
  readonly failures: readonly { readonly name: string; readonly why: string }[];
  /** Why it ended, where that is known. */
  readonly end?: 'done' | 'grant_lost' | undefined;
}): CardMessage {
  const { partner, total, added, organizations, failures } = view;
  const left = total - added - view.failed;
  return message({
    mark: view.failed + left === 0 ? '✅' : '⚠️',
    title: `${counted(added, 'organization')} of ${shownName(partner.name)} ${added === 1 ? 'is' : 'are'} added and connected`,
    texts: [
      added > 0 ? 'The grant of the partner holds them. Their first sync has begun.' : null,
      added > organizations.length
        ? `The first are ${inARow(organizations.map(({ name }) => shownName(name)))}.`
        : null,
      left > 0 ? leftWords(left, view.end) : null,
    ],
    blocks: [
      {
        kind: 'rows',
        rows:
          added > organizations.length
            ? []
            : organizations.map(({ id, name }) => ({
                name: shownName(name),
                state: 'added',
                button: button('Show', 'show', { organization_id: id }),
              })),
      },
      {
        kind: 'rows',
        rows: failures.map(({ name, why }) => ({
          name: shownName(name),
          lead: { text: 'Not added', tone: 'attention' as const },
          state: failureWords[why] ?? `Webex refused it (${shownName(why)})`,
        })),
      },
    ],
    buttons: [button('Discover', 'discover', { partner_id: partner.id }), button('List', 'list')],
  });
}

/** Of those that are neither added nor refused. */
function leftWords(left: number, end: 'done' | 'grant_lost' | undefined): string {
  const these = counted(left, 'organization');
  if (end === 'grant_lost') return `${these} could not be asked for: the grant of the partner is lost.`;
  return `${these} ${left === 1 ? 'was' : 'were'} added before an interruption, or by somebody else. Type discover to see what is still new.`;
}

/** Webex has given it a name that no record may have. */
export const nameNotTakenMessage = (view: {
  readonly record: Named;
  readonly problem: string;
  readonly partnerId: string;
  readonly webexUuid: string;
}): CardMessage =>
  message({
    mark: '⚠️',
    title: `${shownName(view.record.name)} keeps its name`,
    texts: [
      `The name that Webex has for it cannot be taken. ${view.problem}`,
      'Edit the record to give it another name.',
    ],
    buttons: [
      emphasized(button('Edit', 'edit', { organization_id: view.record.id })),
      button('Keep our name', 'keep-name', { partner_id: view.partnerId, webex_id: view.webexUuid }),
    ],
  });

export const noPartnerMessage = failureMessage({
  what: 'No partner is connected yet: nobody can say which organizations there are.',
  hint: 'Type connect partner, and open the link as a Partner Full Administrator of your own organization.',
});
