// The form for an organization's record: usual fields first, the rest under "More settings", problems beside their fields.

import { inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import type { Field } from '../chat/fields.ts';
import { formMessage } from '../chat/form.ts';
import type { CardMessage } from '../chat/message.ts';
import { trimmed } from '../lib/search-key.ts';
import { type FieldProblem, isNoSecret } from './check-organization.ts';
import type { Organization } from './organization.store.ts';
import {
  CUSTOMER_INPUT,
  FIELD_MAX_LENGTH,
  type FieldName,
  NO_CHOICE,
  NO_SECRET,
  ORGANIZATION_FIELDS,
  type Field as RecordField,
  type SecretName,
} from './organization-fields.ts';

/** What Save sends as `action`; the inputs carry the fields' names. */
export const SAVE_ORGANIZATION = 'save-organization';
export const SAVE_EDITED = 'save-edited-organization';

declare module '../chat/actions.ts' {
  interface Actions {
    [SAVE_ORGANIZATION]: object;
    /** `draft_id`: a draft whose secrets count where none are typed. */
    [SAVE_EDITED]: { organization_id: string; seen_at: string; draft_id?: string };
  }
}

/** What stays in sight; the other fields are there from the start, but folded away. */
const USUAL_FIELDS: readonly FieldName[] = ['name', 'account_number_external', 'account_email', 'sync'];

/** What people paste around a value without seeing it; the record's own check drops it, or names it. */
const around = '[^A-Za-z0-9]*';

/** The value, or nothing at all. */
const optional = (shape: string): string => `^${around}((${shape})${around})?$`;

const proxyCheck = {
  regex: optional('[Hh][Tt][Tt][Pp][Ss]?://([^\\s@/]+@)?(\\[[0-9A-Fa-f:.]+\\]|[^\\s:@/]+):[0-9]{1,5}|[Nn][Oo][Nn][Ee]'),
  errorMessage: 'Write http(s)://[user:password]@host:port, or leave it empty.',
};

/** What the client checks before it sends the form: coarser than the record's own check, so that it never blocks what that allows. */
const clientChecks: Partial<Record<FieldName, { readonly regex: string; readonly errorMessage: string }>> = {
  account_number_external: {
    // In braces, with other hyphens or none, and inside an address of Control Hub, a number is understood: none is shorter than its 32 digits.
    regex: '^.{32,}$',
    errorMessage: 'Copy the number from Webex Control Hub, where it stands under Account.',
  },
  account_email: {
    regex: optional('[^\\s@]+@[^\\s@]+\\.[^\\s@]+'),
    errorMessage: 'Type an e-mail address such as admin@example.com, or leave it empty.',
  },
  email_domain: {
    regex: optional('([A-Za-z0-9-]+\\.)+[A-Za-z0-9-]+'),
    errorMessage: 'Type a domain name such as example.com, or leave it empty.',
  },
  http_proxy: proxyCheck,
  https_proxy: proxyCheck,
};

const KEPT_SECRET = `Set, stored encrypted. Leave it empty to keep it, or type ${NO_SECRET} to remove it.`;
const DRAFT_SECRET = 'Kept as you typed it. Leave it empty to save that, or type another.';
const LOST_SECRET = 'Type it again: this form never shows what was typed here.';

/**
 * How many bytes of JSON a kept value may take, so that no form outgrows what Webex shows: the longest allowed value of
 * free text fits, and any value of the other fields that could pass the check.
 */
const FREE_TEXT_MAX_BYTES = 3 * FIELD_MAX_LENGTH + 2;
const OTHER_MAX_BYTES = FIELD_MAX_LENGTH + 2;

interface Sent {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly problems?: readonly FieldProblem[];
}

/** The form of a record that exists. */
export interface EditView extends Sent {
  readonly mode: 'edit';
  /** As it stands; its `updatedAt` tells the save which state of it the person has seen. */
  readonly record: Pick<Organization, FieldName | 'id' | 'updatedAt'>;
  /** The record was changed meanwhile, and `problems` say where it differs. */
  readonly isConflict?: boolean;
  /** What was typed before, and which secrets are among it: they are kept unless others are typed. */
  readonly draft?: { readonly id: string; readonly secrets: readonly SecretName[] } | undefined;
}

/** The form of a new record. `customer`: the node of the tree that it is to belong to, by its name; without a value the form does not ask. */
export interface AddView extends Sent {
  readonly mode: 'add';
  readonly customer?: { readonly value?: string | undefined; readonly problem?: string };
}

const customerField = ({ value = '', problem = null }: { value?: string | undefined; problem?: string | null }) => ({
  id: CUSTOMER_INPUT,
  label: 'Customer',
  help: 'The reseller or customer that it belongs to: a name, or names from above down such as North / Acme.',
  kind: 'text' as const,
  maxLength: FIELD_MAX_LENGTH,
  value: cutToJsonBytes(value, OTHER_MAX_BYTES),
  problem,
});

/**
 * The form: empty, filled with a record, or with the `values` as they were sent and what is wrong with them. Secrets are never sent
 * back: whoever typed one is asked to type it again.
 */
export function organizationForm(view: EditView | AddView): CardMessage {
  const { problems = [] } = view;
  const customer = view.mode === 'add' && view.customer?.value !== undefined ? [customerField(view.customer)] : [];
  const count = problems.length + customer.filter(({ problem }) => problem !== null).length;
  const record = view.mode === 'edit' ? view.record : undefined;
  const values: Readonly<Record<string, unknown>> = view.values ?? (record ? withoutSecrets(record) : {});
  const summary = view.mode === 'edit' && view.isConflict ? CONFLICT : problemSummary(count);
  const draft = view.mode === 'edit' ? view.draft : undefined;
  const fields = ORGANIZATION_FIELDS.map((field) => {
    const isInDraft = draft?.secrets.some((name) => name === field.name) ?? false;
    return fieldView(field, { sent: values[field.name], stored: record?.[field.name] ?? null, isInDraft, problems });
  });
  const usual = fields.filter(({ name }) => USUAL_FIELDS.includes(name)).map(({ input }) => input);
  const more = fields.filter(({ name }) => !USUAL_FIELDS.includes(name));
  const isOpen = more.some(({ isTouched }) => isTouched);
  return formMessage({
    title: record ? `Edit ${shownName(record.name)}` : 'Add a Webex organization',
    summary,
    fields: [
      { kind: 'fields', fields: [...usual, ...customer] },
      { kind: 'folded', title: 'More settings', fields: more.map(({ input }) => input), isOpen },
    ],
    save: record
      ? inputsButton('Save', SAVE_EDITED, {
          organization_id: record.id,
          seen_at: record.updatedAt.toISOString(),
          ...(draft ? { draft_id: draft.id } : {}),
        })
      : inputsButton('Save', SAVE_ORGANIZATION),
  });
}

const CONFLICT =
  'Not saved yet: this record was changed meanwhile. Each difference is marked below. Press Save to overwrite it with this form.';

function withoutSecrets(record: Pick<Organization, FieldName>): Record<string, unknown> {
  const open = ORGANIZATION_FIELDS.filter(({ kind }) => kind !== 'secret');
  return Object.fromEntries(open.map(({ name }) => [name, record[name]]));
}

function problemSummary(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? 'Not saved yet: correct 1 field.' : `Not saved yet: correct ${count} fields.`;
}

/** The input of a field, and whether there is anything in it that must not hide. */
function fieldView(
  field: RecordField,
  {
    sent,
    stored,
    isInDraft,
    problems,
  }: { sent: unknown; stored: string | boolean | null; isInDraft: boolean; problems: readonly FieldProblem[] },
): { readonly name: FieldName; readonly input: Field; readonly isTouched: boolean } {
  const { name, label, help, kind, required: isRequired } = field;
  const check = clientChecks[name];
  const problem = problems.find((candidate) => candidate.field === name)?.message ?? null;
  const isLostSecret = kind === 'secret' && typeof sent === 'string' && trimmed(sent) !== '' && !isNoSecret(sent);
  const stays = isInDraft && !isLostSecret ? DRAFT_SECRET : '';
  const kept = stays || (kind === 'secret' && stored !== null ? KEPT_SECRET : '');
  const value = keptValue(field, sent);
  const input = {
    id: name,
    label,
    help: kept === '' ? help : `${kept} ${help}`,
    kind: kind === 'secret' ? 'text' : kind,
    choices: [{ value: NO_CHOICE, label: 'Not set' }, ...field.choices],
    maxLength: FIELD_MAX_LENGTH,
    isRequired,
    regex: check?.regex,
    errorMessage: check?.errorMessage ?? (isRequired ? `${label} is missing.` : undefined),
    value,
    problem,
    warning: isLostSecret ? LOST_SECRET : null,
  } as const;
  return {
    name,
    input,
    isTouched: problem !== null || isLostSecret || isInDraft || value !== keptValue(field, undefined),
  };
}

/** The value as the input shows it again; what a field starts with where nothing was sent. */
function keptValue({ kind, name, initial, choices }: RecordField, sent: unknown): string {
  const text = typeof sent === 'string' || typeof sent === 'boolean' ? String(sent) : initial;
  switch (kind) {
    case 'secret':
      return isNoSecret(text) ? NO_SECRET : '';
    case 'toggle':
      return text === 'true' ? 'true' : 'false';
    case 'choice':
      return choices.some((choice) => choice.value === text) ? text : NO_CHOICE;
    default:
      return cutToJsonBytes(text, kind === 'notes' || name === 'name' ? FREE_TEXT_MAX_BYTES : OTHER_MAX_BYTES);
  }
}

function cutToJsonBytes(text: string, maxBytes: number): string {
  const bytes = (part: string) => Buffer.byteLength(JSON.stringify(part));
  if (bytes(text) <= maxBytes) return text;
  let kept = '';
  let left = maxBytes - 2;
  for (const character of text) {
    left -= bytes(character) - 2;
    if (left < 0) break;
    kept += character;
  }
  return kept;
}
