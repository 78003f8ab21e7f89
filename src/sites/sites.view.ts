// Sites in words: the list, one of them, and where locations would go.

import type { Row } from '../chat/blocks.ts';
import { button, emphasized, pageButtons } from '../chat/buttons.ts';
import { fact, shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../chat/message.ts';
import { type ListPage, pageWords } from '../chat/pages.ts';
import { failureMessage } from '../chat/refusals.ts';
import { counted, inARow, shorten } from '../lib/text.ts';
import { sinceDeadlineWords } from '../lib/time-words.ts';
import type { NodeWords } from './node-words.ts';
import type { Placement } from './placement.ts';
import type { NamedSite } from './site.store.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** Of one organization, or all. */
    sites: { organization_id?: string; page?: number; as?: 'csv' };
    site: { site_id: string };
    /** Of one whose location is gone at Webex. */
    'remove-site': { site_id: string };
    /** `plan`: tells whether what was shown is still what would be made. */
    'make-sites': { organization_id: string; plan: string };
  }
}

const ADDRESS_MAX_CHARACTERS = 160;

interface Named {
  readonly id: string;
  readonly name: string;
}

const mappingsOf = (customer: Named) => button('Mappings', 'mappings', { customer_id: customer.id });

/** One page of the sites that the reader may see. */
export function sitesMessage(
  view: ListPage<NamedSite> & {
    /** Null where they are those of all organizations. */
    readonly organization: Named | null;
    readonly gone: number;
    readonly words: NodeWords;
  },
): CardMessage {
  const { rows, total, organization, gone, words } = view;
  const about = organization === null ? {} : { organization_id: organization.id };
  const whose = organization === null ? '' : ` of ${shownName(organization.name)}`;
  if (total === 0) {
    return message({
      title: `No sites${whose} yet`,
      texts: [
        'Sites are made of the locations that a sync reads. The first time I show where each location would go, and make them when you say so.',
      ],
      buttons: [
        organization === null
          ? button('List organizations', 'list')
          : emphasized(button('Sync locations', 'sync', { organization_id: organization.id, kinds: 'locations' })),
      ],
      typed: md`Type **sites** with an organization, or **sync** with its name and locations.`,
    });
  }
  return message({
    title: `${counted(total, 'site')}${whose}`,
    lead: pageWords(view),
    texts: [
      gone === 0 ? null : `Gone at Webex: the ${gone === 1 ? 'location' : 'locations'} of ${counted(gone, 'site')}.`,
    ],
    blocks: [{ kind: 'rows', rows: rows.map((site) => rowOf(site, words)) }],
    buttons: [
      ...pageButtons(view, 'sites', about),
      button('As CSV', 'sites', { ...about, as: 'csv' }),
      button('Device lists', 'ndl'),
      button('Mappings', 'mappings'),
      organization === null ? null : button('Show', 'show', { organization_id: organization.id }),
    ],
    typed: md`Type **sites** with an organization for its sites alone, **sites csv** for a file, **ndl** for the lists of devices, or **mappings** for what goes where.`,
  });
}

const rowOf = (site: NamedSite, words: NodeWords): Row => ({
  name: shownName(site.name),
  lead: site.goneAt === null ? undefined : { text: 'Gone at Webex', tone: 'attention' },
  state: `${words(site.customerId)}; ${site.deviceListName === null ? 'no device list' : shownName(site.deviceListName)}`,
  button: button('Open', 'site', { site_id: site.id }),
});

/** One site, with the lists that it could use. `organization`: null where the reader may not see it. */
export function siteMessage(view: {
  readonly site: NamedSite;
  readonly organization: Named | null;
  readonly words: NodeWords;
  /** Of its customer, without the one that it uses; none where the reader may not change it. */
  readonly lists: readonly Named[];
  readonly mayChange: boolean;
  readonly done?: string | undefined;
  readonly now: Date;
}): CardMessage {
  const { site, organization, words, lists, mayChange, done, now } = view;
  return message({
    ...(done === undefined ? {} : { mark: '✅' }),
    title: shownName(site.name),
    lead: done,
    texts: [
      site.goneAt === null
        ? null
        : `Its location is gone at Webex, seen ${sinceDeadlineWords(site.goneAt, now)}. It comes back as this site where the location returns. Until it is removed, it counts at its node and for its list of network devices.`,
    ],
    facts: [
      fact('Stands at', words(site.customerId)),
      fact('Organization', organization && shownName(organization.name)),
      fact('Address', site.address && shorten(site.address, ADDRESS_MAX_CHARACTERS)),
      fact('Country', site.country && shownName(site.country)),
      fact('Time zone', site.timeZone && shownName(site.timeZone)),
      fact('Place', site.latitude && site.longitude && shownName(`${site.latitude}, ${site.longitude}`)),
      fact('Network devices', site.deviceListName === null ? 'No list' : shownName(site.deviceListName)),
      fact('Webex id', site.locationId),
    ],
    blocks: [
      lists.length === 0 ? null : { kind: 'text', text: 'It could use another list of network devices:' },
      {
        kind: 'rows',
        rows: lists.map(({ id, name }) => ({
          name: shownName(name),
          state: 'Of the same customer',
          button: button('Use', 'use-ndl', { site_id: site.id, list_id: id }),
        })),
      },
    ],
    buttons: [
      mayChange && site.goneAt !== null ? button('Remove', 'remove-site', { site_id: site.id }) : null,
      site.deviceListId === null ? null : button('Device list', 'ndl', { list_id: site.deviceListId }),
      organization && button('All sites', 'sites', { organization_id: organization.id }),
    ],
    typed: md`Type **sites** for all sites.`,
  });
}

/** A location with where it goes, in a list. */
export type Planned = Placement & { readonly name: string; readonly locationId: string };

/** Where each location of an organization would go: nothing is made yet. */
export function proposalMessage(
  view: ListPage<Planned> & {
    readonly organization: Named;
    /** The customer whose mappings count. */
    readonly customer: Named;
    /** Null where the customer has a list of network devices already. */
    readonly newList: string | null;
    /** Locations for which mappings of the same length lead to different nodes. */
    readonly torn: number;
    readonly plan: string;
    readonly words: NodeWords;
    /** Why it is shown once more. */
    readonly again?: string | undefined;
  },
): CardMessage {
  const { rows, total, organization, customer, newList, torn, plan, words, again } = view;
  const about = { organization_id: organization.id };
  const name = shownName(organization.name);
  return message({
    mark: '🔎',
    title: `${counted(total, 'location')} of ${name} would become ${total === 1 ? 'a site' : 'sites'}`,
    lead: pageWords(view),
    texts: [
      again ?? null,
      'Nothing is made yet. If a location belongs elsewhere, add a mapping first: a text in its name, and the node for it.',
      torn === 0
        ? null
        : `${counted(torn, 'location')}: mappings of the same length lead to different nodes, so none decides. Make one of their texts longer.`,
      newList === null ? null : `The sites use a new, blank list of network devices: ${shownName(newList)}.`,
    ],
    blocks: [{ kind: 'rows', rows: rows.map((row) => plannedRow(row, words)) }],
    buttons: [
      emphasized(button(total === 1 ? 'Make the site' : `Make ${total} sites`, 'make-sites', { ...about, plan })),
      button('Add mapping', 'mapping-form', { customer_id: customer.id }),
      mappingsOf(customer),
      ...pageButtons(view, 'sites', about),
      button('Locations', 'locations', about),
    ],
    typed: md`Type **mappings add** with a text, the word to and a node; press **Make** on the card.`,
  });
}

const plannedRow = ({ name, nodeId, by, torn }: Planned, words: NodeWords): Row => ({
  name: shownName(name),
  lead: torn.length === 0 ? undefined : { text: 'Undecided', tone: 'attention' },
  state: `to ${words(nodeId)}${reasonWords(by, torn)}`,
});

/** Why a location goes where it goes. */
export function reasonWords(by: string | null, torn: readonly string[]): string {
  if (torn.length > 0)
    return `, since ${inARow(torn.slice(0, 3).map((text) => `“${shownName(text)}”`))} are of one length`;
  return by === null ? '' : `, by “${shownName(by)}”`;
}

/** The sites are made. */
export const sitesMadeMessage = (view: {
  readonly organization: Named;
  readonly count: number;
  /** The list that was made for them; null where there was one. */
  readonly madeList: string | null;
  readonly by: string;
}): CardMessage =>
  message({
    mark: '✅',
    title: `${counted(view.count, 'site')} of ${shownName(view.organization.name)} ${view.count === 1 ? 'is' : 'are'} made`,
    texts: [
      `Confirmed by ${shownName(view.by)}. From now on each sync adds sites for new locations, renames them, and marks those whose location is gone.`,
      view.madeList === null
        ? null
        : `They use the new list ${shownName(view.madeList)}. It is blank: name its devices where you want to.`,
    ],
    buttons: [
      emphasized(button('Sites', 'sites', { organization_id: view.organization.id })),
      button('Device lists', 'ndl'),
    ],
    typed: md`Type **sites** with the name to see them, or **ndl** for the list.`,
  });

/** A site is removed whose location is gone. */
export const siteRemovedMessage = (site: Pick<NamedSite, 'name' | 'organizationId'>): CardMessage =>
  message({
    mark: '✅',
    title: `The site ${shownName(site.name)} is removed`,
    texts: ['Where its location returns, a sync makes a new site of it.'],
    buttons: [button('All sites', 'sites', { organization_id: site.organizationId })],
    typed: md`Type **sites** for all sites.`,
  });

export const siteGoneMessage = failureMessage({
  what: 'That site does not exist any more.',
  hint: 'Type sites to see the others.',
});

/** Somebody was faster. */
export const madeBeforeMessage = (organization: Named): CardMessage =>
  message({
    title: `The sites of ${shownName(organization.name)} are made already`,
    texts: ['Each sync keeps them up to date.'],
    buttons: [button('Sites', 'sites', { organization_id: organization.id })],
    typed: md`Type **sites** with the name to see them.`,
  });

/** The words beside the file, or in place of one where there is nothing to write. */
export const sitesFileMessage = (rows: number): TextMessage => ({
  text: rows === 0 ? md`No sites here yet.` : md`${counted(rows, 'site')} as a CSV file.`,
});
