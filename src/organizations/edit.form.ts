// The submitted form of an existing record: saved, or shown again with what was typed and why it was not saved. Where the record would need what its grant
// does not permit, what was typed is kept as a draft until somebody confirms it.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { ClickInputs } from '../chat/click-inputs.ts';
import type { Action, CommandInput } from '../chat/command.ts';
import { checkOrganization, untypedSecrets } from './check-organization.ts';
import { confirmEditMessage, draftGoneMessage, EDIT_DRAFT, SAVE_DRAFT } from './confirm-edit.view.ts';
import { type EditOrganizationDeps, editOrganization } from './edit-organization.ts';
import { differenceProblem, numberBoundProblem, unchangedMessage } from './edited.view.ts';
import { duplicateAnswer, goneAnswer, goneMessage } from './organization.lookup.ts';
import { findOrganizationInScope } from './organization.store.ts';
import { type EditView, organizationForm, SAVE_EDITED } from './organization-form.view.ts';
import { keepDraft, openDraft, type RecordDraft, secretsOf, withoutSecretsOf, withSecretsOf } from './record-draft.ts';

/** What the Save button sends beside the inputs. */
const editedSchema = z.object({
  organization_id: z.uuid(),
  seen_at: z.iso.datetime().transform((text) => new Date(text)),
});

/** The answer is queued together with the changed record. */
export const saveEdited: Action<EditOrganizationDeps> = {
  name: SAVE_EDITED,
  async run(deps, input) {
    const { inputs, scope } = input;
    const edited = editedSchema.safeParse(inputs);
    if (!edited.success) return { content: goneMessage };
    const { organization_id: organizationId, seen_at: expectedVersion } = edited.data;
    const found = await openDraft(deps, { scope, named: inputs['draft_id'] });
    const draft = found?.organizationId === organizationId ? found : undefined;
    return save(deps, input, { organizationId, expectedVersion, inputs, draft, confirmed: [] });
  },
};

/** Saves a draft by somebody who has read what its grant lacks. */
export const saveDraft: Action<EditOrganizationDeps> = {
  name: SAVE_DRAFT,
  async run(deps, input) {
    const draft = await openDraft(deps, { scope: input.scope, named: input.inputs['draft_id'] });
    if (!draft) return { content: draftGoneMessage };
    const { organizationId, seenAt: expectedVersion, inputs, scopes: confirmed } = draft;
    return save(deps, input, { organizationId, expectedVersion, inputs, draft, confirmed });
  },
};

/** Leads from the question back to the form, with all that was typed. */
export const editDraft: Action<EditOrganizationDeps> = {
  name: EDIT_DRAFT,
  async run(deps, { inputs, scope, concerns, cardMessageId }) {
    const draft = await openDraft(deps, { scope, named: inputs['draft_id'] });
    const record = draft && (await findOrganizationInScope(deps.db, { scope, id: draft.organizationId }));
    if (!draft || !record) return { content: draftGoneMessage };
    concerns(record.id);
    const seen = { ...record, updatedAt: draft.seenAt };
    return {
      content: organizationForm({
        mode: 'edit',
        record: seen,
        values: withoutSecretsOf(draft, draft.inputs),
        draft: inForm(draft),
      }),
      replacesMessageId: cardMessageId,
    };
  },
};

const inForm = (draft: RecordDraft | undefined): EditView['draft'] =>
  draft && { id: draft.id, secrets: secretsOf(draft) };

interface Form {
  organizationId: string;
  expectedVersion: Date;
  /** What was typed. */
  inputs: ClickInputs;
  /** What was typed before: its secrets count where none are typed. */
  draft: RecordDraft | undefined;
  /** The lacking scopes that the person has read of. */
  confirmed: readonly string[];
}

async function save(
  deps: EditOrganizationDeps,
  { actor, scope, place, eventId, cardMessageId, concerns }: CommandInput,
  { organizationId, expectedVersion, inputs: typed, draft, confirmed }: Form,
): Promise<Answer | undefined> {
  const inPlaceOfForm = (content: Answer['content']): Answer => ({ content, replacesMessageId: cardMessageId });
  const shownAgain = (view: Omit<EditView, 'mode' | 'values' | 'draft'>) =>
    inPlaceOfForm(
      organizationForm({ mode: 'edit', values: withoutSecretsOf(draft, typed), draft: inForm(draft), ...view }),
    );

  const record = await findOrganizationInScope(deps.db, { scope, id: organizationId });
  if (!record) return { content: await goneAnswer(deps.db, { scope, id: organizationId }) };
  concerns(record.id);
  const inputs = withSecretsOf(draft, typed);
  const checked = checkOrganization(inputs);
  if ('problems' in checked) {
    return shownAgain({ record: { ...record, updatedAt: expectedVersion }, problems: checked.problems });
  }
  const result = await editOrganization(deps, {
    organizationId,
    expectedVersion,
    values: checked.values,
    kept: untypedSecrets(inputs),
    confirmed,
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
    case 'unconfirmed': {
      const scopes = result.lacking.scopes.map(({ scope: lacking }) => lacking);
      const draftId = await keepDraft(deps, { organizationId, inputs, scopes, seenAt: expectedVersion });
      return inPlaceOfForm(confirmEditMessage({ ...result, draftId }));
    }
    case 'number_bound':
      return shownAgain({ record: result.organization, problems: [numberBoundProblem(result)] });
    case 'duplicate':
      // The form stays: only its number must be corrected.
      return { content: await duplicateAnswer(deps.db, { scope, id: result.existing.id }) };
    case 'gone':
      return { content: await goneAnswer(deps.db, { scope, id: organizationId }) };
  }
}
