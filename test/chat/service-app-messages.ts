// What is said of service apps and of the ways in which an organization is held, with values that others write.
import type { Message } from '../../src/chat/message.ts';
import { connectMessage } from '../../src/connections/connect/connect.view.ts';
import { lostMessage } from '../../src/connections/lost.view.ts';
import { chooseWayMessage, migratedToPartnerMessage } from '../../src/connections/migrate/migrate.view.ts';
import {
  appAuthorizedMessage,
  connectingMessage,
  heldByAppMessage,
  needsConsentMessage,
  noAppMessage,
  ownerBelowMessage,
  ownerUnknownMessage,
  strangerAuthorizedMessage,
} from '../../src/connections/service-app/service-app.view.ts';
import { tokenForwardMessage, tokenLinkMessage } from '../../src/connections/tokens/token-link.view.ts';

import { fallBackMessages } from './fall-back-messages.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const uuid = '000fd0e4-83ef-4398-be23-d06998580fed';
const now = new Date('2026-03-01T12:00:00Z');

export function serviceAppMessages(value: string): Record<string, Message> {
  const organization = { id, name: value, wholesale_status: false, servesAsPartner: false };
  const byConsent = { way: 'consent', authorizedEmail: value, state: 'connected' } as const;
  const byApp = { way: 'service_app', authorizedEmail: null, state: 'connected' } as const;
  const link = {
    ...{ organizationId: id, organizationName: value, adminEmail: value, isWholesale: false, now },
    ...{ url: 'https://hub.example/connect/token', expiresAt: new Date('2026-03-02T12:00:00Z') },
  };
  return {
    'connect, by the service app too': connectMessage({ ...link, serviceApp: value }),
    "connect, the service app's owner": connectMessage({ ...link, isAppOwner: true }),
    "connect, held by the organization's own app": connectMessage({ ...link, isByOwnApp: true }),
    'enter tokens': tokenLinkMessage(link),
    'enter tokens of a wholesale customer': tokenLinkMessage({ ...link, isWholesale: true }),
    'enter tokens instead of a replay': tokenLinkMessage({
      ...link,
      insteadOf: { transactionId: 12, why: 'never_stored' },
    }),
    'enter tokens, to forward': tokenForwardMessage({ ...link, provider: { name: value, contact: value } }),
    "lost, the organization's own app": lostMessage({ organization, code: 'invalid_grant', isByOwnApp: true }),
    "lost, the secret of the organization's own app": lostMessage({
      organization,
      code: 'invalid_client',
      isByOwnApp: true,
    }),
    'no service app': noAppMessage,
    "no record for the service app's owner": ownerUnknownMessage,
    "a service app's owner below the provider": ownerBelowMessage({ name: value }),
    'held by a service app': heldByAppMessage(organization),
    'holds others': needsConsentMessage(organization),
    'being connected already': connectingMessage(organization),
    'the service app is authorized': appAuthorizedMessage({ organization, connection: byConsent }),
    "the service app is authorized, where the organization's own holds it": appAuthorizedMessage({
      organization,
      connection: { ...byApp, appClientId: value },
    }),
    'the service app is authorized, nobody knows where': strangerAuthorizedMessage({ name: value, uuid }),
    'the service app is authorized where it may read nothing': strangerAuthorizedMessage({ name: uuid, uuid }),
    'lost, deauthorized': lostMessage({
      organization: { ...organization, account_email: value, notes: value },
      code: 'not_authorized',
    }),
    'migrate, from a consent': chooseWayMessage({
      organization,
      connection: { ...byConsent, fallbackWay: 'partner' },
      serviceApp: value,
      holdsOthers: false,
    }),
    'migrate, from the service app': chooseWayMessage({
      organization,
      connection: { ...byApp, fallbackWay: null },
      serviceApp: value,
      holdsOthers: false,
    }),
    ...fallBackMessages(value, organization),
    'migrated to a partner': migratedToPartnerMessage({
      organization,
      result: { outcome: 'held', partnerName: value, isMeasured: true },
    }),
    'migrated to a partner that was measured against nothing': migratedToPartnerMessage({
      organization,
      result: { outcome: 'held', partnerName: value, isMeasured: false },
    }),
    'migrated to no partner': migratedToPartnerMessage({ organization, result: { outcome: 'no_partner' } }),
    'not migrated to a partner': migratedToPartnerMessage({
      organization,
      result: { outcome: 'refused', code: value },
    }),
    'not migrated to a partner that may do less': migratedToPartnerMessage({
      organization,
      result: { outcome: 'not_better', partnerName: value, lacks: [`licenses (${value})`, value] },
    }),
    'migrate, not connected': chooseWayMessage({
      organization,
      connection: null,
      serviceApp: null,
      holdsOthers: true,
    }),
  };
}
