// The answers to Snooze and Acknowledge, for the space of the click and for the organization's own space.

import { shownName } from '../chat/facts.ts';
import { type Markdown, md } from '../chat/markdown.ts';
import type { TextMessage } from '../chat/message.ts';
import { deadlineWords } from '../lib/time-words.ts';
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

/** `by` is the e-mail of whoever acknowledged. */
export function acknowledgedMessage(view: { readonly organization: Named; readonly by: string }): TextMessage {
  const name = shownName(view.organization.name);
  const who = shownName(view.by);
  return {
    text: md`👍 ${who} acknowledged the warning of **${name}**. Type **connect ${name}** for a fresh link.`,
  };
}

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
  const nothing = asked === 'snooze' ? 'nothing to snooze' : 'nothing to acknowledge';
  const fresh = md`Type **connect ${name}** for a fresh link.`;
  switch (refusal.reason) {
    case 'not_connected':
      return md`⚪ **${name}** is not connected: there is ${nothing}. ${fresh}`;
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
