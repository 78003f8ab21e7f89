// `notify`: has this space be notified of all organizations with a label, or not any more, and shows which spaces are.

import { z } from 'zod';
import { scopeFor } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Action, Command, CommandInput } from '../../chat/command.ts';
import { pageAsked, pagesBeside } from '../../chat/pages.ts';
import { failureMessage, tooFewRights } from '../../chat/refusals.ts';
import { isInScope } from '../../db/scope.ts';
import { badLabelMessage } from './label.view.ts';
import { labelOf } from './label-rules.ts';
import { findLabelSpace, listLabelSpaces } from './label-space.store.ts';
import { confirmNotifyMessage, labelSpacesMessage, notifiedMessage, notNotifiedMessage } from './notify.view.ts';
import { endNotifyByLabel, type NotifyByLabelDeps, notifyByLabel } from './notify-by-label.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** Without `label`: which spaces are notified by labels. `room_id`: the space whose notices by this label end. */
    notify: { label?: string; room_id?: string; page?: number };
    'notify-by-label': { label: string; confirmed: number };
  }
}

const ending = z.object({ label: z.string().max(200), room_id: z.string().min(1).max(200) });

export const notify: Command<NotifyByLabelDeps> = {
  name: 'notify',
  needs: 'viewer',
  usage: 'notify [label <word>] [off]',
  summary:
    'Have this space be notified of all organizations with a label, end that with off, or show which spaces are.',
  group: 'Organizations',
  examples: ['notify label gold', 'notify label gold off', 'notify'],
  async run(deps, input) {
    const { argument, inputs, place, scope } = input;
    const sent = ending.safeParse(inputs);
    if (sent.success) return end(deps, input, { label: sent.data.label, roomId: sent.data.room_id });
    if (argument === '') {
      const page = pageAsked(inputs['page']);
      const found = await listLabelSpaces(deps.db, { scope, offset: page.offset, limit: page.limit + 1 });
      const changeable = scopeFor(input.standing, 'administrator');
      const rows = found.slice(0, page.limit).map((row) => ({
        ...row,
        isHere: row.roomId === place.roomId,
        mayChange: isInScope(changeable, row.path),
      }));
      return { content: labelSpacesMessage({ rows, ...pagesBeside(page, { hasMore: found.length > page.limit }) }) };
    }
    const [, typed = '', off] = /^label\s+(\S+)(\s+off)?$/iu.exec(argument) ?? [];
    if (typed === '' || typed.toLowerCase() === 'off') return { content: howMessage };
    return off === undefined
      ? begin(deps, input, typed)
      : end(deps, input, { label: labelOf(typed) ?? typed, roomId: place.roomId });
  },
};

const confirmed = z.object({ label: z.string().max(200), confirmed: z.int().min(0) });

/** Has the space be notified as was confirmed. */
export const notifyConfirmed: Action<NotifyByLabelDeps> = {
  name: 'notify-by-label',
  run(deps, input) {
    const sent = confirmed.safeParse(input.inputs);
    return sent.success
      ? begin(deps, input, sent.data.label, sent.data.confirmed)
      : Promise.resolve({ content: howMessage });
  },
};

async function begin(
  deps: NotifyByLabelDeps,
  { standing, isDirect, place, actor, cardMessageId }: CommandInput,
  typed: string,
  agreed?: number,
): Promise<Answer> {
  const { customer } = standing;
  if (!isInScope(scopeFor(standing, 'administrator'), customer.path)) return tooFewRights(standing, 'administrator');
  if (isDirect) return { content: directMessage };
  const label = labelOf(typed);
  if (label === undefined) return { content: badLabelMessage({ typed }) };
  const of = { label, roomId: place.roomId, customerId: customer.id, by: actor };
  const result = await notifyByLabel(deps, { ...of, confirmed: agreed });
  const inPlace = agreed === undefined ? {} : { replacesMessageId: cardMessageId };
  if (result.outcome === 'unconfirmed') {
    return { content: confirmNotifyMessage({ label, customer: customer.name, moved: result.moved }), ...inPlace };
  }
  const moved = result.outcome === 'changed' ? result.moved : undefined;
  return { content: notifiedMessage({ label, customer: customer.name, moved }), ...inPlace };
}

async function end(
  deps: NotifyByLabelDeps,
  { standing, actor, scope }: CommandInput,
  rule: { label: string; roomId: string },
): Promise<Answer> {
  const found = await findLabelSpace(deps.db, { scope, ...rule });
  if (!found) return { content: noneMessage };
  if (!isInScope(scopeFor(standing, 'administrator'), found.path)) return tooFewRights(standing, 'administrator');
  const result = await endNotifyByLabel(deps, { ...rule, customerId: standing.customer.id, by: actor });
  if (result.outcome !== 'changed') return { content: noneMessage };
  return { content: notNotifiedMessage({ label: rule.label, moved: result.moved }) };
}

const howMessage = failureMessage({
  what: 'notify needs the word label and one label.',
  hint: 'Type notify label gold, notify label gold off, or notify alone to see which spaces are notified by labels.',
});

const directMessage = failureMessage({
  what: 'A direct space cannot be notified by a label.',
  hint: 'Type this in a group space that I am in: it is notified of the organizations at its customer and below.',
});

/** The same for one that is gone and one of another branch. */
const noneMessage = failureMessage({
  what: 'No space in sight is notified by this label.',
  hint: 'Type notify to see which ones are.',
});
