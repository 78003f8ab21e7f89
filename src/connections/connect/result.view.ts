// How a connect transaction ended: connected, or not and why.

import { type Button, button, emphasized, linkButton } from '../../chat/buttons.ts';
import { type Fact, fact } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { shorten } from '../../lib/text.ts';
import { deadlineFacts, grantorWords } from '../connection-words.ts';
import type { Way } from '../ways/ways.ts';

interface Ended {
  readonly transactionId: number;
  /** The outcome in one line: `Acme is connected`. */
  readonly title: string;
  /** The transaction's page: a secret address. */
  readonly pageUrl: string;
  /** Ours; `id` is null where the record has been deleted meanwhile. */
  readonly organization: { readonly id: string | null; readonly name: string };
  /** That somebody else consented than the record names: a sentence. */
  readonly otherGrantor?: string | null;
}

/** The outcome of a connect transaction, as the space reads it. */
export type ConnectResult =
  | (Ended & {
      readonly outcome: 'success';
      /** Facts of the steps that followed. */
      readonly stepFacts: readonly Fact[];
      readonly accessTokenExpiresAt: Date;
      readonly refreshTokenExpiresAt: Date;
      readonly way: Way;
      readonly appClientId?: string | null;
      readonly authorizedEmail: string | null;
      readonly byPartner: boolean;
    })
  | (Ended & {
      readonly outcome: 'fail';
      /** The tokens were stored before something else failed: the organization is connected all the same. */
      readonly isConnected?: boolean;
      /** Sentences. For the wrong organization: who opened the link, and what became of the grant. */
      readonly what: string;
      /** Null where `what` says it already. */
      readonly hint: string | null;
      readonly trackingId?: string | null;
    });

const TRACKING_ID_MAX_CHARACTERS = 120;
const TEXT_MAX_CHARACTERS = 800;

/** The message that ends a connect transaction in its space. */
export function resultMessage(result: ConnectResult, now: Date): CardMessage {
  const { title, transactionId } = result;
  return message({
    title,
    ...(result.outcome === 'success' ? success(result, now) : failure(result)),
    buttons: resultButtons(result),
    typed: md`Type **transaction ${transactionId}** for its steps.`,
  });
}

const success = (result: Extract<ConnectResult, { outcome: 'success' }>, now: Date) => ({
  mark: '✅',
  texts: [result.otherGrantor ?? null],
  facts: [...deadlineFacts(result, now), { title: 'Authorized by', value: grantorWords(result) }, ...result.stepFacts],
});

const failure = ({ what, hint, trackingId, otherGrantor = null }: Extract<ConnectResult, { outcome: 'fail' }>) => ({
  mark: '❌',
  texts: [what, hint, otherGrantor].map((text) => text && shorten(text, TEXT_MAX_CHARACTERS)),
  facts: [fact('Webex tracking id', trackingId && shorten(trackingId, TRACKING_ID_MAX_CHARACTERS))],
});

function resultButtons(ended: ConnectResult): Button[] {
  const { organization, transactionId, pageUrl } = ended;
  const steps = [button('Steps', 'transaction', { transaction_id: transactionId }), linkButton('Live page', pageUrl)];
  if (organization.id === null) return steps;
  const about = { organization_id: organization.id };
  const show = button('Show', 'show', about);
  if (ended.outcome === 'success') return [show, button('Reconnect', 'connect', about), ...steps];
  if (!ended.isConnected) return [show, emphasized(button('Connect', 'connect', about)), ...steps];
  const replay = button('Replay', 'replay', { transaction_id: transactionId });
  return [show, button('Reconnect', 'connect', about), replay, ...steps];
}
