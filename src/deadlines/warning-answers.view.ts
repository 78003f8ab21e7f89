// The answers to Snooze, Acknowledge and Take back, for the space of the click and for the organization's own space.

import { type Button, button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { type Markdown, md } from '../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../chat/message.ts';
import { counted } from '../lib/text.ts';
import { deadlineWords, instantWords } from '../lib/time-words.ts';
import type { AnswerDecision, WarningAnswer } from './warning-rules.ts';

interface Named {
  readonly name: string;
}

/** `by` is the e-mail of whoever snoozed. */
export function snoozedMessage(view: {
  readonly organization: Named;
  readonly by: string;
  readonly until: Date;
  readonly now: Date;
}): TextMessage {
  const until = deadlineWords(view.until, view.now);
  const name = shownName(view.organization.name);
  return { text: md`💤 ${shownName(view.by)} snoozed **${name}**: the next warning comes ${until}.` };
}

interface Acknowledged {
  readonly organization: Named & { readonly id: string };
  /** E-mail of whoever acknowledged or took it back. */
  readonly by: string;
  /** The connection is lost or has expired. */
  readonly hasEnded: boolean;
}

/** What is acknowledged: a warning or, once it has ended, the loss. */
const what = ({ organization, hasEnded }: Pick<Acknowledged, 'organization' | 'hasEnded'>): string =>
  `the ${hasEnded ? 'loss' : 'warning'} of ${shownName(organization.name)}`;

/** Who acknowledged, what follows, and the button that takes it back. */
export function acknowledgedMessage(view: Acknowledged): CardMessage {
  const { organization, by, hasEnded } = view;
  return message({
    mark: '👍',
    title: `${shownName(by)} acknowledged ${what(view)}`,
    texts: [
      hasEnded
        ? 'I do not remind you of it any more.'
        : 'I say nothing more about this deadline until the last day before it. A loss is always reported.',
    ],
    buttons: acknowledgedButtons(organization),
    typed: connectTyped(organization),
  });
}

/** What became of each of several, with the button that takes each back. */
export function acknowledgedAllMessage({
  answers,
  by,
}: {
  readonly answers: readonly {
    readonly organization: Acknowledged['organization'];
    readonly decision: AnswerDecision;
  }[];
  readonly by: string;
}): CardMessage {
  const acknowledged = answers.filter(({ decision: { act } }) => act === 'acknowledge' || act === 'keep');
  return message({
    mark: '👍',
    title: `${shownName(by)} acknowledged ${counted(acknowledged.length, 'connection')}`,
    texts: [
      'I say nothing more about these deadlines until the last day before each. What has ended I do not remind you of.',
    ],
    blocks: [
      {
        kind: 'rows',
        rows: answers.map(({ organization: { id, name }, decision }) => ({
          name: shownName(name),
          state: acknowledgedState(decision),
          ...(decision.act === 'acknowledge' || decision.act === 'keep'
            ? { button: button('Take back', 'unacknowledge', { organization_id: id }) }
            : {}),
        })),
      },
    ],
  });
}

function acknowledgedState(decision: AnswerDecision): string {
  if (decision.act === 'acknowledge')
    return decision.hasEnded ? 'The loss is acknowledged' : 'The warning is acknowledged';
  if (decision.act === 'keep') return `${shownName(decision.by)} acknowledged it before`;
  return 'There is nothing to acknowledge now';
}

/** Somebody acknowledged it before. */
export function alreadyAcknowledgedMessage(view: {
  readonly organization: Acknowledged['organization'];
  readonly by: string;
  readonly at: Date;
}): CardMessage {
  const { organization, by, at } = view;
  return message({
    mark: '👍',
    title: `${shownName(by)} acknowledged ${shownName(organization.name)} before`,
    texts: [`That was on ${instantWords(at)}. Nothing was changed.`],
    buttons: acknowledgedButtons(organization),
    typed: connectTyped(organization),
  });
}

/** Who took the acknowledgement back, what follows, and the button that acknowledges again. */
export function unacknowledgedMessage(view: Acknowledged): CardMessage {
  const { organization, by, hasEnded } = view;
  const about = { organization_id: organization.id };
  return message({
    mark: '↩️',
    title: `${shownName(by)} took the acknowledgement back: ${what(view)}`,
    texts: [hasEnded ? 'I remind you of it every week again.' : 'I warn you again before it expires.'],
    buttons: [button('Reconnect', 'connect', about), button('Acknowledge', 'acknowledge', about)],
    typed: connectTyped(organization),
  });
}

const acknowledgedButtons = ({ id }: { readonly id: string }): Button[] => [
  button('Reconnect', 'connect', { organization_id: id }),
  button('Take back', 'unacknowledge', { organization_id: id }),
];

const connectTyped = ({ name }: Named): Markdown => md`Type **connect ${shownName(name)}** for a fresh link.`;

/** The answer does not apply now. Shown only where the button was clicked. */
export function refusedAnswerMessage(view: {
  readonly organization: Named;
  readonly asked: WarningAnswer['act'];
  readonly refusal: Extract<AnswerDecision, { act: 'refuse' }>;
  readonly now: Date;
}): TextMessage {
  return { text: refusalText(view) };
}

function refusalText({ organization, asked, refusal, now }: Parameters<typeof refusedAnswerMessage>[0]): Markdown {
  const name = shownName(organization.name);
  const nothing = `nothing to ${asked === 'unacknowledge' ? 'take back' : asked}`;
  const fresh = md`Type **connect ${name}** for a fresh link.`;
  switch (refusal.reason) {
    case 'not_connected':
      return md`⚪ **${name}** is not connected: there is ${nothing}. ${fresh}`;
    case 'not_acknowledged':
      return md`ℹ️ Nobody has acknowledged **${name}**: there is ${nothing}.`;
    case 'lost':
      return md`❌ **${name}** has lost its connection: there is ${nothing} any more. ${fresh}`;
    case 'too_early':
      return md`✅ **${name}** is connected: there is ${nothing} yet. Its first warning comes ${deadlineWords(refusal.notifiedAt, now)}.`;
    case 'last_day':
      return md`⚠️ **${name}** expires within a day: it cannot be snoozed. ${fresh}`;
    case 'ended':
      return md`❌ **${name}** has expired: it cannot be snoozed. ${fresh}`;
  }
}
