// `label`: gives organizations words by which they are listed together, takes them away, and shows which there are.

import { z } from 'zod';
import { scopeFor } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Command, CommandInput } from '../../chat/command.ts';
import { pageAsked, pagesBeside } from '../../chat/pages.ts';
import { tooFewRights } from '../../chat/refusals.ts';
import type { Db } from '../../db/database.ts';
import { goneMessage, resolveOrganization } from '../organization.lookup.ts';
import { organizationsCalled } from '../organization-search.store.ts';
import { labelsInScope, listLabels } from './label.store.ts';
import { badLabelMessage, labeledMessage, labelsMessage, labelsOfMessage } from './label.view.ts';
import { labelOrganization } from './label-organization.ts';
import { type LabelAct, labelOf, readLabelAct } from './label-rules.ts';
import type { NotifyByLabelDeps } from './notify-by-label.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** Without `label`: the labels of the organization; without both: all labels. */
    label: { organization_id?: string; label?: string; act?: 'give' | 'take'; page?: number };
  }
}

/** What a card sends of an act; what is none of it is left out. */
const sentSchema = z.object({
  label: z.string().max(200).optional().catch(undefined),
  act: z.enum(['give', 'take']).default('give').catch('give'),
});

export const label: Command<NotifyByLabelDeps> = {
  name: 'label',
  needs: 'viewer',
  usage: 'label [organization] [word | -word]',
  summary:
    'Give an organization a label, take one away with a minus, or show labels: list label <word> finds those that carry it.',
  group: 'Organizations',
  examples: ['label acme gold', 'label acme -gold', 'label acme', 'label'],
  async run(deps, input) {
    const { scope, inputs, argument } = input;
    const act = await actOf(deps.db, input);
    if (act !== undefined) return change(deps, input, act);
    if (argument !== '' || inputs['organization_id'] !== undefined) {
      const resolved = await resolveOrganization(deps.db, { ...input, command: 'label' });
      if ('answer' in resolved) return resolved.answer;
      const { found: organization } = resolved;
      const labels = await labelsInScope(deps.db, { scope, organizationId: organization.id });
      return { content: labelsOfMessage({ organization, labels, mayChange: mayChangeHere(input) }) };
    }
    const page = pageAsked(inputs['page']);
    const found = await listLabels(deps.db, { scope, offset: page.offset, limit: page.limit + 1 });
    const beside = pagesBeside(page, { hasMore: found.length > page.limit });
    return { content: labelsMessage({ labels: found.slice(0, page.limit), ...beside }) };
  },
};

const mayChangeHere = ({ standing }: CommandInput): boolean => scopeFor(standing, 'administrator').within.length > 0;

/** What is to be done, as it was typed or sent by a card. Undefined where labels are only asked for. */
async function actOf(db: Db, { argument, inputs, scope }: CommandInput): Promise<LabelAct | undefined> {
  const sent = sentSchema.parse(inputs);
  if (sent.label !== undefined) return { act: sent.act, named: '', label: sent.label };
  const typed = readLabelAct(argument);
  if (typed === undefined) return undefined;
  // `label acme robotics` asks for the labels of Acme Robotics, where there is one.
  const called = await organizationsCalled(db, { scope, name: argument, limit: 1 });
  return called.length > 0 ? undefined : typed;
}

async function change(deps: NotifyByLabelDeps, input: CommandInput, asked: LabelAct): Promise<Answer> {
  const scope = scopeFor(input.standing, 'administrator');
  if (scope.within.length === 0) return tooFewRights(input.standing, 'administrator');
  const word = labelOf(asked.label);
  if (word === undefined) return { content: badLabelMessage({ typed: asked.label }) };
  const keep = { label: word, act: asked.act };
  const resolved = await resolveOrganization(deps.db, {
    ...input,
    scope,
    argument: asked.named,
    command: 'label',
    keep,
  });
  if ('answer' in resolved) return resolved.answer;
  const { found: organization } = resolved;
  const { actor, place } = input;
  const by = { actor, roomId: place.roomId };
  const result = await labelOrganization(deps, {
    ...by,
    organizationId: organization.id,
    act: asked.act,
    label: word,
  });
  if (result.outcome === 'gone') return { content: goneMessage };
  return { content: labeledMessage({ organization, act: asked.act, label: word, ...result }) };
}
