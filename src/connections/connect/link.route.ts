// The connect link: a page of our own that says who asks for what, with the button to Webex; or a page that says how to get a new link.

import type { Response } from 'express';
import type { TimeZoneOf } from '../../chat/place.ts';
import type { Db } from '../../db/database.ts';
import { type RouteLimit, reading, route } from '../../http/route.ts';
import { inTimeZone } from '../../lib/time-zone.ts';
import { settingsOfProvider } from '../../settings/settings.store.ts';
import { consentPage } from './consent-page.view.ts';
import type { ConnectLink } from './link.store.ts';
import { deadLinkPage } from './link-pages.view.ts';
import { type OpenLinkDeps, openConnectLink } from './open-link.ts';
import { type ProviderDeps, providerOf } from './provider.ts';

const hourMs = 60 * 60_000;

/**
 * Sends the page of a dead link. It is the same for used, ended, expired and unknown links, so that nobody learns which links there were. Whoever holds
 * a whole link reads the lifetime that this link had.
 */
export async function sendDeadLink(response: Response, db: Db, link: ConnectLink | undefined): Promise<void> {
  const hours = link
    ? Math.round((link.expiresAt.getTime() - link.createdAt.getTime()) / hourMs)
    : (await settingsOfProvider(db)).link_lifetime_hours;
  response.status(410).set('Cache-Control', 'no-store').send(deadLinkPage({ hours }));
}

/** One person opens a link a few times; an office shares one address. */
export const linkLimit: RouteLimit = { perMinute: 120 };

/** Opening a link does not redeem it: the person reads what is asked, and goes on to Webex by the page's one button, which is a plain link. */
export const connectLinkRoute = route<OpenLinkDeps & ProviderDeps & { timeZoneOf: TimeZoneOf }, { token: string }>({
  path: '/connect/:token',
  methods: reading,
  limit: linkLimit,
  handle: (deps) => async (request, response) => {
    const opened = await openConnectLink(deps, { token: request.params.token });
    if (opened.outcome === 'dead') return sendDeadLink(response, deps.db, opened.link);
    const { organization, link, authorizeUrl } = opened;
    const html = inTimeZone(await deps.timeZoneOf(link), () =>
      consentPage({
        provider: providerOf(deps),
        organization,
        scopes: link.scopes,
        expiresAt: link.expiresAt,
        now: deps.clock.now(),
        appId: deps.clientId,
        authorizeUrl,
      }),
    );
    response.set('Cache-Control', 'no-store').send(html);
  },
});
