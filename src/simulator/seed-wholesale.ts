// The wholesale customer of a seeded organization, with its subscribers.

import { randomUUID } from 'node:crypto';
import { webexId } from './ids.ts';
import type { WholesaleCustomer, WholesaleSubscriber } from './world-services.ts';

export function seedWholesale(orgId: string): { customer: WholesaleCustomer; subscribers: WholesaleSubscriber[] } {
  const customer: WholesaleCustomer = {
    id: webexId('ENTERPRISE'),
    orgId,
    externalId: randomUUID(),
    address: {
      addressLine1: '12 Harbour Street',
      city: 'Portland',
      stateOrProvince: 'ME',
      zipOrPostalCode: '04101',
      country: 'US',
    },
    packages: ['webex_calling', 'webex_meetings', 'cx_essentials'],
    status: 'provisioned_with_errors',
    details: {
      webex_calling: {
        warnings: [
          {
            errorCode: 2560,
            description:
              'One or more Webex Calling services are unavailable due to maintenance, unable to start provisioning. Consult status.webex.com and retry later.',
          },
        ],
      },
    },
    errors: [],
  };
  const subscriber = (number: number, packages: string[]): WholesaleSubscriber => ({
    id: webexId('SUBSCRIBER'),
    personId: webexId('PEOPLE'),
    email: `subscriber-${number}@borealis.example`,
    customerId: customer.id,
    packages,
    status: 'provisioned',
    errors: [],
    created: '2024-05-02T08:00:00.000Z',
    lastStatusChange: '2024-05-02T08:04:00.000Z',
  });
  const subscribers = Array.from({ length: 120 }, (_, index) =>
    subscriber(index + 1, index < 90 ? ['webex_calling'] : index < 110 ? ['webex_meetings'] : ['cx_essentials']),
  );
  for (const pending of subscribers.slice(0, 2)) {
    pending.status = 'pending_user_migration';
    pending.errors = [
      { errorCode: 200016, description: 'The user exists in another organization and must accept to be moved.' },
    ];
  }
  return { customer, subscribers };
}
