// What `people` answers.

import type { Row } from '../../chat/blocks.ts';
import { button, emphasized, pageButtons } from '../../chat/buttons.ts';
import { fact, shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import type { ListPage } from '../../chat/pages.ts';
import { counted } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import { grantState, type ShownGrant } from '../feature-state.view.ts';
import { peopleKind } from './people-kind.ts';
import type { PeopleCounts, PeopleGroup } from './person.store.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    people: { organization_id: string; by?: 'license' | 'location'; page?: number };
  }
}

export function peopleMessage(
  view: ListPage<PeopleGroup> & {
    readonly organization: { readonly id: string; readonly name: string };
    readonly by: 'license' | 'location';
    readonly counts: PeopleCounts;
    /** When they were read last; null where they never were, or not to the end. */
    readonly syncedAt: Date | null;
    readonly connection: ShownGrant;
  },
): CardMessage {
  const { organization, by, counts, rows, total, firstNumber, syncedAt, connection, now } = view;
  const about = { organization_id: organization.id };
  const name = shownName(organization.name);
  const grant = grantState({ organization, kind: peopleKind, connection });
  const sync = button('Sync now', 'sync', { ...about, kinds: 'people' });
  const schedule = button('Schedules', 'schedules', about);
  if (counts.total === 0) {
    return message({
      title: `No people of ${name} are known here`,
      texts: [
        syncedAt === null
          ? 'They were not read yet: the schedule that reads users is off until you resume it, and the weekly full sync reads them too.'
          : `They were last read ${sinceDeadlineWords(syncedAt, now)}.`,
        ...grant.texts,
      ],
      buttons: [...grant.buttons, emphasized(sync), schedule, button('Show', 'show', about)],
      typed: md`Type **sync ${name} people** to read them now.`,
    });
  }
  const other = by === 'license' ? 'location' : 'license';
  return message({
    title: `${counted(counts.total, 'person', 'people')} of ${name}`,
    texts: [
      syncedAt === null
        ? 'They were not read to the end yet: these counts are of a part.'
        : `As Webex said ${sinceDeadlineWords(syncedAt, now)}.`,
      ...grant.texts,
    ],
    facts: [
      fact('Invitation pending', String(counts.pending)),
      fact('May not sign in', String(counts.disabled)),
      fact('Without a license', String(counts.withoutLicense)),
    ],
    blocks: [
      {
        kind: 'text',
        text:
          rows.length === total
            ? `By ${by}:`
            : `By ${by}, ${firstNumber} to ${firstNumber + rows.length - 1} of ${total}:`,
      },
      { kind: 'rows', rows: rows.map((row) => rowOf(row, by)) },
    ],
    buttons: [
      ...grant.buttons,
      ...pageButtons(view, 'people', { ...about, by }),
      button(`By ${other}`, 'people', { ...about, by: other }),
      sync,
      schedule,
    ],
    typed:
      by === 'license'
        ? md`Type **people ${name} by location** for where they are, or **licenses ${name} who messaging** for who holds a license.`
        : md`Type **people ${name}** for their licenses.`,
  });
}

const rowOf = ({ webexId, name, count }: PeopleGroup, by: 'license' | 'location'): Row => ({
  name: name === null ? (webexId === null ? 'No location' : `A ${by} that was not synced`) : shownName(name),
  state: counted(count, 'person', 'people'),
});
