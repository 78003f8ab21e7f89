// What `subscribers` answers: how many subscribe to each package, by status, and what went wrong.

import type { Row } from '../../chat/blocks.ts';
import { button } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { counted, shorten } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import { featureState, type GrantState } from '../feature-state.view.ts';
import { subscribersKind } from './subscribers-kind.ts';
import { WHOLESALE_KINDS } from './wholesale.view.ts';
import { packageWords, problemWords, type SubscribersRow, statusWords } from './wholesale-rules.ts';

const MOST_ROWS = 30;
const MOST_ERRORS = 10;
const WORDS_MAX_CHARACTERS = 60;
const PROBLEM_MAX_CHARACTERS = 120;

const shownStatus = (status: string): string => shorten(statusWords(status), WORDS_MAX_CHARACTERS);

export function subscribersMessage(view: {
  readonly organization: { readonly id: string; readonly name: string; readonly base_url_setting: string | null };
  /** By package and status, and those without a package, which count each subscriber once. */
  readonly rows: readonly SubscribersRow[];
  readonly connection: GrantState | null;
  /** Null where they were never read. */
  readonly syncedAt: Date | null;
  readonly now: Date;
}): CardMessage {
  const { organization, rows, connection, syncedAt, now } = view;
  const about = { organization_id: organization.id };
  const name = shownName(organization.name);
  const whole = rows.filter((row) => row.package === null);
  const byPackage = rows.filter((row) => row.package !== null);
  const total = whole.reduce((sum, row) => sum + row.count, 0);
  const withErrors = whole.reduce((sum, row) => sum + row.withErrors, 0);
  const state = featureState({ organization, feature: 'wholesale', scope: subscribersKind.scope, connection });
  const hidden = byPackage.length - MOST_ROWS;
  return message({
    mark: withErrors > 0 || state.texts.length > 0 ? '⚠️' : undefined,
    title:
      syncedAt === null ? `The subscribers of ${name} were not read yet` : `${counted(total, 'subscriber')} of ${name}`,
    texts: [
      syncedAt === null ? null : `As Webex said ${sinceDeadlineWords(syncedAt, now)}.`,
      withErrors === 0
        ? null
        : `${counted(withErrors, 'subscriber')} with errors: mend what they say at Webex, then sync again.`,
      ...state.texts,
    ],
    facts: whole.map(({ status, count }) => ({ title: shownStatus(status), value: String(count) })),
    blocks: [
      { kind: 'rows', rows: byPackage.slice(0, MOST_ROWS).map(rowOf) },
      { kind: 'log', title: 'Errors', lines: errorsIn(whole) },
      ...(hidden > 0 ? [{ kind: 'text' as const, text: `${hidden} more are not shown.` }] : []),
    ],
    buttons: [
      ...state.buttons,
      button('Packages', 'wholesale', about),
      button('Sync now', 'sync', { ...about, kinds: WHOLESALE_KINDS }),
      button('Show', 'show', about),
    ],
    typed: md`Type **wholesale** with the name for the packages themselves.`,
  });
}

const rowOf = ({ package: its, status, count, withErrors }: SubscribersRow): Row => ({
  name: shorten(packageWords(its ?? ''), WORDS_MAX_CHARACTERS),
  ...(withErrors > 0 && { lead: { text: `${withErrors} with errors`, tone: 'attention' } }),
  state: `${count} ${shownStatus(status).toLowerCase()}`,
});

/** `3 × 2561: The user exists in another organization` */
function errorsIn(rows: readonly SubscribersRow[]): string[] {
  const all = new Map<string, number>();
  for (const { errors } of rows) {
    for (const problem of errors) {
      const words = shorten(problemWords(problem), PROBLEM_MAX_CHARACTERS);
      all.set(words, (all.get(words) ?? 0) + problem.count);
    }
  }
  return [...all]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, MOST_ERRORS)
    .map(([words, count]) => `${count} × ${words}`);
}
