// The organizations that a button for all of a message is about.

import { z } from 'zod';
import type { ClickInputs } from '../chat/click-inputs.ts';
import { NAMED_IN_NOTICE } from '../chat/named.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import { findOrganizationsInScope, type Organization } from './organization.store.ts';

const idsSchema = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.uuid()).max(NAMED_IN_NOTICE))
  .catch([]);

/** Those in scope that still exist, in the order of the message. What is no list of ids names none. */
export async function namedOrganizations(
  db: Db,
  { inputs, scope }: { inputs: ClickInputs; scope: Scope },
): Promise<Organization[]> {
  const ids = [...new Set(idsSchema.parse(inputs['organization_ids']))];
  const found = new Map((await findOrganizationsInScope(db, { scope, ids })).map((each) => [each.id, each]));
  return ids.flatMap((id) => found.get(id) ?? []);
}
