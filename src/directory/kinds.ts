// Every kind of directory data, in the order in which they are synced and shown.

import type { AnyKind } from './kind.ts';
import { licensesKind } from './licenses.ts';
import { locationsKind } from './locations/locations-kind.ts';
import { peopleKind } from './people/people-kind.ts';
import { rolesKind } from './roles.ts';

export const directoryKinds = [rolesKind, licensesKind, locationsKind, peopleKind] as unknown as readonly AnyKind[];
