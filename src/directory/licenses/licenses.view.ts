// What `licenses` answers: how much an organization uses of each, or the sums of all in scope.

import type { Block, Row } from '../../chat/blocks.ts';
import { button, pageButtons } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../../chat/message.ts';
import { type ListPage, pageWords } from '../../chat/pages.ts';
import { counted } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import { grantState, type ShownGrant } from '../feature-state.view.ts';
import { licensesKind } from '../licenses.ts';
import type { License, LicenseSum } from './license.store.ts';
import { percentUsed, type Units, useBar, useWords } from './license-rules.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** `license_id`: who holds that one. `who`: who holds the one whose name contains this. `from`: where the page before ended. */
    licenses: {
      organization_id?: string;
      page?: number;
      as?: 'csv';
      license_id?: string;
      who?: string;
      from?: string;
    };
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const rowOf = (name: string, units: Units | null, state: string): Row => {
  const bar = units && useBar(units);
  const isUsedUp = units !== null && (percentUsed(units) ?? 0) >= 100;
  return {
    name: shownName(name),
    lead: bar === null ? undefined : { text: bar, tone: isUsedUp ? 'attention' : 'default' },
    state,
  };
};

/** Who holds it. */
export const whoHas = ({ organizationId, webexId }: Pick<License, 'organizationId' | 'webexId'>) =>
  button('Who', 'licenses', { organization_id: organizationId, license_id: webexId });

/** The licenses of an organization, by subscription and site. */
export function licensesMessage(
  view: ListPage<License> & {
    readonly organization: Named;
    /** When they were read last; null where they never were. */
    readonly syncedAt: Date | null;
    readonly connection: ShownGrant;
  },
): CardMessage {
  const { organization, rows, total, syncedAt, connection, now } = view;
  const about = { organization_id: organization.id };
  const grant = grantState({ organization, kind: licensesKind, connection });
  const name = shownName(organization.name);
  return message({
    title: syncedAt === null ? `The licenses of ${name} were not read yet` : `${counted(total, 'license')} of ${name}`,
    lead: pageWords(view),
    texts: [syncedAt === null ? null : `As Webex said ${sinceDeadlineWords(syncedAt, now)}.`, ...grant.texts],
    blocks: groupsOf(rows, now),
    buttons: [
      ...grant.buttons,
      ...pageButtons(view, 'licenses', about),
      button('Sync now', 'sync', { ...about, kinds: 'licenses' }),
      total > 0 ? button('As CSV', 'licenses', { ...about, as: 'csv' }) : null,
      button('All licenses', 'licenses'),
    ],
    typed: md`Type **licenses ${name} who messaging** for who holds a license, or **licenses** alone for the sums of all organizations here.`,
  });
}

/** Rows under the subscription and site that they belong to. */
function groupsOf(rows: readonly License[], now: Date): Block[] {
  const groups = new Map<string, Row[]>();
  for (const license of rows) {
    const { subscriptionId, siteUrl, goneAt } = license;
    const title = [subscriptionId ?? 'No subscription', ...(siteUrl === null ? [] : [siteUrl])]
      .map(shownName)
      .join(' · ');
    const units = { total: license.totalUnits, used: license.consumedUnits };
    const state = goneAt === null ? useWords(units) : `Gone at Webex, seen ${sinceDeadlineWords(goneAt, now)}`;
    const row = rowOf(license.name, goneAt === null ? units : null, state);
    groups.set(title, [...(groups.get(title) ?? []), goneAt === null ? { ...row, button: whoHas(license) } : row]);
  }
  return [...groups].flatMap(([title, its]): Block[] => [
    { kind: 'text', text: title },
    { kind: 'rows', rows: its },
  ]);
}

/** The sums of all organizations in scope, by the name of the license. */
export function licenseSumsMessage(view: ListPage<LicenseSum> & { readonly place: string }): CardMessage {
  const { rows, total, place } = view;
  return message({
    title:
      total === 0
        ? `No licenses were read at ${shownName(place)} yet`
        : `${counted(total, 'kind')} of licenses at ${shownName(place)} and below`,
    lead: pageWords(view),
    texts: [total === 0 ? 'A sync reads them, once an organization is connected.' : null],
    blocks: [{ kind: 'rows', rows: rows.map((sum) => rowOf(sum.name, sum.limited, sumWords(sum))) }],
    buttons: [...pageButtons(view, 'licenses'), total > 0 ? button('As CSV', 'licenses', { as: 'csv' }) : null],
    typed: md`Type **licenses** with a name for one organization, or **licenses csv** for a file.`,
  });
}

/** `931 of 1400 used, in 3 organizations; 2 without a limit use 300; use unknown of 1` */
export function sumWords({ limited, organizations, unlimited, unlimitedUsed, unknown }: LicenseSum): string {
  const whose = `in ${counted(organizations, 'organization')}`;
  if (limited === null && unlimited === 0) return `use unknown, ${whose}`;
  const rest = unknown === 0 ? '' : `; use unknown of ${unknown}`;
  if (limited === null) return `${unlimitedUsed} used, no limit, ${whose}${rest}`;
  const without =
    unlimited === 0 ? '' : `; ${unlimited} without a limit ${unlimited === 1 ? 'uses' : 'use'} ${unlimitedUsed}`;
  return `${useWords(limited)}, ${whose}${without}${rest}`;
}

/** The words beside the file, or in place of one where there is nothing to write. */
export const licensesFileMessage = (rows: number): TextMessage => ({
  text: rows === 0 ? md`No licenses were read here yet.` : md`${counted(rows, 'license')} as a CSV file.`,
});
