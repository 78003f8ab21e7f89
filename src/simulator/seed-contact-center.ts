// The contact center of a seeded organization: two clinics that take calls.

import { randomUUID } from 'node:crypto';
import type { ContactCenter } from './world-services.ts';

export function seedContactCenter(orgId: string): ContactCenter {
  const multimediaProfileId = randomUUID();
  const item = (name: string, { active = true, systemDefault = false } = {}) => ({
    id: randomUUID(),
    name,
    active,
    systemDefault,
  });
  const boston = { ...item('Boston', { systemDefault: true }), multimediaProfileId };
  const denver = { ...item('Denver'), multimediaProfileId };
  const team = (name: string, { id: siteId, name: siteName } = boston, active = true) => ({
    ...item(name, { active }),
    teamType: 'AGENT' as const,
    teamStatus: 'IN_SERVICE' as const,
    siteId,
    siteName,
  });
  const queue = (name: string, active = true) => ({
    ...item(name, { active }),
    queueType: 'INBOUND' as const,
    channelType: 'TELEPHONY' as const,
    queueRoutingType: 'TEAM_BASED' as const,
    routingType: 'LONGEST_AVAILABLE_AGENT' as const,
  });
  const entryPoint = (name: string) => ({
    ...item(name),
    entryPointType: 'INBOUND' as const,
    channelType: 'TELEPHONY' as const,
  });
  return {
    orgId,
    region: 'us1',
    sites: [boston, denver],
    teams: [team('Admissions'), team('Billing desk'), team('Night shift', denver, false)],
    queues: [
      queue('Appointments'),
      queue('Billing'),
      queue('Pharmacy'),
      { ...queue('Reminders', false), queueType: 'OUTBOUND' },
    ],
    entryPoints: [entryPoint('Main line'), { ...entryPoint('Web chat'), channelType: 'CHAT' }],
  };
}
