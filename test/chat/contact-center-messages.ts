// Every message about contact centers, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import {
  contactCenterMessage,
  noContactCenterMessage,
  partMessage,
} from '../../src/directory/contact-center/contact-center.view.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const now = new Date('2026-11-23T12:00:00Z');

export function contactCenterMessages(value: string): Record<string, Message> {
  const organization = { id, name: value, base_url_setting: value };
  const counts = [
    { part: 'site' as const, total: 2, inactive: 0 },
    { part: 'team' as const, total: 12_000, inactive: 11_000 },
    { part: 'queue' as const, total: 1, inactive: 1 },
    { part: 'entry_point' as const, total: 0, inactive: 0 },
  ];
  const agents = [
    { name: value, total: 60, used: 52 },
    { name: value, total: null, used: null },
  ];
  const connection = { state: 'connected' as const, scopes: ['cjp:config_read'], findings: [] };
  const whole = { organization, counts, agents, syncedAt: now, connection, now };
  const queue = {
    organizationId: id,
    webexId: 'queue/f53c8b54-46ca-43f6-ba05-08426a46e23d',
    part: 'queue' as const,
    name: value,
    isActive: true,
    type: value,
    status: value,
    channel: value,
    routing: value,
    selection: value,
    siteName: value,
    goneAt: null,
  };
  const bare = { ...queue, type: null, status: null, channel: null, routing: null, selection: null, siteName: null };
  const page = { firstNumber: 11, total: 35, previousPage: 1, nextPage: 3, now };
  const part = { ...page, organization, part: 'queue' as const, syncedAt: now };
  return {
    'contact center': contactCenterMessage(whole),
    'contact center that was never read': contactCenterMessage({ ...whole, syncedAt: null, agents: [] }),
    'contact center without known agents': contactCenterMessage({ ...whole, agents: [] }),
    'contact center in a wrong region': contactCenterMessage({
      ...whole,
      connection: { ...connection, findings: [{ kind: 'wrong_region', found: value }] },
    }),
    'contact center that may not be read': contactCenterMessage({
      ...whole,
      connection: { ...connection, scopes: ['spark:people_read'] },
    }),
    'contact center of a lost connection': contactCenterMessage({
      ...whole,
      connection: { ...connection, state: 'lost' },
    }),
    'contact center that nobody connected': contactCenterMessage({ ...whole, syncedAt: null, connection: null }),
    queues: partMessage({
      ...part,
      rows: [queue, { ...bare, isActive: false }, { ...bare, isActive: null }, { ...queue, goneAt: now }],
    }),
    'no queues': partMessage({ ...part, rows: [], total: 0 }),
    'queues that were never read': partMessage({ ...part, rows: [], total: 0, syncedAt: null }),
    'no contact center': noContactCenterMessage(organization),
  };
}
