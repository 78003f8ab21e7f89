// Scheduled refreshes in a message: each, or a daily summary.

import { button } from '../../chat/buttons.ts';
import { type Fact, fact, shownName } from '../../chat/facts.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { NAMED_IN_NOTICE } from '../../chat/named.ts';
import { counted } from '../../lib/text.ts';
import { distanceWords, durationWords, instantWords } from '../../lib/time-words.ts';
import type { ConnectionState } from '../connection-state.ts';
import type { RefreshOutcome } from './journal.store.ts';
import { RENEWALS } from './refresh-rules.ts';

export interface RefreshedView {
  readonly name: string;
  readonly entry: {
    readonly outcome: RefreshOutcome;
    readonly oldDeadlineAt: Date;
    readonly newDeadlineAt: Date;
  };
}

/** The first refreshes by name, and how many there were. */
export function refreshedMessage(view: {
  readonly rows: readonly RefreshedView[];
  readonly total: number;
  readonly now: Date;
}): CardMessage {
  const { rows, total, now } = view;
  const shown = rows.slice(0, NAMED_IN_NOTICE);
  const [first] = shown;
  const hidden = total - shown.length;
  return message({
    mark: '✅',
    title: total === 1 && first ? `${shownName(first.name)} was refreshed` : `${total} connections were refreshed`,
    texts: [hidden > 0 ? `The first ${shown.length} of them; ${hidden} more: type transactions.` : null],
    facts: shown.map(({ name, entry }) => ({ title: shownName(name), value: gainedWords(entry, now) })),
    buttons: [button('List organizations', 'list')],
  });
}

function gainedWords({ outcome, oldDeadlineAt, newDeadlineAt }: RefreshedView['entry'], now: Date): string {
  const expiry = `refresh token expires ${distanceWords(newDeadlineAt, now)}`;
  if (outcome === 'renewed') {
    return `renewed by ${durationWords(newDeadlineAt.getTime() - oldDeadlineAt.getTime())}; ${expiry}`;
  }
  if (outcome === 'shortened') {
    const lost = durationWords(oldDeadlineAt.getTime() - newDeadlineAt.getTime());
    return `new access token, the expiry moved ${lost} earlier; ${expiry}`;
  }
  return outcome === 'same_token' ? `Webex gave the same tokens again; ${expiry}` : `new access token; ${expiry}`;
}

export interface DigestView {
  readonly from: Date;
  readonly to: Date;
  readonly outcomes: Partial<Readonly<Record<RefreshOutcome, number>>>;
  /** How many of the space's connections are in which state; `soon` expire within 30 days. */
  readonly standing: Readonly<Record<ConnectionState | 'soon', number>>;
}

/** A day's refreshes, and the state of the connections. */
export function digestMessage({ from, to, outcomes, standing }: DigestView): CardMessage {
  const times = (...names: RefreshOutcome[]) => names.reduce((sum, name) => sum + (outcomes[name] ?? 0), 0);
  const refreshed = times(...RENEWALS);
  const isWell = standing.failing + standing.lost === 0;
  return message({
    mark: isWell ? '✅' : '⚠️',
    title: `Daily summary: ${counted(refreshed, 'refresh', 'refreshes')}, ${isWell ? 'all is well' : `${standing.lost} lost, ${standing.failing} failing`}`,
    texts: [`From ${instantWords(from)} to ${instantWords(to)}.`],
    facts: [
      { title: 'Renewed', value: String(times('renewed')) },
      { title: 'Same expiry', value: String(times('not_renewed', 'same_token')) },
      unlessNone('Earlier expiry', times('shortened')),
      unlessNone('Webex did not answer', times('unavailable')),
      unlessNone('Our integration refused', times('misconfigured')),
      unlessNone('Refused for another reason', times('odd_refusal')),
      unlessNone('Refused together with others', times('refused_together')),
      unlessNone('Failed on our side', times('broken')),
      unlessNone('Lost', times('refused')),
      { title: 'Connected now', value: String(standing.connected) },
      unlessNone('Failing now', standing.failing),
      unlessNone('Lost now', standing.lost),
      { title: 'Expire within 30 days', value: String(standing.soon) },
    ],
    buttons: [button('Expiring', 'expiring'), button('List organizations', 'list')],
  });
}

const unlessNone = (title: string, count: number): Fact | null => fact(title, count === 0 ? null : String(count));
