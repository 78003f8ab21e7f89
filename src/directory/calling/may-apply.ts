// Whether people's calling behaviour may be set: the record has a choice, the settings say so, and the grant allows it. The first reason that speaks against it.

import { mayRead, whoPermits } from '../../connections/scopes.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { fieldNamed } from '../../organizations/organization-fields.ts';
import type { Settings } from '../../settings/settings.ts';
import { SETTING_FIELDS } from '../../settings/settings-fields.ts';
import { writesCalling } from '../../webex/scopes.ts';
import type { CallingMode } from './calling.schema.ts';
import { wantedOf } from './calling-rules.ts';

export type NotApplied = 'no_choice' | 'switched_off' | 'not_granted' | 'other_choice' | 'other_look' | 'not_confirmed';

/** A look needs a choice alone; an undo needs no more than the grant. */
export function whyNotApplied({
  organization,
  settings,
  connection,
  mode,
}: {
  organization: Pick<Organization, 'default_calling_behaviour'>;
  settings: Pick<Settings, 'apply_calling_behaviour'>;
  connection: { readonly scopes: readonly string[] };
  mode: CallingMode;
}): NotApplied | undefined {
  if (mode !== 'undo' && wantedOf(organization) === undefined) return 'no_choice';
  if (mode === 'look') return undefined;
  if (mode !== 'undo' && !settings.apply_calling_behaviour) return 'switched_off';
  return mayRead(connection.scopes, writesCalling) ? undefined : 'not_granted';
}

/** What people read of it, and what they can do. */
export function notAppliedWords(why: NotApplied, name: string): { message: string; hint: string } {
  const setting = SETTING_FIELDS.apply_calling_behaviour.label;
  switch (why) {
    case 'no_choice':
      return {
        message: `The record of ${name} has no ${fieldNamed('default_calling_behaviour').label}.`,
        hint: 'Choose one with edit.',
      };
    case 'switched_off':
      return {
        message: `The settings at ${name} do not say “${setting}”.`,
        hint: 'Switch it on with settings, for its customer or for its space.',
      };
    case 'not_granted':
      return {
        message: `The grant of ${name} does not allow to set the calling behaviour of people.`,
        hint: whoPermits([writesCalling]),
      };
    case 'other_choice':
      return {
        message: `The record of ${name} has another ${fieldNamed('default_calling_behaviour').label} by now.`,
        hint: 'Type calling with the name to see what it would change.',
      };
    case 'other_look':
      return {
        message: `What that dry run of ${name} has found does not count any more.`,
        hint: 'Apply what the latest dry run has found, or begin another with calling.',
      };
    case 'not_confirmed':
      return {
        message: `Syncs set it at ${name} only once a dry run has found nobody to change, or was applied to its end.`,
        hint: `Type calling ${name} for a dry run, and apply what it finds.`,
      };
  }
}
