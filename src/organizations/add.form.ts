// The submitted organization form: saved, or given back with every problem beside its field and everything that was typed still in it.

import type { Answer } from '../chat/answer.ts';
import type { CommandDeps, CommandInput } from '../chat/command.ts';
import { duplicateReply } from '../chat/refusals.ts';
import { registerOrganization } from './add-organization.ts';
import { checkOrganization } from './check-organization.ts';
import { organizationForm } from './organization-form.view.ts';

/** Undefined where the answer is owed as a notice already, saved together with the record. */
export async function saveOrganization(deps: CommandDeps, input: CommandInput): Promise<Answer | undefined> {
  const { inputs, person, place, eventId, cardMessageId } = input;
  const checked = checkOrganization(inputs);
  if ('problems' in checked) {
    return {
      content: organizationForm({ mode: 'add', values: inputs, problems: checked.problems }),
      replacesMessageId: cardMessageId,
    };
  }
  const result = await registerOrganization(deps, {
    values: checked.values,
    by: person.email,
    place,
    eventId,
    formMessageId: cardMessageId,
  });
  if (result.outcome === 'registered') return undefined;
  // The form stays: what was typed may belong to another organization whose number was mistaken.
  return { content: duplicateReply({ existing: result.existing }) };
}
