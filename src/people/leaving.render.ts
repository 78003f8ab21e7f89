// Texts to forward, where somebody leaves: made from what whoever asked may change when they are delivered.

import { scopeFor } from '../chat/actor.ts';
import type { People } from '../chat/people.ts';
import { placeOf } from '../chat/place.ts';
import { standingOf } from '../chat/standing.ts';
import type { IssueLinkDeps } from '../connections/connect/issue-link.ts';
import type { ProviderDeps } from '../connections/connect/provider.ts';
import { findShownConnection } from '../connections/connection.store.ts';
import { renders } from '../notices/notice.ts';
import { leavingTextsNotice } from './leaving.notice.ts';
import { leavingTexts } from './leaving.ts';
import { leavingTextsMessage, noTextsMessage } from './leaving.view.ts';

export const leavingTextsRenderer = renders(leavingTextsNotice, {
  askedBy: (_deps, { askedBy }) => askedBy.email,
  async render(deps: IssueLinkDeps & ProviderDeps & { people: People }, { grantorOf, askedBy }, addressee) {
    const { db, people } = deps;
    const place = placeOf(addressee);
    const standing = await standingOf(db, await people.whoIs(askedBy.personId), place.roomId);
    const scope = scopeFor(standing, 'administrator');
    const connection = await findShownConnection(db, { scope, organizationId: grantorOf });
    if (!connection?.authorizedEmail) return noTextsMessage;
    const texts = await leavingTexts(deps, { scope, email: connection.authorizedEmail, askedBy, place });
    return texts.count === 0 ? noTextsMessage : leavingTextsMessage(texts);
  },
});
