// The submitted organization form: saved, or shown again with what was typed and every problem beside its field.

import type { Action } from '../chat/command.ts';
import { DISCARD_FORM } from '../chat/form.ts';
import { type AddOrganizationDeps, addOrganization } from './add-organization.ts';
import { checkOrganization } from './check-organization.ts';
import { customerOfForm } from './customer-of-form.ts';
import { savedAlreadyMessage } from './edited.view.ts';
import { duplicateAnswer } from './organization.lookup.ts';
import { findOrganizationInScope } from './organization.store.ts';
import { organizationForm, SAVE_ORGANIZATION } from './organization-form.view.ts';

/** The answer is queued together with the record. */
export const saveOrganization: Action<AddOrganizationDeps> = {
  name: SAVE_ORGANIZATION,
  async run(deps, input) {
    const { inputs, actor, scope, place, eventId, cardMessageId, concerns } = input;
    const checked = checkOrganization(inputs);
    const customer = await customerOfForm(deps.db, input);
    if ('problems' in checked || 'problem' in customer) {
      const problems = 'problems' in checked ? checked.problems : [];
      return {
        content: organizationForm({ mode: 'add', customer, values: inputs, problems }),
        replacesMessageId: cardMessageId,
      };
    }
    const result = await addOrganization(deps, {
      values: checked.values,
      customerId: customer.id,
      by: actor,
      place,
      eventId,
      formMessageId: cardMessageId,
    });
    if (result.outcome === 'registered') {
      concerns(result.organization.id);
      return undefined;
    }
    concerns(result.existing.id);
    // The form stays: what was typed may belong to another organization whose number was mistaken.
    const asked = { scope, id: result.existing.id };
    const existing = await findOrganizationInScope(deps.db, asked);
    const isSaved = existing && result.outcome === 'saved_already';
    return { content: isSaved ? savedAlreadyMessage(existing) : await duplicateAnswer(deps.db, asked) };
  },
};

/** Removes a form that was canceled. */
export const discardForm: Action<unknown> = { name: DISCARD_FORM, run: async () => 'discard' };
