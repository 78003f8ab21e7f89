// Every kind of directory data, in the order in which they are synced and shown.

import type { GrantProof } from '../connections/connect/grant-proof.ts';
import { contactCenterKind } from './contact-center/contact-center-kind.ts';
import type { AnyKind } from './kind.ts';
import { licensesKind } from './licenses.ts';
import { locationsKind } from './locations/locations-kind.ts';
import { peopleKind } from './people/people-kind.ts';
import { rolesKind } from './roles.ts';
import { subscribersKind } from './wholesale/subscribers-kind.ts';
import { wholesaleKind } from './wholesale/wholesale-kind.ts';

export const directoryKinds = [
  rolesKind,
  licensesKind,
  locationsKind,
  peopleKind,
  wholesaleKind,
  subscribersKind,
  contactCenterKind,
] as unknown as readonly AnyKind[];

/** How a new grant is proven to read those that every synced record has. */
export const grantProofs: readonly GrantProof[] = directoryKinds.flatMap(({ title, scope, ability, proof }) =>
  proof ? [{ what: title.toLowerCase(), scope, ...(ability && { ability }), ...proof }] : [],
);
