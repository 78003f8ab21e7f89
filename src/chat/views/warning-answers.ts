// The answers to Snooze and Acknowledge, which all in the space read.

import { deadlineWords } from '../../domain/expiry-words.ts';
import { md } from '../markdown.ts';
import type { Reply } from '../reply.ts';
import { reply } from './compose.ts';
import { shownName } from './facts.ts';

/** `until` is null where the last day has begun, which no snooze covers. */
export function snoozedReply({
  organization,
  by,
  until,
  now,
}: {
  readonly organization: { readonly name: string };
  readonly by: string;
  readonly until: Date | null;
  readonly now: Date;
}): Reply {
  const name = shownName(organization.name);
  return until === null
    ? reply(md`⚠️ **${name}** ends within a day: that cannot be put off. Type **connect ${name}** for a fresh link.`)
    : reply(md`💤 ${shownName(by)} put the next warning of **${name}** off: it comes ${deadlineWords(until, now)}.`);
}

/** `by` is the e-mail of whoever takes care. */
export function acknowledgedReply({
  organization,
  by,
}: {
  readonly organization: { readonly name: string };
  readonly by: string;
}): Reply {
  const name = shownName(organization.name);
  return reply(
    md`👍 ${shownName(by)} takes care of **${name}**. It is connected again with a fresh link: **connect ${name}**.`,
  );
}
