// Which of Webex's scopes a record needs for the features that are switched on, and who must grant what is missing.

import { capitalized } from '../lib/text.ts';
import type { Settings } from '../settings/settings.ts';
import { type ScopeNeed, scopeNeeds, scopesFor, scopeUses } from '../webex/scopes.ts';

/** What of an organization's record decides what its grant must allow. */
export interface Features {
  /** Whether roles, licenses, locations and people are synced. */
  sync: boolean;
  wholesale_status: boolean;
  webex_contact_center: boolean;
  default_calling_behaviour: string | null;
  /** Of the workspaces with hybrid calling. */
  email_domain: string | null;
}

/** What of the settings at the record does. */
export type SettingsOfScopes = Pick<Settings, 'apply_calling_behaviour' | 'read_admin_audit'>;

/** What a record's grant is for beside the record itself. */
export interface Serving {
  /** It brings the tokens of those that have authorized the service app. */
  ownsServiceApp?: boolean;
  /** It is to own the service app, once it can. */
  toOwnServiceApp?: boolean;
}

/** The scopes that a consent must ask for: the fewest that the switched-on features work with. */
export function neededScopes(features: Features & Serving, settings: SettingsOfScopes): string[] {
  const isNeeded: Readonly<Record<ScopeNeed, boolean | undefined>> = {
    always: true,
    sync: features.sync,
    calling: settings.apply_calling_behaviour && features.default_calling_behaviour !== null,
    hybrid_workspaces: features.email_domain !== null,
    wholesale: features.wholesale_status,
    contact_center: features.webex_contact_center,
    service_app_owner: features.ownsServiceApp || features.toOwnServiceApp,
    admin_audit: settings.read_admin_audit,
  };
  return scopesFor(...scopeNeeds.filter((need) => isNeeded[need]));
}

/** Those of the needed scopes that a service app needs: no person gave its tokens, Control Hub ends it, and it is answered nothing about wholesale (ways.ts). */
export const scopesOfApp = (needed: readonly string[]): string[] =>
  needed.filter((scope) => !scopeUses[scope]?.isOfPerson && !isWholesale(scope));

/** What a scope allows, in words that follow "to"; a scope that we never ask for is named as it is. */
export function describeScope(scope: string): string {
  return scopeUses[scope]?.allows ?? `use ${scope}`;
}

/** What a scope is asked for and why, in words for the customer's administrator. */
export function askedScope(scope: string): { asked: string; why: string } {
  return scopeUses[scope] ?? { asked: `Use ${scope}`, why: 'as an earlier version needed it' };
}

const isWholesale = (scope: string): boolean => scope.startsWith('spark-admin:wholesale_');
const isContactCenter = (scope: string): boolean => scope.startsWith('cjp:');

/** Who must reconnect so that these scopes are granted. */
export function reconnectorOf(missing: readonly string[]): string {
  if (missing.some(isWholesale)) return 'an administrator of the service provider with wholesale rights';
  return `a full administrator of the organization${missing.some(isContactCenter) ? ' with contact-center rights' : ''}`;
}

/** The same as a sentence. */
export const whoPermits = (missing: readonly string[]): string =>
  `${capitalized(reconnectorOf(missing))} must reconnect to permit this.`;

/** Whether a read is worth asking: false where Webex told what it granted and the scope is not among it. */
export function mayRead(granted: readonly string[], scope: string): boolean {
  return granted.length === 0 || granted.includes(scope);
}

/** The needed scopes that were not granted, in the order of `needed`. */
export function missingScopes(granted: readonly string[], needed: readonly string[]): string[] {
  const has = new Set(granted);
  return needed.filter((scope) => !has.has(scope));
}
