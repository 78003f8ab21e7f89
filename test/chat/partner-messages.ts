// Every message about partners and what they manage, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import { connectMessage, forwardMessage } from '../../src/connections/connect/connect.view.ts';
import { lostMessage, manyLostMessage } from '../../src/connections/lost.view.ts';
import { refreshMessage } from '../../src/connections/refresh/refresh.view.ts';
import { partnerForm, partnersMessage } from '../../src/connections/ways/partner.view.ts';
import { lostWithPartner, neverEndsAt, notManaged } from '../../src/connections/ways/ways.ts';
import {
  addAllForm,
  addingMessage,
  discoverMessage,
  managedAddedMessage,
  nameNotTakenMessage,
  noPartnerMessage,
  nothingToAddMessage,
  whichPartnerMessage,
} from '../../src/discovery/discover.view.ts';
import { managedFoundMessage, managedRenamedMessage, notLookedMessage } from '../../src/discovery/look.view.ts';
import { notLookedWords } from '../../src/discovery/look-words.ts';
import type { Sighted } from '../../src/discovery/managed.store.ts';
import { leavingMessage, leavingTextsMessage, noTextsMessage } from '../../src/people/leaving.view.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const now = new Date('2026-11-23T12:00:00Z');

export function partnerMessages(value: string): Record<string, Message> {
  const partner = { id, name: value, wholesale_status: false, servesAsPartner: true };
  const connection = {
    accessTokenExpiresAt: neverEndsAt,
    refreshTokenExpiresAt: neverEndsAt,
    connectedAt: now,
    way: 'partner' as const,
    appClientId: null,
    authorizedEmail: null,
    byPartner: true,
    state: 'connected' as const,
    refreshDueAt: neverEndsAt,
    findings: [],
  };
  const row: Sighted = {
    ...{ webexUuid: id, name: value, formerName: value, goneAt: now, tags: [value, value] },
    ...{ organizationId: id, recordName: value },
  };
  const page = {
    rows: Array(10).fill(row) as Sighted[],
    firstNumber: 11,
    total: 30,
    previousPage: 1,
    nextPage: 3,
    now,
  };
  const counts = { managed: 120, new: 30, gone: 30, renamed: 30 };
  const seen = { ...page, partner, counts, isTagged: true, lookedAt: now };
  // As long as `discover` takes one.
  const tag = Array.from(value).slice(0, 25).join('');
  const link = {
    ...{ organizationId: id, organizationName: value, adminEmail: value, isWholesale: false, isPartner: true, now },
    ...{ url: 'https://hubkeeper.example/connect/secret', expiresAt: now },
  };
  return {
    'the form for a partner': partnerForm({}),
    'the form for a partner with problems': partnerForm({
      values: { name: value, account_number_external: value },
      problems: [
        { field: 'name', message: value },
        { field: 'account_number_external', message: value },
      ],
    }),
    partners: partnersMessage({ partners: [{ ...partner, connection, served: 1001 }], now }),
    'several partners': partnersMessage({
      partners: [
        { ...partner, connection: null, served: 0 },
        { ...partner, connection, served: 1 },
      ],
      now,
    }),
    'connect a partner': connectMessage(link),
    'the text to forward for a partner': forwardMessage({ ...link, provider: { name: value, contact: value } }),
    'a partner lost a customer': lostMessage({
      organization: { ...partner, account_email: value, notes: value },
      code: notManaged,
    }),
    'lost, with what Control Hub says': lostMessage({
      organization: { ...partner, account_email: value, notes: value },
      code: 'invalid_grant',
      why: { kind: 'role', at: now, actorName: value, actorEmail: value, words: value },
    }),
    'lost, of which Control Hub says nothing': lostMessage({
      organization: { ...partner, account_email: value, notes: value },
      code: 'invalid_grant',
      why: 'nothing_seen',
    }),
    'lost, of which Control Hub could not be asked': lostMessage({
      organization: { ...partner, account_email: value, notes: value },
      code: 'invalid_grant',
      why: 'not_read',
    }),
    'several lost, with what Control Hub says': manyLostMessage({
      rows: Array(10).fill({
        ...partner,
        ...{ account_email: value, notes: value },
        connection: { ...connection, state: 'lost', acknowledgedBy: null, acknowledgedAt: null, snoozedUntil: null },
      }),
      ...{ total: 200, now },
      whys: (['role', 'deleted', 'other_integration'] as const).map((kind) => ({
        email: value,
        why: { kind, at: now, actorName: value, actorEmail: value, words: value },
      })),
    }),
    'the refresh of a partner’s organization': refreshMessage({
      ...{ organization: partner, partner, now },
      result: { outcome: 'left', reason: 'of_partner', partnerId: id, isLost: false },
    }),
    'the refresh of one that its partner lost': refreshMessage({
      ...{ organization: partner, now },
      result: { outcome: 'left', reason: 'of_partner', partnerId: id, isLost: true },
    }),
    'a partner is lost': lostMessage({
      organization: { ...partner, served: 120, account_email: value, notes: value },
      code: lostWithPartner,
    }),
    'discover what is new': discoverMessage({ ...seen, sight: 'new' }),
    'discover what is new with a tag': discoverMessage({ ...seen, sight: 'new', tag, isTagged: false }),
    'discover what is gone': discoverMessage({ ...seen, sight: 'gone' }),
    'discover what was renamed': discoverMessage({ ...seen, sight: 'renamed' }),
    'discover the one that was renamed': discoverMessage({ ...seen, rows: [row], total: 1, sight: 'renamed' }),
    'discover nothing': discoverMessage({
      ...{ rows: [], firstNumber: 1, total: 0, now, partner, sight: 'new', isTagged: true, lookedAt: now },
      counts: { managed: 1, new: 0, gone: 0, renamed: 0 },
    }),
    'add all': addAllForm({ partner, count: 30, customer: value }),
    'add all with a problem': addAllForm({ partner, count: 30, customer: value, problem: value }),
    adding: addingMessage({ count: 30, partnerId: id }),
    'a name is not taken': nameNotTakenMessage({ record: partner, problem: value, partnerId: id, webexUuid: id }),
    'which partner': whichPartnerMessage({ partners: Array(11).fill(partner), sight: 'renamed', tag }),
    'nothing to add': nothingToAddMessage,
    'managed ones were added': managedAddedMessage({
      ...{ partner, total: 40, added: 30, failed: 8 },
      organizations: Array(10).fill(partner),
      failures: Array(8).fill({ name: value, why: value }),
    }),
    'managed ones were added until the grant was lost': managedAddedMessage({
      ...{ partner, total: 40, added: 30, failed: 8, end: 'grant_lost' },
      organizations: Array(10).fill(partner),
      failures: Array(8).fill({ name: value, why: value }),
    }),
    'a managed one was added': managedAddedMessage({
      ...{ partner, total: 1, added: 1, failed: 0, organizations: [partner], failures: [] },
    }),
    'a daily look found something': managedFoundMessage({ partner, new: 3, gone: 1 }),
    'a daily look found many': managedFoundMessage({
      ...{ partner, new: 30, gone: 11 },
      names: { new: Array(10).fill(value), gone: Array(10).fill(value) },
    }),
    'a daily look found new names': managedRenamedMessage({
      ...{ partner, renamed: 30 },
      first: Array(10).fill({ webexUuid: id, name: value, recordName: value }),
    }),
    'a partner could not be asked': notLookedMessage({ partner, why: value }),
    'a partner lists nobody': notLookedMessage({ partner, why: notLookedWords({ outcome: 'empty' }) }),
    'a partner’s list is refused': notLookedMessage({
      partner,
      why: notLookedWords({ outcome: 'refused', code: value }),
    }),
    'no partner': noPartnerMessage,
    'somebody leaves': leavingMessage({
      ...{ firstNumber: 11, total: 30, previousPage: 1, nextPage: 3, now, email: value },
      rows: Array(10).fill({ id, name: value, connection: { ...connection, authorizedEmail: value }, served: 120 }),
      plan: { total: 40, startedBy: value, startedAt: now },
    }),
    'somebody may leave': leavingMessage({
      ...{ firstNumber: 1, total: 0, now, email: value, rows: [] },
      plan: { total: 40, startedBy: value, startedAt: now },
    }),
    'texts to forward': leavingTextsMessage({
      file: { name: 'texts.txt', contentType: 'text/plain', bytes: Buffer.from('') },
      count: 100,
      hidden: 20,
    }),
    'no texts to forward': noTextsMessage,
  };
}
