// What `roles` answers.

import { button, pageButtons } from '../../chat/buttons.ts';
import { fact, shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { type ListPage, pageWords } from '../../chat/pages.ts';
import { type Way, whyWayCannot } from '../../connections/ways/ways.ts';
import { counted, inARow } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import { grantState, type ShownGrant } from '../feature-state.view.ts';
import { rolesKind } from '../roles.ts';
import type { Role } from './role.store.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    roles: { organization_id: string; page?: number };
  }
}

const HELD_SHOWN = 5;

export function rolesMessage(
  view: ListPage<Role> & {
    readonly organization: { readonly id: string; readonly name: string };
    /** When they were read last; null where they never were. */
    readonly syncedAt: Date | null;
    /** Who authorized the connection; null where there is none. */
    readonly grantor:
      | (ShownGrant & {
          readonly authorizedEmail: string | null;
          readonly byPartner: boolean;
          readonly way: Way;
        })
      | null;
    /** Names of the roles that the grantor holds. */
    readonly held: readonly string[];
    /** Whether the grant shows them. */
    readonly isHeldShown: boolean;
  },
): CardMessage {
  const { organization, rows, total, syncedAt, grantor, held, isHeldShown, now } = view;
  const about = { organization_id: organization.id };
  const cannot = grantor && whyWayCannot(grantor.way, 'roles');
  const name = shownName(organization.name);
  const grant = grantState({ organization, kind: rolesKind, connection: cannot ? null : grantor });
  const more = held.length > HELD_SHOWN ? [`${held.length - HELD_SHOWN} more`] : [];
  const heldWords = inARow([...held.slice(0, HELD_SHOWN).map(shownName), ...more]);
  return message({
    title: syncedAt === null ? `The roles of ${name} were not read yet` : `${counted(total, 'role')} of ${name}`,
    lead: pageWords(view),
    texts: [
      syncedAt === null ? null : `As Webex said ${sinceDeadlineWords(syncedAt, now)}.`,
      cannot ?? null,
      ...grant.texts,
      grantor?.byPartner && !cannot
        ? 'A partner’s administrator authorized the connection: Webex lists the partner’s roles.'
        : null,
    ],
    facts: [
      fact('Authorized by', grantor?.authorizedEmail && shownName(grantor.authorizedEmail)),
      fact(
        'Roles of this person',
        grantor && syncedAt && (isHeldShown ? heldWords || 'None' : 'Not shown with this grant'),
      ),
    ],
    blocks: [
      {
        kind: 'log',
        title: 'Roles',
        lines: rows.map(
          (role) =>
            `${shownName(role.name)}${role.goneAt === null ? '' : `, gone at Webex, seen ${sinceDeadlineWords(role.goneAt, now)}`}`,
        ),
      },
    ],
    buttons: [
      ...grant.buttons,
      ...pageButtons(view, 'roles', about),
      cannot ? null : button('Sync now', 'sync', { ...about, kinds: 'roles' }),
      button('Show', 'show', about),
    ],
    typed: cannot
      ? md`Type **show** with the name for how it is connected.`
      : md`Type **sync** with the name to read them again.`,
  });
}
