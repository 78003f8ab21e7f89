// The submitted form of an existing record: saved, or shown again with what was typed and why it was not saved.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { Action, CommandInput } from '../chat/command.ts';
import { checkOrganization, untypedSecrets } from './check-organization.ts';
import { type EditOrganizationDeps, editOrganization } from './edit-organization.ts';
import { differenceProblem, numberBoundProblem, unchangedMessage } from './edited.view.ts';
import { duplicateAnswer, goneAnswer, goneMessage } from './organization.lookup.ts';
import { findOrganizationInScope } from './organization.store.ts';
import { type EditView, organizationForm, SAVE_EDITED } from './organization-form.view.ts';

/** What the Save button sends beside the inputs. */
const editedSchema = z.object({
  organization_id: z.uuid(),
  seen_at: z.iso.datetime().transform((text) => new Date(text)),
});

/** The answer is queued together with the changed record. */
export const saveEdited: Action<EditOrganizationDeps> = { name: SAVE_EDITED, run: save };

async function save(
  deps: EditOrganizationDeps,
  { inputs, actor, scope, place, eventId, cardMessageId, concerns }: CommandInput,
): Promise<Answer | undefined> {
  const edited = editedSchema.safeParse(inputs);
  if (!edited.success) return { content: goneMessage };
  const { organization_id: organizationId, seen_at: expectedVersion } = edited.data;
  const inPlaceOfForm = (content: Answer['content']): Answer => ({ content, replacesMessageId: cardMessageId });
  const shownAgain = (view: Omit<EditView, 'mode' | 'values'>) =>
    inPlaceOfForm(organizationForm({ mode: 'edit', values: inputs, ...view }));

  const record = await findOrganizationInScope(deps.db, { scope, id: organizationId });
  if (!record) return { content: await goneAnswer(deps.db, { scope, id: organizationId }) };
  concerns(record.id);
  const checked = checkOrganization(inputs);
  if ('problems' in checked) {
    return shownAgain({ record: { ...record, updatedAt: expectedVersion }, problems: checked.problems });
  }
  const result = await editOrganization(deps, {
    organizationId,
    expectedVersion,
    values: checked.values,
    kept: untypedSecrets(inputs),
    by: actor,
    place,
    eventId,
    formMessageId: cardMessageId,
  });
  switch (result.outcome) {
    case 'edited':
      return undefined;
    case 'unchanged':
      return inPlaceOfForm(unchangedMessage(result));
    case 'conflict':
      return shownAgain({
        record: result.organization,
        isConflict: true,
        problems: result.changes.map(differenceProblem),
      });
    case 'number_bound':
      return shownAgain({ record: result.organization, problems: [numberBoundProblem(result)] });
    case 'duplicate':
      // The form stays: only its number must be corrected.
      return { content: await duplicateAnswer(deps.db, { scope, id: result.existing.id }) };
    case 'gone':
      return { content: await goneAnswer(deps.db, { scope, id: organizationId }) };
  }
}
