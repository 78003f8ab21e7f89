// Every kind of directory data, in the order in which they are synced and shown.

import type { DirectoryKind, DirectoryTable } from './kind.ts';
import { licensesKind } from './licenses.ts';
import { locationsKind } from './locations/locations-kind.ts';
import { rolesKind } from './roles.ts';

export const directoryKinds = [
  rolesKind,
  licensesKind,
  locationsKind,
] as unknown as readonly DirectoryKind<DirectoryTable>[];
