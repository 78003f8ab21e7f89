// The ways in which an organization can be held, and the button for each other one.

import { type Button, button } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { shorten } from '../../lib/text.ts';
import { appSteps } from '../connect/connect.view.ts';
import { type ConnectionView, type FallBackView, type Holder, holderWords } from '../connection-words.ts';
import { asFallBack, type FallBack, fallBackWords } from '../fall-back/fall-back-rules.ts';
import { isByOwnApp, type Way, whyWayCannot } from '../ways/ways.ts';

export function chooseWayMessage(view: {
  readonly organization: { readonly id: string; readonly name: string };
  readonly connection: (Holder & Pick<ConnectionView, 'state'> & Pick<FallBackView, 'fallbackWay'>) | null;
  /** The name of the service app that can hold it; null where none can. */
  readonly serviceApp: string | null;
  /** Its grant holds others: a consent alone can bring it. */
  readonly holdsOthers: boolean;
}): CardMessage {
  const { organization, connection, serviceApp, holdsOthers } = view;
  const about = { organization_id: organization.id };
  const isAlive = connection !== null && connection.state !== 'lost';
  const fallBack = asFallBack(connection?.fallbackWay ?? null);
  const isByApp = connection?.way === 'service_app' && !isByOwnApp(connection) && connection.state !== 'lost';
  return message({
    title: `How is ${shownName(organization.name)} to be held?`,
    texts: [
      connection === null ? 'It is not connected yet.' : `Its connection is ${holderWords(connection)}.`,
      'The new way is proven before it takes the place of the old one. Record, history and schedules stay.',
      serviceApp === null || isByApp ? null : appSteps(serviceApp),
      holdsOthers ? 'Its grant holds other organizations: a consent alone can bring it.' : null,
      isAlive && !holdsOthers ? fallBackSentence(fallBack) : null,
    ],
    buttons: [
      serviceApp === null || isByApp ? null : button('By the service app', 'migrate', { ...about, way: 'service_app' }),
      holdsOthers || (connection?.way === 'partner' && connection.state !== 'lost')
        ? null
        : button('By the partner', 'migrate', { ...about, way: 'partner' }),
      button('By a consent', 'migrate', { ...about, way: 'consent' }),
      holdsOthers ? null : button('By its own app', 'migrate', { ...about, way: 'tokens' }),
      // A record whose grant holds others falls back to nothing.
      ...(isAlive && !holdsOthers
        ? fallBackButtons({ about, way: isByOwnApp(connection) ? null : connection.way, fallBack, serviceApp })
        : []),
    ],
    typed: md`Type **migrate** with its name and **service app**, **partner**, **consent** or **tokens** for one of them, or **fallback** and a way.`,
  });
}

const fallBackSentence = (fallBack: FallBack | null): string =>
  fallBack === null
    ? 'It has no fall-back: where the connection is lost, a person must act.'
    : `Where the connection is lost, it falls back to ${fallBackWords(fallBack)}.`;

/** The other fall-backs, and the way to have none. */
function fallBackButtons({
  about,
  way,
  fallBack,
  serviceApp,
}: {
  readonly about: { readonly organization_id: string };
  /** Null where a service app of its own holds it, which may fall back to ours. */
  readonly way: Way | null;
  readonly fallBack: FallBack | null;
  readonly serviceApp: string | null;
}): (Button | null)[] {
  const may = (one: FallBack) => one !== way && one !== fallBack;
  const to = (title: string, fall_back: FallBack | 'none') => button(title, 'migrate', { ...about, fall_back });
  return [
    may('partner') ? to('Fall back to the partner', 'partner') : null,
    may('service_app') && serviceApp !== null ? to('Fall back to the service app', 'service_app') : null,
    fallBack === null ? null : to('No fall-back', 'none'),
  ];
}

const LACKS_MAX_CHARACTERS = 400;

/** What came of it where the partner's grant is to hold an organization. */
export function migratedToPartnerMessage(view: {
  readonly organization: { readonly id: string; readonly name: string };
  readonly result:
    | { readonly outcome: 'held'; readonly partnerName: string; readonly isMeasured: boolean }
    | { readonly outcome: 'no_partner' }
    | { readonly outcome: 'refused'; readonly code: string }
    | { readonly outcome: 'not_better'; readonly partnerName: string; readonly lacks: readonly string[] };
}): CardMessage {
  const { organization, result } = view;
  const name = shownName(organization.name);
  const show = button('Show', 'show', { organization_id: organization.id });
  const typed = md`Type **show** with its name to see how it stands.`;
  switch (result.outcome) {
    case 'held':
      return message({
        mark: '✅',
        title: `${name} is held by the grant of ${shownName(result.partnerName)}`,
        texts: [
          result.isMeasured
            ? 'The grant has read the organization and what its record needs. A consent that held it is revoked at Webex.'
            : 'The grant has read the organization.',
          whyWayCannot('partner', 'roles') ?? null,
        ],
        buttons: [show],
        typed,
      });
    case 'no_partner':
      return message({
        title: `No partner is connected that could hold ${name}`,
        texts: ['Nothing has changed. Connect your own organization as a partner first.'],
        buttons: [show],
        typed: md`Type **connect partner** for its link.`,
      });
    case 'not_better':
      return message({
        mark: '❌',
        title: `${name} stays as it is: its partner’s grant may do less`,
        texts: [
          `The grant of ${shownName(result.partnerName)} may not read what the record needs: ${shorten(result.lacks.join(', '), LACKS_MAX_CHARACTERS)}. Nothing has changed.`,
          'Give whoever authorized the partner’s connection the rights, have it reconnected, or edit the record if it does not need that.',
        ],
        buttons: [show],
        typed,
      });
    case 'refused':
      return message({
        mark: '❌',
        title: `${name} stays as it is: its partner cannot read it`,
        texts: [
          `Webex refuses the organization to the partner’s grant (${shorten(result.code, 60)}). Nothing has changed.`,
        ],
        buttons: [show],
        typed,
      });
  }
}
