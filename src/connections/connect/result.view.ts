// How a connect transaction ended: connected, or not and why.

import { actionSets, type Button, emphasized, linkButton, submitButton } from '../../chat/buttons.ts';
import { reply } from '../../chat/compose.ts';
import { type Fact, factLines, shownName } from '../../chat/facts.ts';
import { md, paragraphs } from '../../chat/markdown.ts';
import { renderCard } from '../../chat/render.ts';
import type { Reply } from '../../chat/reply.ts';
import { shorten } from '../../lib/text.ts';
import { deadlineFacts, grantorWords } from '../connection-words.ts';

export interface LicenseView {
  readonly name: string;
  /** As Webex counts: 0 or less can mean "no limit". */
  readonly totalUnits: number;
  readonly consumedUnits: number;
}

interface Ended {
  readonly transactionId: number;
  /** What it came to, in one line: `Acme is connected`. */
  readonly title: string;
  /** The transaction's page: a secret address. */
  readonly pageUrl: string;
  /** Ours; `id` is null where the record has been deleted meanwhile. */
  readonly organization: { readonly id: string | null; readonly name: string };
}

/** The outcome of a connect transaction, as the space reads it. */
export type ConnectResult =
  | (Ended & {
      readonly outcome: 'success';
      /** Null where the record says not to sync. */
      readonly rolesCount: number | null;
      /** Null where the record says not to sync. */
      readonly licenses: readonly LicenseView[] | null;
      readonly accessTokenExpiresAt: Date;
      readonly refreshTokenExpiresAt: Date;
      readonly authorizedEmail: string;
      readonly byPartner: boolean;
    })
  | (Ended & {
      readonly outcome: 'fail';
      /** The tokens were stored before something else failed: the organization is connected all the same. */
      readonly isConnected?: boolean;
      /** Sentences. For the wrong organization: who connected which organization to what, and what became of the grant. */
      readonly what: string;
      /** Null where `what` says it already. */
      readonly hint: string | null;
      readonly trackingId?: string | null;
    });

const LICENSES_MAX = 12;
const TRACKING_ID_MAX_CHARACTERS = 120;
const TEXT_MAX_CHARACTERS = 800;

/** The message that ends a connect transaction in its space. */
export function resultReply(result: ConnectResult, now: Date): Reply {
  switch (result.outcome) {
    case 'success':
      return successReply(result, now);
    case 'fail':
      return failReply(result);
  }
}

/** `12 of 50 used`; where Webex gives no limit, only what is used. */
export function licenseUse({ totalUnits, consumedUnits }: Omit<LicenseView, 'name'>): string {
  return totalUnits > 0 ? `${consumedUnits} of ${totalUnits} used` : `${consumedUnits} used, no limit`;
}

function successReply(result: Extract<ConnectResult, { outcome: 'success' }>, now: Date): Reply {
  return resultCard(result, {
    mark: '✅',
    color: 'good',
    texts: [],
    facts: [
      ...deadlineFacts(result, now),
      { title: 'Connected by', value: grantorWords(result) },
      { title: 'Roles', value: result.rolesCount === null ? 'Not synced' : `${result.rolesCount} synced` },
      ...licenseFacts(result.licenses),
    ],
    verb: 'Reconnect',
  });
}

function failReply(result: Extract<ConnectResult, { outcome: 'fail' }>): Reply {
  const { what, hint, trackingId, isConnected = false } = result;
  return resultCard(result, {
    mark: '❌',
    color: 'attention',
    texts: (hint === null ? [what] : [what, hint]).map((text) => shorten(text, TEXT_MAX_CHARACTERS)),
    facts: trackingId ? [{ title: 'Webex tracking id', value: shorten(trackingId, TRACKING_ID_MAX_CHARACTERS) }] : [],
    verb: isConnected ? 'Reconnect' : 'Connect',
  });
}

function licenseFacts(licenses: readonly LicenseView[] | null): Fact[] {
  if (licenses === null) return [{ title: 'Licenses', value: 'Not synced' }];
  if (licenses.length === 0) return [{ title: 'Licenses', value: 'None' }];
  const shown = licenses.slice(0, LICENSES_MAX).map((license) => ({
    title: shownName(license.name),
    value: licenseUse(license),
  }));
  const rest = licenses.length - shown.length;
  return [
    { title: 'Licenses', value: `${licenses.length} synced` },
    ...shown,
    ...(rest > 0 ? [{ title: 'More licenses', value: `${rest} not shown here` }] : []),
  ];
}

function resultCard(
  ended: ConnectResult,
  view: {
    readonly mark: string;
    readonly color: 'good' | 'attention';
    readonly texts: readonly string[];
    readonly facts: readonly Fact[];
    readonly verb: 'Connect' | 'Reconnect';
  },
): Reply {
  const { mark, color, texts, facts } = view;
  const { transactionId, title } = ended;
  return reply(
    paragraphs([
      md`${mark} **${title}**`,
      ...texts.map((text) => md`${text}`),
      facts.length > 0 ? factLines(facts) : null,
      md`Type **transaction ${transactionId}** for its steps.`,
    ]),
    renderCard('result', {
      title: `${mark} ${title}`,
      color,
      texts,
      facts,
      actionSets: actionSets(resultButtons(ended, view.verb)),
    }),
  );
}

function resultButtons(ended: ConnectResult, verb: 'Connect' | 'Reconnect'): Button[] {
  const { organization, transactionId, pageUrl } = ended;
  const steps = [
    submitButton('Steps', { action: 'transaction', transaction_id: transactionId }),
    linkButton('Live page', pageUrl),
  ];
  if (organization.id === null) return steps;
  const connect = submitButton(verb, { action: 'connect', organization_id: organization.id });
  const canSyncAgain = ended.outcome === 'fail' && ended.isConnected;
  return [
    submitButton('Show', { action: 'show', organization_id: organization.id }),
    verb === 'Connect' ? emphasized(connect) : connect,
    ...(canSyncAgain ? [submitButton('Replay', { action: 'replay', transaction_id: transactionId })] : []),
    ...steps,
  ];
}
