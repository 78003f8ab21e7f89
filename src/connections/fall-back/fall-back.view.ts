// Fall-backs in words: which one is set, what one has taken over, and why one could not.

import { button } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { capitalized, shorten } from '../../lib/text.ts';
import { type FallBack, type FallBackSet, fallBackWords, isFinal } from './fall-back-rules.ts';
import type { FellBack } from './fell-back.notice.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const NAME_OF_SEVERAL_MAX_CHARACTERS = 50;
const CODE_MAX_CHARACTERS = 60;

/** `The grant of ada@acme.example ended; the partner Meridian holds it now` */
function takenWords({ formerWay, formerEmail, partnerName }: FellBack): string {
  const former =
    formerEmail !== null
      ? `the grant by ${shorten(shownName(formerEmail), NAME_OF_SEVERAL_MAX_CHARACTERS)} ended`
      : formerWay === 'partner'
        ? 'its partner cannot reach it any more'
        : 'its service app is not authorized any more';
  const now =
    partnerName === null
      ? 'the service app'
      : `the partner ${shorten(shownName(partnerName), NAME_OF_SEVERAL_MAX_CHARACTERS)}`;
  return `${former}, and it is held by ${now} now`;
}

/** Nothing needs to be done. */
export function fellBackMessage(view: {
  readonly rows: readonly (Named & FellBack)[];
  readonly total: number;
}): CardMessage {
  const { rows, total } = view;
  const [first] = rows;
  const hidden = total - rows.length;
  return message({
    mark: '🔁',
    title:
      total === 1 && first
        ? `${shownName(first.name)} lost its connection, and its fall-back has taken over`
        : `${total} organizations lost their connections, and their fall-backs have taken over`,
    texts: [
      'The fall-back was proven by a read of the organization. Nothing needs to be done.',
      hidden > 0 ? `${hidden} more: type audit.` : null,
    ],
    blocks: [
      {
        kind: 'rows',
        rows: rows.map((row) => ({
          name: shorten(shownName(row.name), NAME_OF_SEVERAL_MAX_CHARACTERS),
          state: takenWords(row),
          button: button('Show', 'show', { organization_id: row.id }),
        })),
      },
    ],
    typed: md`Type **migrate** with a name to hold it in another way.`,
  });
}

/** Why a fall-back did not take over, by Webex's code or ours. */
function whyNot(code: string): string {
  switch (code) {
    case 'unavailable':
      return 'Webex has not answered';
    case 'needs_consent':
      return 'its own grant holds others, so a consent alone can hold it';
    case 'no_partner':
      return 'no partner is connected that could hold it';
    case 'wholesale':
      return 'Webex answers about wholesale customers to their service provider alone';
    case 'same_grant':
      return 'the partner’s grant that holds it brings the app’s tokens, too: both end together';
    case 'internal_error':
      return 'of a fault of ours, which the operator finds in the log';
    case 'no_app':
      return 'no service app is configured';
    case 'not_authorized':
      return 'it has not authorized the service app';
    case 'no_owner':
    case 'owner':
      return 'the grant of the service app’s owner is lost';
    default:
      return `Webex refuses it (${shorten(code, CODE_MAX_CHARACTERS)})`;
  }
}

/** In the notice of a loss. Null where no fall-back was set, or it was not tried. */
export function fallBackFailedWords({
  fallbackWay: way,
  fallbackRefusal: code,
}: {
  readonly fallbackWay: FallBack | null;
  readonly fallbackRefusal: string | null;
}): string | null {
  return way === null || code === null
    ? null
    : `Its fall-back to ${fallBackWords(way)} could not take over: ${whyNot(code)}.${isFinal(code) ? '' : ' I try again each hour.'}`;
}

/** In `show`, of a connection that stands. */
export const fallBackEndedWords = ({ way, code }: { readonly way: FallBack; readonly code: string }): string =>
  `${capitalized(fallBackWords(way))} could not take over any more: ${whyNot(code)}`;

/** The connection stands. A null `way` or `code`: it has no fall-back any more, or one that works again. */
export function fallBackEndedMessage({
  organization,
  way,
  code,
}: {
  readonly organization: Named;
  readonly way: FallBack | null;
  readonly code: string | null;
}): CardMessage {
  const name = shownName(organization.name);
  const about = { organization_id: organization.id };
  if (way === null || code === null) {
    return message({
      title: way === null ? `${name} has no fall-back` : `${name} falls back to ${fallBackWords(way)} again`,
      buttons: [button('Show', 'show', about)],
      typed: md`Type **migrate** with its name for its fall-back.`,
    });
  }
  return message({
    mark: '⚠️',
    title: `${name} could not fall back to ${fallBackWords(way)} any more`,
    texts: [
      `Its connection stands. If that were lost now, the fall-back could not take over: ${whyNot(code)}.`,
      way === 'service_app'
        ? 'Have a full administrator of the organization authorize the app again in Control Hub, or choose another fall-back.'
        : 'Have the partner manage it again in Partner Hub, or choose another fall-back.',
    ],
    buttons: [button('Migrate', 'migrate', about), button('Show', 'show', about)],
    typed: md`Type **migrate** with its name and **fallback partner** or **fallback none**.`,
  });
}

export function fallBackSetMessage({
  organization,
  result,
}: {
  readonly organization: Named;
  readonly result: FallBackSet;
}): CardMessage {
  const name = shownName(organization.name);
  const about = { organization_id: organization.id };
  const view = {
    buttons: [button('Show', 'show', about), button('Migrate', 'migrate', about)],
    typed: md`Type **migrate** with its name and **fallback partner**, **fallback service app** or **fallback none**.`,
  };
  switch (result.outcome) {
    case 'set': {
      const holder = result.partnerName === null ? 'the service app' : `the partner ${shownName(result.partnerName)}`;
      return message({
        ...view,
        mark: '✅',
        title: `${name} falls back to ${holder}`,
        texts: ['It was proven just now. Where the connection is lost, it is proven again and takes over at once.'],
      });
    }
    case 'none':
      return message({
        ...view,
        mark: '✅',
        title: `${name} has no fall-back`,
        texts: ['Where its connection is lost, the space is told, and a person must act.'],
      });
    case 'not_connected':
      return message({
        ...view,
        title: `${name} is not connected: there is nothing to fall back from`,
        texts: ['Connect it first, or migrate it to the way that is to hold it.'],
      });
    case 'same_way':
      return message({
        ...view,
        title: `${name} is held in this way already`,
        texts: ['A fall-back is another way. Nothing has changed.'],
      });
    case 'needs_consent':
      return message({
        ...view,
        title: `${name} can be held by a consent alone: its grant holds other organizations`,
        texts: ['Nothing has changed.'],
      });
    case 'refused':
      return message({
        ...view,
        mark: '❌',
        title: `${name} cannot fall back to ${fallBackWords(result.way)}`,
        texts: [`It was tried just now: ${whyNot(result.code)}. Nothing has changed.`],
      });
  }
}
