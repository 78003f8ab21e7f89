// `connect partner`: the record of the provider's own organization, whose grant serves all that it manages, and its connect link.

import { suffices } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Action, CommandInput } from '../../chat/command.ts';
import { tooFewRights } from '../../chat/refusals.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { checkOrganization } from '../../organizations/check-organization.ts';
import { duplicateAnswer } from '../../organizations/organization.lookup.ts';
import { linkAnswer } from '../connect/link-answer.ts';
import { partnerForm, partnersMessage, standsBelowMessage } from './partner.view.ts';
import { readPartners } from './read-partners.ts';
import { savePartner } from './save-partner.ts';

interface Deps {
  db: Db;
  clock: Clock;
}

/** What `connect partner` answers. */
export async function connectPartner({ db, clock }: Deps, { standing }: CommandInput): Promise<Answer> {
  if (!suffices(standing, 'provider')) return tooFewRights(standing, 'provider');
  const partners = await readPartners(db);
  return { content: partners.length === 0 ? partnerForm({}) : partnersMessage({ partners, now: clock.now() }) };
}

/** Opens the form for one more. */
export const openPartnerForm: Action<Deps> = {
  name: 'add-partner',
  needs: 'provider',
  run: async () => ({ content: partnerForm({}) }),
};

/** Saves the form, and answers with the connect link; or shows it again with what was typed. */
export const savePartnerForm: Action<Deps> = {
  name: 'save-partner',
  needs: 'provider',
  async run(deps, { inputs, actor, scope, place, cardMessageId }) {
    const { name, account_number_external } = inputs;
    const checked = checkOrganization({ name, account_number_external });
    if ('problems' in checked) {
      return {
        content: partnerForm({ values: inputs, problems: checked.problems }),
        replacesMessageId: cardMessageId,
      };
    }
    const result = await savePartner(deps, { values: checked.values, by: actor, roomId: place.roomId });
    if (result.outcome === 'below') return { content: standsBelowMessage(result) };
    if (result.outcome === 'deleted') return { content: await duplicateAnswer(deps.db, { scope, id: result.id }) };
    return { ...linkAnswer(result.organizationId, actor), replacesMessageId: cardMessageId };
  },
};
