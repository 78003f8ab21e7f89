// How calling behaviour stands with an organization: what counts for it, whether it can be set, and what a dry run has found.

import { findHeldGrant } from '../../connections/ways/held-grant.store.ts';
import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { listSyncs } from '../directory.store.ts';
import { countPeople } from '../people/person.store.ts';
import { countUndoable, profilesFound } from './calling.store.ts';
import { type NotApplied, whyNotApplied } from './may-apply.ts';

export interface CallingState {
  /** Whether the settings say to apply it. */
  readonly isOn: boolean;
  /** Why nothing can be set now; undefined where it can. */
  readonly why: NotApplied | undefined;
  readonly isConnected: boolean;
  /** How many people are known, and since when; null where they were never read. */
  readonly people: { readonly total: number; readonly syncedAt: Date } | null;
  /** Of how many people what was set can be put back. */
  readonly undoable: number;
}

/** Of an organization that was found in scope. */
export async function callingState(
  db: Db,
  { scope, organization, now }: { scope: Scope; organization: Organization; now: Date },
): Promise<CallingState> {
  const asked = { scope, organizationId: organization.id };
  const held = await findHeldGrant(db, organization.id);
  const settings = await settingsOfOrganization(db, organization.id);
  const synced = (await listSyncs(db, asked)).find(({ kind }) => kind === 'people');
  return {
    isOn: settings.apply_calling_behaviour,
    why: whyNotApplied({ organization, settings, connection: held ?? { scopes: [] }, mode: 'apply' }),
    isConnected: held !== undefined && held.state !== 'lost',
    people: synced ? { total: (await countPeople(db, asked)).total, syncedAt: synced.syncedAt } : null,
    undoable: await countUndoable(db, { ...asked, now }),
  };
}

/** The UC Manager profile that a card names: what it sends is no proof that the look at this organization has found it. */
export async function profileNamed(
  db: Db,
  { chosen, ...look }: { chosen: string; transactionId: number; organizationId: string },
): Promise<string | null> {
  return (await profilesFound(db, look)).find(({ id }) => id === chosen)?.id ?? null;
}
