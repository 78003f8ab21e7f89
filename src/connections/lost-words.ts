// Why connections are lost, and what brings them back: in words about one, about several, and beside one of several.

import { capitalized, shorten } from '../lib/text.ts';
import { type GivenFor, giverWords } from './giver-words.ts';
import { isRefusedApp, notAuthorized } from './refresh/refresh-rules.ts';
import { lostWithPartner, notManaged } from './ways/ways.ts';

interface LossWords {
  readonly ofOne: string;
  readonly ofSeveral: string;
  /** Part of a sentence, without the code: a message of ten has little room. */
  readonly beside: string;
}

const CODE_MAX_CHARACTERS = 60;

/** Why a connection is lost, by Webex's code or ours. */
export function whyLost(code: string, isOwnApp: boolean): LossWords {
  if (isOwnApp) return isRefusedApp(code) ? ownAppRefused : ownTokenRefused;
  return (
    known[code] ?? {
      ofOne: `Webex refuses its tokens (${shorten(code, CODE_MAX_CHARACTERS)}).`,
      ofSeveral: `Webex refuses their tokens (${shorten(code, CODE_MAX_CHARACTERS)}).`,
      beside: 'Webex refuses its tokens',
    }
  );
}

const ownAppRefused: LossWords = {
  ofOne:
    'Webex does not accept the client ID and secret of its own service app any more: the secret was replaced, or the app was deleted.',
  ofSeveral:
    'Webex does not accept the client IDs and secrets of their own service apps any more: the secrets were replaced, or the apps were deleted.',
  beside: 'Webex does not accept the secret of its own app',
};

const ownTokenRefused: LossWords = {
  ofOne:
    'Webex refuses the refresh token of its own service app: the token has expired or was replaced, or the app is not authorized any more in Control Hub.',
  ofSeveral:
    'Webex refuses the refresh tokens of their own service apps: the tokens have expired or were replaced, or the apps are not authorized any more in Control Hub.',
  beside: 'Webex refuses the refresh token of its own app',
};

const known: Readonly<Record<string, LossWords>> = {
  [notManaged]: {
    ofOne: 'Its partner does not manage it any more: Webex refuses the organization to the partner’s grant.',
    ofSeveral: 'Their partner does not manage them any more: Webex refuses the organizations to the partner’s grant.',
    beside: 'its partner does not manage it any more',
  },
  [lostWithPartner]: {
    ofOne: 'The grant of the partner that held it is lost.',
    ofSeveral: 'The grant of the partner that held them is lost.',
    beside: 'the grant of its partner is lost',
  },
  [notAuthorized]: {
    ofOne: 'The service app that held it is not authorized any more in its Control Hub.',
    ofSeveral: 'The service app that held them is not authorized any more in their Control Hubs.',
    beside: 'the service app is not authorized any more',
  },
  invalid_grant: {
    ofOne:
      'Webex refuses its refresh token: the token has expired, access was revoked in Control Hub, or the administrator who authorized it left, lost the role or changed the password.',
    ofSeveral:
      'Webex refuses their refresh tokens: the tokens have expired, access was revoked in Control Hub, or the administrator who authorized them left, lost the role or changed the password.',
    beside: 'Webex refuses its refresh token',
  },
};

/** What brings one back. */
export function cureOf(code: string, isOwnApp: boolean, record: GivenFor): string {
  if (isOwnApp) {
    return 'Whoever looks after the app generates new tokens, and enters them on a page of ours: press Enter tokens for its link. Nothing else is lost.';
  }
  if (code === notManaged) {
    return 'Have the partner manage it again in Partner Hub, and I connect it by myself; or pass on a connect link. Nothing else is lost.';
  }
  return code === notAuthorized
    ? 'A full administrator of the organization must authorize the app again, or reconnect it by a link. Nothing else is lost.'
    : `${capitalized(giverWords(record, 'of the organization'))} must reconnect it. Nothing else is lost.`;
}

/** What brings each of several back that are lost for the same reason; of those of own apps it is said besides. */
export function cureOfSeveral(code: string, isOwnApp: boolean, records: readonly GivenFor[]): string {
  if (isOwnApp) return 'Nothing else is lost.';
  if (code === notManaged) {
    return 'Have the partner manage them again in Partner Hub, and I connect them by myself; or pass on connect links. Nothing else is lost.';
  }
  if (code === notAuthorized) {
    return 'A full administrator of each organization must authorize the app again, or reconnect it by a link. Nothing else is lost.';
  }
  const [giver = '', ...others] = new Set(records.map((record) => giverWords(record, 'of each organization')));
  return others.length === 0 ? `${capitalized(giver)} must reconnect it. Nothing else is lost.` : CURE_OF_ANY;
}

/** Where that differs. */
export const CURE_OF_ANY = 'Press Reconnect for a fresh link. Its message says who must open it. Nothing else is lost.';
