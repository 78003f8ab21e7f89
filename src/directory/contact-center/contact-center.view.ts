// What `contact center` answers.

import type { Row } from '../../chat/blocks.ts';
import { button, emphasized, pageButtons } from '../../chat/buttons.ts';
import { type Fact, fact, shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { type ListPage, pageWords } from '../../chat/pages.ts';
import { capitalized, counted, shorten } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import { fieldNamed } from '../../organizations/organization-fields.ts';
import { regionLabel } from '../../webex/contact-center-regions.ts';
import { featureState, type GrantState } from '../feature-state.view.ts';
import { useBar, useWords } from '../licenses/license-rules.ts';
import { CONTACT_CENTER_PARTS, type ContactCenterPart } from './contact-center.schema.ts';
import type { AgentLicense } from './contact-center.store.ts';
import { contactCenterKind } from './contact-center-kind.ts';
import { type ContactCenterRow, detailWords, type PartCount, partWords } from './contact-center-rules.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    'contact center': { organization_id: string; part?: ContactCenterPart; page?: number };
  }
}

const STATE_MAX_CHARACTERS = 160;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** `Entry points` */
const pluralOf = (part: ContactCenterPart): string => `${capitalized(partWords(part))}s`;

/** How much there is of each part, and how many agents it is licensed for. */
export function contactCenterMessage(view: {
  readonly organization: Named & { readonly base_url_setting: string | null };
  readonly counts: readonly PartCount[];
  readonly agents: readonly AgentLicense[];
  /** Null where it was never read. */
  readonly syncedAt: Date | null;
  readonly connection: GrantState | null;
  readonly now: Date;
}): CardMessage {
  const { organization, counts, agents, syncedAt, connection, now } = view;
  const { base_url_setting: region } = organization;
  const about = { organization_id: organization.id };
  const { scope } = contactCenterKind;
  const state = featureState({ organization, feature: 'contact_center', scope, connection });
  return message({
    mark: state.texts.length > 0 ? '⚠️' : undefined,
    title: `The contact center of ${shownName(organization.name)}`,
    texts: [
      syncedAt === null
        ? 'It was not read yet: press Sync now once it is connected.'
        : `As Webex said ${sinceDeadlineWords(syncedAt, now)}.`,
      ...state.texts,
    ],
    facts: [
      fact(fieldNamed('base_url_setting').label, region && regionLabel(region)),
      ...(syncedAt === null ? [] : counts.map(countFact)),
      ...agents.map(agentFact),
      syncedAt !== null && agents.length === 0
        ? { title: 'Agents', value: 'No license of agents is known: sync the licenses.' }
        : null,
    ],
    buttons: [
      ...state.buttons,
      ...counts
        .filter(({ total }) => total > 0)
        .map(({ part }) => button(pluralOf(part), 'contact center', { ...about, part })),
      button('Sync now', 'sync', { ...about, kinds: contactCenterKind.kind }),
      button('Show', 'show', about),
    ],
    typed: md`Type **contact center** with the name and **sites**, **teams**, **queues** or **entry points** for their names.`,
  });
}

const countFact = ({ part, total, inactive }: PartCount): Fact => ({
  title: pluralOf(part),
  value: inactive === 0 ? String(total) : `${total}, of which ${inactive} inactive`,
});

function agentFact({ name, total, used }: AgentLicense): Fact {
  const units = { total, used };
  const bar = useBar(units);
  return { title: shownName(name), value: `${bar === null ? '' : `${bar}; `}${useWords(units)}` };
}

/** One page of the sites, teams, queues or entry points. */
export function partMessage(
  view: ListPage<ContactCenterRow> & {
    readonly organization: Named;
    readonly part: ContactCenterPart;
    readonly syncedAt: Date | null;
  },
): CardMessage {
  const { rows, total, organization, part, syncedAt, now } = view;
  const about = { organization_id: organization.id };
  const name = shownName(organization.name);
  const others = CONTACT_CENTER_PARTS.filter((other) => other !== part);
  return message({
    title: total === 0 ? `${name} has no ${partWords(part)}s` : `${counted(total, partWords(part))} of ${name}`,
    lead: pageWords(view),
    texts: [
      syncedAt === null
        ? 'They were not read yet: press Sync now.'
        : `As Webex said ${sinceDeadlineWords(syncedAt, now)}.`,
    ],
    blocks: [{ kind: 'rows', rows: rows.map((row) => rowOf(row, now)) }],
    buttons: [
      ...pageButtons(view, 'contact center', { ...about, part }),
      ...others.map((other) => button(pluralOf(other), 'contact center', { ...about, part: other })),
      button('Whole contact center', 'contact center', about),
      button('Sync now', 'sync', { ...about, kinds: contactCenterKind.kind }),
    ],
    typed: md`Type **contact center** with the name for the whole.`,
  });
}

function rowOf(row: ContactCenterRow, now: Date): Row {
  const { name, isActive, goneAt } = row;
  const state = shorten(capitalized(detailWords(row)), STATE_MAX_CHARACTERS);
  const activity = isActive === null ? 'Activity unknown' : isActive ? 'Active' : 'Inactive';
  return {
    name: shownName(name),
    lead:
      goneAt === null
        ? { text: activity, tone: isActive === false ? 'attention' : 'default' }
        : { text: `Gone at Webex, seen ${sinceDeadlineWords(goneAt, now)}`, tone: 'attention' },
    state: state === '' ? undefined : state,
  };
}

/** Its record says that it has none. */
export const noContactCenterMessage = (organization: Named): CardMessage =>
  message({
    title: `The record of ${shownName(organization.name)} names no contact center`,
    texts: [
      `If it has one, edit the record: switch ${fieldNamed('webex_contact_center').label} on, and choose the ${fieldNamed('base_url_setting').label}.`,
    ],
    buttons: [
      emphasized(button('Edit', 'edit', { organization_id: organization.id })),
      button('List contact centers', 'list', { filter: 'contact center' }),
    ],
    typed: md`Type **list contact center** for the organizations that have one.`,
  });
