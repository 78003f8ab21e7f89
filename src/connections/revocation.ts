// How the grant of a withdrawn connection ended at Webex, or why it may still stand there.

import { shorten } from '../lib/text.ts';
import { CONTROL_HUB_PATH, SERVICE_APPS_PATH } from './connect/link-words.ts';

/**
 * `ended`: Webex had ended it. `of_partner`: it is the partner's, and serves others. `of_app`: a service app, which the organization itself ends. `unsure`: Webex does not say for sure which of the person's grants it is. `forbidden`: the grantor may not revoke. `lost_answer`:
 * the answer to a refresh was lost, and the newest token with it. `sealed`: no key opens the tokens. `unanswered`: Webex did not answer for days.
 */
export const REVOCATIONS = [
  'revoked',
  'ended',
  'of_partner',
  'of_app',
  'unsure',
  'forbidden',
  'lost_answer',
  'sealed',
  'unanswered',
] as const;
export type Revocation = (typeof REVOCATIONS)[number];

const EMAIL_MAX_CHARACTERS = 120;

/** How the grant ended, or why it may still stand and how a person ends it: a sentence or two each. */
export function revocationNotes(view: {
  readonly outcome: Revocation;
  /** The grantor's e-mail; null where no person's consent held it. */
  readonly email: string | null;
  /** The integration's client id. */
  readonly appId: string;
}): string[] {
  const { outcome, appId } = view;
  if (outcome === 'of_partner')
    return ['The grant of the partner held it. That one stays, since it serves other organizations too.'];
  if (outcome === 'of_app' || view.email === null) {
    return [
      'A service app held it. Hubkeeper has deleted its tokens.',
      `A full administrator of the organization ends the app’s access in Control Hub: ${SERVICE_APPS_PATH}.`,
    ];
  }
  const email = shorten(view.email, EMAIL_MAX_CHARACTERS);
  const why: Record<Exclude<Revocation, 'of_partner' | 'of_app'>, string> = {
    revoked: `The access that ${email} authorized was revoked at Webex.`,
    ended: `Webex had ended the access that ${email} authorized.`,
    unsure: `The access was not revoked at Webex, which does not say for sure which of the grants of ${email} it is.`,
    forbidden: `The access was not revoked: Webex does not let ${email} do that, as a read-only administrator.`,
    lost_answer: `The access may still stand: Webex’s last answer to a refresh for ${email} was lost, and with it the newest token.`,
    sealed: `The access was not revoked: the tokens that ${email} authorized are sealed with a key that is not in use.`,
    unanswered: `The access was not revoked: Webex did not answer, although it was asked again and again.`,
  };
  if (outcome === 'revoked' || outcome === 'ended') return [why[outcome]];
  return [
    why[outcome],
    `${email} can end it under “Authorized apps” of the Webex account. A full administrator can end it in Control Hub: ` +
      `${CONTROL_HUB_PATH}, search for the App ID ${appId}, and revoke the access there. That ends all access of this app to the organization.`,
  ];
}
