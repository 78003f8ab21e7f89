// The buttons of a warning beside Reconnect: Snooze and Acknowledge, and the one that takes an acknowledgement back.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { Action, CommandInput } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import { namedOrganizations } from '../organizations/named-organizations.ts';
import { goneMessage, resolveOrganization } from '../organizations/organization.lookup.ts';
import { type AnswerWarningDeps, answerWarning } from './answer-warning.ts';
import { SNOOZE_DAYS } from './warning.view.ts';
import {
  acknowledgedAllMessage,
  acknowledgedMessage,
  alreadyAcknowledgedMessage,
  refusedAnswerMessage,
  snoozedMessage,
  unacknowledgedMessage,
} from './warning-answers.view.ts';
import type { WarningAnswer } from './warning-rules.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    snooze: { organization_id: string; days: number };
    acknowledge: { organization_id: string };
    unacknowledge: { organization_id: string };
    /** Our ids, separated by commas. */
    acknowledge_all: { organization_ids: string };
  }
}

const snoozeDays = z.coerce.number().pipe(z.literal([...SNOOZE_DAYS]));

/** Snoozes the warnings for the days on the button. The last day before the expiry cannot be snoozed. */
export const snooze: Action<AnswerWarningDeps> = {
  name: 'snooze',
  async run(deps, input) {
    const days = snoozeDays.safeParse(input.inputs['days'] ?? SNOOZE_DAYS[0]);
    if (days.success) return answered(deps, input, { act: 'snooze', days: days.data });
    return {
      content: failureMessage({
        what: 'I do not know how long to snooze that: the card may come from another version.',
        hint: 'Type expiring to see which connections expire soon.',
      }),
    };
  },
};

/** Saves that the person who clicked has acknowledged the present deadline or the loss. Once somebody has, nothing changes. */
export const acknowledge: Action<AnswerWarningDeps> = {
  name: 'acknowledge',
  run: (deps, input) => answered(deps, input, { act: 'acknowledge' }),
};

/** Acknowledges all connections of a message, each as by its own button. What does not apply to one keeps none of the others from it. */
export const acknowledgeAll: Action<AnswerWarningDeps> = {
  name: 'acknowledge_all',
  async run(deps, { inputs, scope, actor, place, eventId, concerns }) {
    const organizations = await namedOrganizations(deps.db, { inputs, scope });
    if (organizations.length === 0) return { content: goneMessage };
    const answers = [];
    for (const organization of organizations) {
      concerns(organization.id);
      const answer = { organization, asked: { act: 'acknowledge' }, by: actor, roomId: place.roomId } as const;
      // One click answers several warnings: each is known by both.
      const decision = await answerWarning(deps, { ...answer, eventId: `${eventId}:${organization.id}` });
      answers.push({ organization, decision });
    }
    return { content: acknowledgedAllMessage({ answers, by: actor.email }) };
  },
};

/** Takes the acknowledgement back, whoever gave it: the warnings begin again. */
export const unacknowledge: Action<AnswerWarningDeps> = {
  name: 'unacknowledge',
  run: (deps, input) => answered(deps, input, { act: 'unacknowledge' }),
};

async function answered(deps: AnswerWarningDeps, input: CommandInput, asked: WarningAnswer): Promise<Answer> {
  const resolved = await resolveOrganization(deps.db, { ...input, command: asked.act });
  if ('answer' in resolved) return resolved.answer;
  const organization = resolved.found;
  const by = input.actor.email;
  const decision = await answerWarning(deps, {
    organization,
    asked,
    by: input.actor,
    roomId: input.place.roomId,
    eventId: input.eventId,
  });
  const now = deps.clock.now();
  switch (decision.act) {
    case 'acknowledge':
      return { content: acknowledgedMessage({ organization, by, hasEnded: decision.hasEnded }) };
    case 'unacknowledge':
      return { content: unacknowledgedMessage({ organization, by, hasEnded: decision.hasEnded }) };
    case 'keep':
      return { content: alreadyAcknowledgedMessage({ organization, by: decision.by, at: decision.at }) };
    case 'snooze':
      return { content: snoozedMessage({ organization, by, until: decision.until, now }) };
    case 'refuse':
      return { content: refusedAnswerMessage({ organization, asked: asked.act, refusal: decision, now }) };
  }
}
