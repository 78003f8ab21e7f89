// The answers to Snooze and Acknowledge: read where the button was clicked and, where that is another, in the organization's own space.

import { reply } from '../chat/compose.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import type { Reply } from '../chat/reply.ts';
import { deadlineWords } from '../lib/time-words.ts';
import type { AnswerDecision, WarningAnswer } from './warning-rules.ts';

interface Named {
  readonly name: string;
}

/** `by` is the e-mail of whoever put the warning off. */
export function snoozedReply({
  organization,
  by,
  until,
  now,
}: {
  readonly organization: Named;
  readonly by: string;
  readonly until: Date;
  readonly now: Date;
}): Reply {
  const name = shownName(organization.name);
  return reply(md`💤 ${shownName(by)} put the next warning of **${name}** off: it comes ${deadlineWords(until, now)}.`);
}

/** `by` is the e-mail of whoever takes care. */
export function acknowledgedReply({ organization, by }: { readonly organization: Named; readonly by: string }): Reply {
  const name = shownName(organization.name);
  return reply(
    md`👍 ${shownName(by)} takes care of **${name}**. It is connected again with a fresh link: **connect ${name}**.`,
  );
}

/** There is nothing to answer for now: said where the button was clicked, and nowhere else. */
export function refusedAnswerReply({
  organization,
  asked,
  refusal,
  now,
}: {
  readonly organization: Named;
  readonly asked: WarningAnswer['act'];
  readonly refusal: Extract<AnswerDecision, { act: 'refuse' }>;
  readonly now: Date;
}): Reply {
  const name = shownName(organization.name);
  const nothing = asked === 'snooze' ? 'no warning to put off' : 'no deadline to take care of';
  const fresh = md`Type **connect ${name}** for a fresh link.`;
  switch (refusal.reason) {
    case 'not_connected':
      return reply(md`⚪ **${name}** is not connected: there is ${nothing}. ${fresh}`);
    case 'lost':
      return reply(md`❌ **${name}** has lost its connection: there is ${nothing} any more. ${fresh}`);
    case 'too_early':
      return reply(
        md`✅ **${name}** is connected: there is ${nothing} yet. It is first warned of ${deadlineWords(refusal.toldAt, now)}.`,
      );
    case 'last_day':
      return reply(md`⚠️ **${name}** ends within a day: that cannot be put off. ${fresh}`);
    case 'ended':
      return reply(md`❌ **${name}** has ended: that cannot be put off. ${fresh}`);
  }
}
