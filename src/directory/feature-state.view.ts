// What keeps the data of a feature from being read: said where its data is shown, with what to do next.

import { type Button, button, emphasized } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { type Feature, type Finding, featureOf, type ProbeNote, troublesIn } from '../connections/probe/findings.ts';
import { findingHint, findingWords } from '../connections/probe/findings.view.ts';
import { mayRead, whoPermits } from '../connections/scopes.ts';
import { capitalized } from '../lib/text.ts';
import type { AnyKind } from './kind.ts';
import { notGrantedWords } from './sync/sync-rules.ts';

/** What is known of a grant. */
export interface GrantState {
  readonly state: 'connected' | 'failing' | 'lost';
  readonly scopes: readonly string[];
  readonly findings: readonly ProbeNote[];
}

export interface FeatureState {
  /** Sentences; none where all is well. */
  readonly texts: readonly string[];
  /** The next steps, the most urgent first. */
  readonly buttons: readonly Button[];
}

/** `connection`: null where nobody has connected the organization. */
export function featureState({
  organization,
  feature,
  scope,
  connection,
}: {
  readonly organization: { readonly id: string; readonly base_url_setting: string | null };
  readonly feature: Feature;
  readonly scope: string;
  readonly connection: GrantState | null;
}): FeatureState {
  const about = { organization_id: organization.id };
  const connect = (title: string) => emphasized(button(title, 'connect', about));
  if (connection === null) {
    return {
      texts: ['Nobody has connected the organization: connect it, and this is read.'],
      buttons: [connect('Connect')],
    };
  }
  if (connection.state === 'lost') {
    return {
      texts: ['The connection is lost: reconnect it, and this is read again.'],
      buttons: [connect('Reconnect')],
    };
  }
  if (!mayRead(connection.scopes, scope)) {
    return {
      texts: [`The grant does not allow to read this. ${whoPermits([scope])} All else works meanwhile.`],
      buttons: [connect('Reconnect')],
    };
  }
  const troubles = troublesIn(connection.findings).filter((one) => featureOf(one) === feature);
  return {
    texts: troubles.map((finding) => `${capitalized(findingWords(finding, organization))}. ${findingHint(finding)}`),
    buttons: troubles.flatMap((finding): Button[] =>
      isMendedByEdit(finding) ? [emphasized(button('Edit', 'edit', about))] : [connect('Reconnect')],
    ),
  };
}

/** What is known of a grant where kinds are shown that every synced record has; null where nobody has connected the organization. */
export type ShownGrant = Pick<GrantState, 'state' | 'scopes'> | null;

/** Of such a kind: that the grant does not allow to read it. */
export function grantState({
  organization,
  kind,
  connection,
}: {
  readonly organization: { readonly id: string; readonly name: string };
  readonly kind: Pick<AnyKind, 'kind' | 'scope'>;
  readonly connection: ShownGrant;
}): FeatureState {
  if (connection === null || connection.state === 'lost' || mayRead(connection.scopes, kind.scope)) {
    return { texts: [], buttons: [] };
  }
  const reconnect = button('Reconnect', 'connect', { organization_id: organization.id });
  return { texts: [notGrantedWords(shownName(organization.name), [kind])], buttons: [emphasized(reconnect)] };
}

const isMendedByEdit = ({ kind }: Finding): boolean => kind === 'wrong_region';
