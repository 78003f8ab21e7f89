// `floors`: the floors of a location, read at Webex when somebody asks.

import { z } from 'zod';
import type { Command } from '../../chat/command.ts';
import { findOrganizationInScope } from '../../organizations/organization.store.ts';
import { listFloors } from '../../webex/locations.ts';
import { ifFound } from '../../webex/unless-gone.ts';
import { type AskDeps, askWebexOf } from '../ask-webex-of.ts';
import { unreadableMessage } from '../sync/sync.view.ts';
import { kindsNamed } from '../sync/sync-rules.ts';
import { findLocation, searchLocations } from './location.store.ts';
import { floorsMessage, missingLocationMessage, noLocationMessage, whichLocationMessage } from './locations.view.ts';

/** How many locations are offered where several match. */
const mostOffered = 10;

const chosen = z.object({ organization_id: z.uuid(), location_id: z.string().min(1).max(500) });

export const floors: Command<AskDeps> = {
  name: 'floors',
  needs: 'viewer',
  usage: 'floors <location>',
  summary: 'Show the floors of a location, as Webex has them now.',
  group: 'Directory',
  examples: ['floors detroit plant'],
  async run(deps, { argument, inputs, scope, concerns }) {
    const { db } = deps;
    const sent = chosen.safeParse(inputs);
    const found = sent.success
      ? [await findLocation(db, { scope, organizationId: sent.data.organization_id, webexId: sent.data.location_id })]
      : argument === ''
        ? []
        : await searchLocations(db, { scope, part: argument, limit: mostOffered });
    const called = found.filter((one) => one?.name.toLowerCase() === argument.toLowerCase());
    const [location] = called.length === 1 ? called : found;
    if (!location) return { content: noLocationMessage(argument) };
    if (called.length !== 1 && found.length > 1) {
      return {
        content: whichLocationMessage({ typed: argument, locations: found.filter((one) => one !== undefined) }),
      };
    }
    const organization = await findOrganizationInScope(db, { scope, id: location.organizationId });
    if (!organization) return { content: noLocationMessage(argument) };
    concerns(organization.id);
    const kinds = kindsNamed('locations');
    const asked = await askWebexOf(deps, {
      organization,
      kinds,
      ask: (webex) => ifFound(listFloors(webex, location.webexId)),
    });
    if ('why' in asked) return { content: unreadableMessage({ organization, why: asked.why, kinds }) };
    if (!asked.answer) return { content: missingLocationMessage(location) };
    return { content: floorsMessage({ location, floors: asked.answer }) };
  },
};
