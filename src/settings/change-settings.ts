// Saves what a level decides for itself, together with what follows from that in other subjects.

import { appendAudit } from '../audit/append-audit.ts';
import { noteSpace } from '../chat/space.store.ts';
import { PROVIDER_ID } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { applySettings } from './apply-settings.ts';
import { mustConfirm } from './confirm-rules.ts';
import { chainOf, type NamedLevel, saveOwnSettings } from './settings.store.ts';
import {
  knownSettings,
  type LevelId,
  type OwnSettings,
  resolveChain,
  SETTING_NAMES,
  type SettingName,
  type Settings,
} from './settings.ts';
import type { SettingsEffect } from './settings-effect.ts';
import { countTouched } from './touched.store.ts';

export interface ChangeSettingsDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  settingsEffects: readonly SettingsEffect[];
}

export interface ChangeSettingsInput {
  of: LevelId;
  /** What the person may change: organizations outside are not counted. */
  scope: Scope;
  isDirect: boolean;
  /** When the level was changed last, as the form showed it; null where it had decided nothing. A later change is a conflict, and stays. */
  expectedVersion: Date | null;
  /** What the level decides for itself from now on; undefined is inherited, and what is left out stays as it is. */
  values: OwnSettings;
  /** How many organizations the person has agreed to change; none by default. */
  confirmed?: number | undefined;
  /** The administrator who changes them, and the space of the click. */
  by: { personId: string; email: string };
  roomId: string;
}

export type ChangeSettingsResult =
  /** The level has these values. `touched`: for how many organizations this has changed something; undefined where they were saved already before. */
  | { outcome: 'saved'; touched: number | undefined }
  /** So many organizations would be changed that the person must confirm it. Nothing is saved. */
  | { outcome: 'unconfirmed'; touched: number; differing: SettingName[] }
  /** Another change came first. `differing` are the settings that this change would set to another value than they have now. */
  | { outcome: 'conflict'; differing: SettingName[] };

/**
 * Changes the level's own settings and recomputes when warnings, escalations and refreshes are due: in the same database transaction or, of many
 * organizations, soon after. A warning that was sent is not sent again.
 */
export async function changeSettings(
  { db, clock, ...deps }: ChangeSettingsDeps,
  input: ChangeSettingsInput,
): Promise<ChangeSettingsResult> {
  const { of, scope, isDirect, expectedVersion, by, roomId, confirmed = 0 } = input;
  const now = clock.now();
  const result = await db.transaction(async (tx): Promise<ChangeSettingsResult> => {
    const chain = await chainOf(tx, of);
    const differing = differences(chain, input.values);
    // Saved already, perhaps by this very click before a crash.
    if (differing.length === 0) return { outcome: 'saved', touched: undefined };
    const own = chain.at(-1);
    if (own?.changedAt?.getTime() !== expectedVersion?.getTime()) return { outcome: 'conflict', differing };
    const values = { ...own?.own, ...input.values };
    const touched = await countTouched(tx, { scope, of, names: differing, before: own?.own ?? {}, after: values });
    if (mustConfirm(touched, confirmed)) return { outcome: 'unconfirmed', touched, differing };
    if (of.level === 'space') {
      await noteSpace(tx, { roomId: of.subject, type: isDirect ? 'direct' : 'group', now });
    }
    if (!(await saveOwnSettings(tx, { ...of, values, by: by.email, now, expectedVersion }))) {
      const since = differences(await chainOf(tx, of), input.values);
      return since.length === 0 ? { outcome: 'saved', touched: undefined } : { outcome: 'conflict', differing: since };
    }
    const otherwise = changedNames(chain, values);
    // Also what counts as before: a level above may be changing at this moment. Only the news of refreshes would begin anew.
    const names = differing.filter((name) => name !== 'verbosity' || otherwise.includes(name));
    await applySettings(deps, { tx, of, names, now });
    const fields = fieldsOf(chain, values, differing);
    await appendAudit(tx, { act: 'settings.changed', by, roomId, customerId: nodeOf(chain), ...fields, now });
    return { outcome: 'saved', touched };
  });
  deps.jobs.wake('recompute');
  deps.jobs.wake('scopes');
  return result;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Which settings of the chain's last level would be changed. */
function differences(chain: readonly NamedLevel[], values: OwnSettings): SettingName[] {
  const present = chain.at(-1)?.own ?? {};
  const own = knownSettings(present);
  const wanted = knownSettings({ ...present, ...values });
  return SETTING_NAMES.filter((name) => !isSame(own[name], wanted[name]));
}

/** The id of the node that the level is, or at which the space stands. */
const nodeOf = (chain: readonly NamedLevel[]): string =>
  chain.findLast(({ level }) => level === 'customer')?.subject ?? PROVIDER_ID;

/** What the level decided for itself, and decides from now on, for the audit. */
function fieldsOf(chain: readonly NamedLevel[], values: OwnSettings, names: readonly SettingName[]) {
  const last = chain.at(-1);
  const pick = (own: OwnSettings) => {
    const known = knownSettings(own);
    return Object.fromEntries(names.map((name) => [name, name in known ? known[name] : 'inherited']));
  };
  return { before: { level: last?.level, ...pick(last?.own ?? {}) }, after: { level: last?.level, ...pick(values) } };
}

/** Which settings would count otherwise at the chain's last level. */
function changedNames(chain: readonly NamedLevel[], values: OwnSettings): SettingName[] {
  const resolve = (own: OwnSettings): Settings => {
    const last = chain.at(-1);
    return resolveChain(last ? [...chain.slice(0, -1), { ...last, own }] : []);
  };
  const [before, after] = [resolve(chain.at(-1)?.own ?? {}), resolve(values)];
  return SETTING_NAMES.filter((name) => !isSame(before[name], after[name]));
}
