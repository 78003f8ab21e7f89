// The pages in the browser of people whose link led to no connection. None of them names another organization.

import { messagePage } from '../../http/page.ts';
import { counted, shorten } from '../../lib/text.ts';
import { blockedHint, linkStillWorks } from './link-words.ts';

const CODE_MAX_CHARACTERS = 80;

/** @param page.hours how long the link could be used, or how long links can be used now */
export function deadLinkPage({ hours }: { hours: number }): string {
  return messagePage({
    title: 'This link does not work',
    tone: 'neutral',
    lines: [
      'This link has been used, a newer one has taken its place, or it has expired; or it was cut when it was sent or copied.',
      `A connect link works once, and for ${counted(hours, 'hour')}. Nothing was changed.`,
    ],
    hint: 'Ask whoever sent you the link for a new one: they type “connect” and the name of your organization.',
  });
}

interface WithoutGrant {
  readonly organizationName: string;
  readonly expiresAt: Date;
  readonly now: Date;
}

const notConnected = ({ organizationName }: WithoutGrant) =>
  `${organizationName} was not connected. Nothing was stored.`;

const openAgain = ({ expiresAt, now }: WithoutGrant) =>
  `${linkStillWorks(expiresAt, now)} If it happens again, tell whoever sent it to you.`;

/** Webex sent the person back with neither a code nor an error. */
export function missingCodePage(view: WithoutGrant): string {
  return messagePage({
    title: 'Webex sent no authorization code',
    tone: 'bad',
    lines: [notConnected(view)],
    hint: openAgain(view),
  });
}

/**
 * Webex sent the person back without a grant.
 * @param view.error the OAuth error code, such as `access_denied`
 * @param view.appId the integration's client id
 */
export function refusedPage(view: WithoutGrant & { readonly error: string; readonly appId: string }): string {
  switch (view.error) {
    case 'access_denied':
      return messagePage({
        title: 'Access was declined',
        tone: 'neutral',
        lines: [
          notConnected(view),
          'Either you declined, or the Control Hub of your organization does not allow this app.',
          blockedHint(view.appId),
        ],
        hint: `Did you decline by mistake, or is the app allowed now? ${linkStillWorks(view.expiresAt, view.now)}`,
      });
    case 'invalid_scope':
      return messagePage({
        title: 'Webex did not give the permissions',
        tone: 'bad',
        lines: [
          notConnected(view),
          'Either the account that signed in is not an administrator’s, or Hubkeeper’s integration lacks a permission that this organization needs. Webex does not say which.',
        ],
        hint: `Sign in as a full administrator. Did you? Then there is nothing more for you to do: whoever sent you the link was told what to fix. ${linkStillWorks(view.expiresAt, view.now)}`,
      });
    default:
      return messagePage({
        title: 'Webex did not give access',
        tone: 'bad',
        lines: [notConnected(view), `Webex said: ${shorten(view.error, CODE_MAX_CHARACTERS)}.`],
        hint: openAgain(view),
      });
  }
}
