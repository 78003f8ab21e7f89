// The last step of a partner's Connect: what it manages is listed at once.

import { connectStep } from '../connections/connect/steps/step.ts';
import { counted } from '../lib/text.ts';
import type { Step } from '../transactions/workflow.ts';
import { type LookDeps, lookAtPartner } from './look-at-partner.ts';
import { countSights } from './managed.store.ts';

const words = { failed: 'Your list of customers could not be read.', gives: 'the list of your customers' };

export const lookStep: Step<LookDeps> = {
  ...connectStep<LookDeps>(
    'list_managed',
    'List the managed organizations',
    async (deps, { organization }) => {
      const looked = await lookAtPartner(deps, organization);
      if (looked.outcome === 'looked') {
        const { managed } = await countSights(deps.db, organization.id);
        return { outcome: 'done', message: `It manages ${counted(managed, 'organization')}.` };
      }
      return {
        outcome: 'failed',
        fatal: false,
        reason: looked.outcome === 'refused' ? looked.code : looked.outcome,
        message:
          looked.outcome === 'empty'
            ? `${organization.name} is connected, but Webex lists no organization besides it.`
            : `${organization.name} is connected, but Webex did not list what it manages.`,
        hint: 'Whoever consents must be a Partner Full Administrator. Type connect partner for a fresh link.',
      };
    },
    words,
  ),
  isFor: ({ servesAsPartner }) => servesAsPartner,
  async resultFacts(db, { organizationId }) {
    if (organizationId === null) return [];
    const { managed, new: fresh } = await countSights(db, organizationId);
    if (managed === 0) return [];
    return [{ title: 'Manages', value: `${counted(managed, 'organization')}, ${fresh} of them new: type discover` }];
  },
};
