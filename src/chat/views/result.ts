// How a connect transaction ended: connected, failed, or the wrong organization.

import { md, paragraphs, shorten } from '../markdown.ts';
import { renderCard } from '../render.ts';
import type { Reply } from '../reply.ts';
import { actionSets, type Button, emphasized, submitButton } from './buttons.ts';
import { reply } from './compose.ts';
import { deadlineFacts } from './connection-words.ts';
import { type Fact, factLines, shownName } from './facts.ts';

export interface LicenseView {
  readonly name: string;
  /** As Webex counts: 0 or less can mean "no limit". */
  readonly totalUnits: number;
  readonly consumedUnits: number;
}

interface Ended {
  readonly transactionId: number;
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
      readonly what: string;
      readonly cure: string;
      readonly trackingId?: string | null;
    })
  | (Ended & {
      readonly outcome: 'wrong_organization';
      readonly authorizedEmail: string;
      /** The organization of the person who consented; its name where Webex told it, else its UUID. */
      readonly connectedOrganization: string;
      /** `discarded`: thrown away here and not revoked; `still_valid`: Webex would not revoke it. */
      readonly grant: 'revoked' | 'discarded' | 'still_valid';
    });

const LICENSES_MAX = 12;
const EMAIL_MAX_CHARACTERS = 120;
const TEXT_MAX_CHARACTERS = 500;

export function resultReply(result: ConnectResult, now: Date): Reply {
  switch (result.outcome) {
    case 'success':
      return successReply(result, now);
    case 'fail':
      return failReply(result);
    case 'wrong_organization':
      return wrongOrganizationReply(result);
  }
}

/** `12 of 50 used`; where Webex gives no limit, only what is used. */
export function licenseUse({ totalUnits, consumedUnits }: Omit<LicenseView, 'name'>): string {
  return totalUnits > 0 ? `${consumedUnits} of ${totalUnits} used` : `${consumedUnits} used, no limit`;
}

function successReply(result: Extract<ConnectResult, { outcome: 'success' }>, now: Date): Reply {
  const giver = shorten(result.authorizedEmail, EMAIL_MAX_CHARACTERS);
  return resultCard(result, {
    mark: '✅',
    title: `${shownName(result.organization.name)} is connected`,
    color: 'good',
    texts: [],
    facts: [
      ...deadlineFacts(result, now),
      { title: 'Connected by', value: result.byPartner ? `${giver} (a partner’s administrator)` : giver },
      { title: 'Roles', value: result.rolesCount === null ? 'Not synced' : `${result.rolesCount} synced` },
      ...licenseFacts(result.licenses),
    ],
    verb: 'Reconnect',
  });
}

function failReply(result: Extract<ConnectResult, { outcome: 'fail' }>): Reply {
  const { trackingId } = result;
  return resultCard(result, {
    mark: '❌',
    title: `${shownName(result.organization.name)} could not be connected`,
    color: 'attention',
    texts: [result.what, result.cure].map((sentence) => shorten(sentence, TEXT_MAX_CHARACTERS)),
    facts: trackingId ? [{ title: 'Webex tracking id', value: shorten(trackingId, EMAIL_MAX_CHARACTERS) }] : [],
    verb: 'Connect',
  });
}

function wrongOrganizationReply(result: Extract<ConnectResult, { outcome: 'wrong_organization' }>): Reply {
  const name = shownName(result.organization.name);
  const other = shownName(result.connectedOrganization);
  const giver = shorten(result.authorizedEmail, EMAIL_MAX_CHARACTERS);
  return resultCard(result, {
    mark: '❌',
    title: `${name} could not be connected: wrong organization`,
    color: 'attention',
    texts: [
      `${giver} opened the link for ${name} but signed in to ${other}. ${grantWords[result.grant]}`,
      `Send a new link to a full administrator of ${name}.`,
    ],
    facts: [],
    verb: 'Connect',
  });
}

const grantWords: Record<Extract<ConnectResult, { outcome: 'wrong_organization' }>['grant'], string> = {
  revoked: 'Nothing was stored, and the grant was revoked at Webex.',
  discarded: 'Nothing was stored; the grant was thrown away, but not revoked, because another connection shares it.',
  still_valid:
    'Nothing was stored, but Webex did not let me revoke the grant: that person can remove it in Control Hub.',
};

function licenseFacts(licenses: readonly LicenseView[] | null): Fact[] {
  if (licenses === null) return [{ title: 'Licenses', value: 'Not synced' }];
  if (licenses.length === 0) return [{ title: 'Licenses', value: 'None' }];
  const shown = licenses.slice(0, LICENSES_MAX).map((license) => ({
    title: shownName(license.name),
    value: licenseUse(license),
  }));
  const rest = licenses.length - shown.length;
  return rest > 0 ? [...shown, { title: 'More licenses', value: `${rest} not shown here` }] : shown;
}

function resultCard(
  { organization, transactionId }: Ended,
  view: {
    readonly mark: string;
    readonly title: string;
    readonly color: 'good' | 'attention';
    readonly texts: readonly string[];
    readonly facts: readonly Fact[];
    readonly verb: 'Connect' | 'Reconnect';
  },
): Reply {
  const { mark, title, color, texts, facts } = view;
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
      actionSets: actionSets(resultButtons(organization.id, transactionId, view.verb)),
    }),
  );
}

function resultButtons(organizationId: string | null, transactionId: number, verb: 'Connect' | 'Reconnect'): Button[] {
  const steps = submitButton('Steps', { action: 'transaction', transaction_id: transactionId });
  if (organizationId === null) return [steps];
  const connect = submitButton(verb, { action: 'connect', organization_id: organizationId });
  return [
    submitButton('Show', { action: 'show', organization_id: organizationId }),
    verb === 'Connect' ? emphasized(connect) : connect,
    steps,
  ];
}
