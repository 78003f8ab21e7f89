// What is said of fall-backs, with values that others write.
import type { Message } from '../../src/chat/message.ts';
import {
  fallBackEndedMessage,
  fallBackFailedWords,
  fallBackSetMessage,
  fellBackMessage,
} from '../../src/connections/fall-back/fall-back.view.ts';
import { lostMessage } from '../../src/connections/lost.view.ts';

export function fallBackMessages(value: string, organization: { id: string; name: string }): Record<string, Message> {
  const { id: organizationId } = organization;
  const taken = { organizationId, formerWay: 'consent', formerEmail: value, partnerName: value } as const;
  const ofApp = { organizationId, formerWay: 'partner', formerEmail: null, partnerName: null } as const;
  const row = { ...organization, ...taken };
  const set = (result: Parameters<typeof fallBackSetMessage>[0]['result']) =>
    fallBackSetMessage({ organization, result });
  const failed = (fallbackRefusal: string) =>
    lostMessage({
      organization: {
        ...{ ...organization, account_email: value, notes: value },
        ...{ wholesale_status: true, servesAsPartner: false },
      },
      code: 'invalid_grant',
      fallBackFailed: fallBackFailedWords({ fallbackWay: 'partner', fallbackRefusal }),
    });
  return {
    'a fall-back has taken over': fellBackMessage({ rows: [row], total: 1 }),
    'the service app has taken over': fellBackMessage({ rows: [{ ...organization, ...ofApp }], total: 1 }),
    'many fall-backs have taken over': fellBackMessage({ rows: Array(10).fill(row), total: 300 }),
    'lost, the fall-back too': failed(value),
    'lost, the fall-back without an answer': failed('unavailable'),
    'a fall-back to the service app has ended': fallBackEndedMessage({
      organization,
      way: 'service_app',
      code: 'not_authorized',
    }),
    'a fall-back to a partner has ended': fallBackEndedMessage({ organization, way: 'partner', code: value }),
    'a fall-back works again': fallBackEndedMessage({ organization, way: 'service_app', code: null }),
    'a fall-back is none any more': fallBackEndedMessage({ organization, way: null, code: null }),
    'falls back to a partner': set({ outcome: 'set', way: 'partner', partnerName: value }),
    'falls back to the service app': set({ outcome: 'set', way: 'service_app', partnerName: null }),
    'has no fall-back': set({ outcome: 'none' }),
    'no fall-back of what is not connected': set({ outcome: 'not_connected' }),
    'no fall-back to the same way': set({ outcome: 'same_way' }),
    'no fall-back of what holds others': set({ outcome: 'needs_consent' }),
    'a fall-back is refused': set({ outcome: 'refused', way: 'partner', code: value }),
  };
}
