// Every kind of directory data, in the order in which they are synced and shown.

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
