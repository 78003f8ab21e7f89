// The buttons of sites: one of them, making them for the first time, and having one use another list of network devices.

import { z } from 'zod';
import { scopeFor } from '../chat/actor.ts';
import type { Answer } from '../chat/answer.ts';
import type { Action, CommandInput } from '../chat/command.ts';
import { pageAsked } from '../chat/pages.ts';
import { isInScope } from '../db/scope.ts';
import { goneAnswer, goneMessage, organizationOfCard } from '../organizations/organization.lookup.ts';
import { findOrganizationInScope } from '../organizations/organization.store.ts';
import { type ChangeDeps, changing } from './changing.ts';
import { assignDeviceList } from './device-lists/change-device-list.ts';
import { listElsewhereMessage, listGoneMessage } from './device-lists/device-lists.view.ts';
import { listsFor } from './device-lists/lists-for.ts';
import { nodeWords } from './node-words.ts';
import { confirmImport } from './proposal/confirm-import.ts';
import { answerProposal } from './proposal/proposal.lookup.ts';
import { removeSite } from './remove-site.ts';
import { findSite } from './site.store.ts';
import { madeBeforeMessage, siteGoneMessage, siteMessage, siteRemovedMessage, sitesMadeMessage } from './sites.view.ts';

/** How many lists are offered for a site. */
const MOST_LISTS = 5;

async function oneSite({ db, clock }: ChangeDeps, input: CommandInput, done?: string): Promise<Answer> {
  const { scope, standing, inputs } = input;
  const id = z.uuid().safeParse(inputs['site_id']);
  const site = id.success ? await findSite(db, { scope, id: id.data }) : undefined;
  if (!site) return { content: siteGoneMessage };
  const organization = await findOrganizationInScope(db, { scope, id: site.organizationId });
  if (organization) input.concerns(organization.id);
  const mayChange = isInScope(scopeFor(standing, 'administrator'), site.node.path);
  const lists = mayChange
    ? await listsFor(db, { scope, organizationId: site.organizationId, limit: MOST_LISTS + 1 })
    : [];
  return {
    content: siteMessage({
      ...{ site, organization: organization ?? null, mayChange, done, now: clock.now() },
      words: await nodeWords(db, { scope, nodes: [site.node] }),
      lists: lists.filter((list) => list.id !== site.deviceListId).slice(0, MOST_LISTS),
    }),
  };
}

const removing = z.object({ site_id: z.uuid() });

/** Removes a site whose location is gone at Webex. */
export const removeSiteAction: Action<ChangeDeps> = {
  name: 'remove-site',
  async run(deps, input) {
    const sent = removing.safeParse(input.inputs);
    if (!sent.success) return { content: siteGoneMessage };
    const result = await removeSite(deps, { ...changing(input, input.scope), id: sent.data.site_id });
    if (result.outcome === 'gone') return { content: siteGoneMessage };
    input.concerns(result.site.organizationId);
    if (result.outcome === 'there') return oneSite(deps, input);
    return { content: siteRemovedMessage(result.site), replacesMessageId: input.cardMessageId };
  },
};

/** Shows one site. */
export const showSite: Action<ChangeDeps> = {
  name: 'site',
  needs: 'viewer',
  run: (deps, input) => oneSite(deps, input),
};

const making = z.object({ plan: z.string().max(100) });

/** Makes the sites, as they were shown. */
export const makeSites: Action<ChangeDeps> = {
  name: 'make-sites',
  async run(deps, input) {
    const { db, clock } = deps;
    const { scope, actor, place, cardMessageId } = input;
    const sent = making.safeParse(input.inputs);
    if (!sent.success) return { content: goneMessage };
    const named = await organizationOfCard(db, input);
    if ('answer' in named) return named.answer;
    const { found: organization } = named;
    const by = { actor, roomId: place.roomId, scope };
    const result = await confirmImport(deps, { ...by, organizationId: organization.id, plan: sent.data.plan });
    switch (result.outcome) {
      case 'gone':
        return { content: await goneAnswer(db, { scope, id: organization.id }) };
      case 'made':
        return {
          content: sitesMadeMessage({ ...result, organization, by: actor.email }),
          replacesMessageId: cardMessageId,
        };
      case 'made_before':
      case 'changed': {
        const again = 'Locations or mappings have changed since you saw them: nothing was made.';
        const shown = { scope, organization, page: pageAsked(1), now: clock.now(), again };
        return { content: (await answerProposal(db, shown)) ?? madeBeforeMessage(organization) };
      }
    }
  },
};

const assigning = z.object({ site_id: z.uuid(), list_id: z.uuid() });

/** Has a site use a list. */
export const useDeviceList: Action<ChangeDeps> = {
  name: 'use-ndl',
  async run(deps, input) {
    const sent = assigning.safeParse(input.inputs);
    if (!sent.success) return { content: siteGoneMessage };
    const { site_id: siteId, list_id: listId } = sent.data;
    const result = await assignDeviceList(deps, { ...changing(input, input.scope), siteId, listId });
    switch (result.outcome) {
      case 'gone':
        return { content: listGoneMessage };
      case 'elsewhere':
        return { content: listElsewhereMessage };
      case 'assigned':
        return oneSite(deps, input, `It uses ${result.list} now.`);
    }
  },
};
