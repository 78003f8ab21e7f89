// An organization's connection as `show` says it: its tokens, masked, who authorized it, and what does not work.

import type { Block } from '../chat/blocks.ts';
import { type Fact, fact, shownName } from '../chat/facts.ts';
import { section } from '../chat/message.ts';
import {
  type CareView,
  type ConnectionView,
  deadlineFacts,
  type FallBackView,
  grantorWords,
} from '../connections/connection-words.ts';
import { fallBackEndedWords, fallBackFailedWords } from '../connections/fall-back/fall-back.view.ts';
import { asFallBack, fallBackWords } from '../connections/fall-back/fall-back-rules.ts';
import { troublesIn, unansweredIn } from '../connections/probe/findings.ts';
import { findingHint, findingWords, unansweredWords } from '../connections/probe/findings.view.ts';
import {
  describeScope,
  type Features,
  missingScopes,
  neededScopes,
  type SettingsOfScopes,
  scopesOfApp,
  whoPermits,
} from '../connections/scopes.ts';
import { rulesOfWay } from '../connections/ways/ways.ts';
import { capitalized, countedUpTo, shorten } from '../lib/text.ts';
import { deadlineWords, instantWords, nextDeadlineWords, sinceDeadlineWords } from '../lib/time-words.ts';

/** A connection with the scopes that Webex granted, and the time of its last check. */
export type GrantView = ConnectionView &
  CareView &
  FallBackView & { readonly scopes: readonly string[]; readonly probedAt: Date | null };

type Record = Features & {
  readonly base_url_setting: string | null;
  /** The settings that count for it. */
  readonly settings: SettingsOfScopes;
};

const WORDS_MAX_CHARACTERS = 400;

/** In place of a token, however long it is. */
const MASK = '••••••••, stored encrypted';

/** What needs attention: what does not work or is not permitted, and who takes care of a deadline. */
export function attentionFacts(record: Record, connection: GrantView | null, now: Date): (Fact | null)[] {
  if (connection === null) return [];
  const { acknowledgedBy, acknowledgedAt, snoozedUntil } = connection;
  const since = acknowledgedAt === null ? '' : `, ${instantWords(acknowledgedAt)}`;
  const isSnoozed = snoozedUntil !== null && snoozedUntil > now;
  const findings = connection.state === 'lost' ? [] : troublesIn(connection.findings);
  return [
    ...findings.map((finding) => ({
      title: '⚠️ Does not work',
      value: shorten(`${findingWords(finding, record)}. ${findingHint(finding)}`, WORDS_MAX_CHARACTERS),
    })),
    fact('⚠️ Not permitted', lackingWords(record, connection)),
    fact('Acknowledged by', acknowledgedBy === null ? null : `${shownName(acknowledgedBy)}${since}`),
    fact('Snoozed until', isSnoozed ? deadlineWords(snoozedUntil, now) : null),
  ];
}

/** Both tokens with their deadlines, the next refresh, the grantor and the last check. `othersOfGrantor`: how many other organizations this person authorized. */
export function tokensSection(
  record: Record,
  { connection, othersOfGrantor, now }: { connection: GrantView | null; othersOfGrantor: number; now: Date },
): Block {
  const title = 'Access tokens';
  if (connection === null) {
    return section(title, [
      {
        title: 'Authorize Webex',
        value: 'Not connected yet: an administrator of the customer must open a connect link.',
      },
    ]);
  }
  if (!rulesOfWay(connection.way).hasTokens) {
    return section(title, [
      { title: 'Held by', value: `${capitalized(rulesOfWay(connection.way).words)}. It has no tokens of its own.` },
      { title: 'Connected', value: instantWords(connection.connectedAt) },
      fallBackFact(connection),
      ...checkFacts(connection, now),
      ...cannotFacts(connection),
    ]);
  }
  const isLost = connection.state === 'lost';
  const token = isLost ? 'Not used any more: Webex refuses it' : MASK;
  const [accessExpires, refreshExpires] = deadlineFacts(connection, now);
  return section(title, [
    { title: 'Admin access token', value: token },
    accessExpires ?? null,
    { title: 'Refresh token', value: token },
    refreshExpires ?? null,
    {
      title: 'Next refresh',
      value: isLost ? 'None: connect it again' : nextDeadlineWords(connection.refreshDueAt, now),
    },
    { title: 'Authorized by', value: `${grantorWords(connection)}${othersWords(othersOfGrantor)}` },
    fact('Client ID of its app', connection.appClientId && shorten(connection.appClientId, WORDS_MAX_CHARACTERS)),
    { title: 'Connected', value: instantWords(connection.connectedAt) },
    fallBackFact(connection),
    ...checkFacts(connection, now),
    ...cannotFacts(connection),
    fact('Permitted, not needed', superfluousWords(record, connection)),
  ]);
}

/** What takes over where the connection is lost, or why that could not; of a lost one, why it failed. */
function fallBackFact(connection: GrantView): Fact | null {
  const way = asFallBack(connection.fallbackWay);
  if (way === null) return null;
  const { state, fallbackRefusal: code } = connection;
  if (code === null) return { title: 'Fall-back', value: capitalized(fallBackWords(way)) };
  return state === 'lost'
    ? { title: 'Fall-back', value: fallBackFailedWords({ fallbackWay: way, fallbackRefusal: code }) ?? '' }
    : { title: '⚠️ Fall-back', value: fallBackEndedWords({ way, code }) };
}

/** What its way cannot do. */
const cannotFacts = ({ way }: GrantView): Fact[] =>
  Object.values(rulesOfWay(way).cannot).map((value) => ({ title: 'Cannot', value }));

const othersWords = (count: number): string =>
  count === 0 ? '' : `, who also authorized ${countedUpTo(count, 'other organization')}`;

/** When the connection was last checked, and what got no answer then. */
function checkFacts({ state, probedAt, findings }: GrantView, now: Date): Fact[] {
  if (state === 'lost') return [];
  if (probedAt === null) return [{ title: 'Last check', value: 'None yet' }];
  const unanswered = unansweredIn(findings);
  const works = unanswered.length === 0 ? 'everything works' : 'what answered works';
  const result = troublesIn(findings).length === 0 ? works : 'not everything works';
  return [
    { title: 'Last check', value: `${sinceDeadlineWords(probedAt, now)}: ${result}` },
    ...unanswered.map((one) => ({ title: 'Not known', value: unansweredWords(one) })),
  ];
}

/** The scopes that the record needs and the grant lacks. Nothing where Webex did not say what it granted. */
function lackingWords(record: Record, { scopes, way }: GrantView): string {
  if (scopes.length === 0) return '';
  const missing = missingScopes(scopes, neededBy(record, way));
  const who = way === 'service_app' ? APP_PERMITS : whoPermits(missing);
  const lacking = `To ${missing.map(describeScope).join('; to ')}. ${who}`;
  return missing.length === 0 ? '' : shorten(lacking, WORDS_MAX_CHARACTERS);
}

/** The other way round. */
const superfluousWords = (record: Record, { scopes, way }: GrantView): string =>
  shorten(missingScopes(neededBy(record, way), scopes).join(', '), WORDS_MAX_CHARACTERS);

const APP_PERMITS =
  'Whoever made the service app adds the scopes, and a full administrator authorizes it once more in Control Hub.';

function neededBy(record: Record, way: GrantView['way']): string[] {
  const needed = neededScopes(record, record.settings);
  return way === 'service_app' ? scopesOfApp(needed) : needed;
}
