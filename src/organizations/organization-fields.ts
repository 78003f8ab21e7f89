// The fields that a person fills in for a customer's Webex organization: their labels, help texts and choices, once.

import { CONTACT_CENTER_REGIONS, regionLabel } from '../webex/contact-center-regions.ts';

/** Longest value of any field, in UTF-16 code units as inputs count them. */
export const FIELD_MAX_LENGTH = 1024;

/** The form's input for the node of the tree that a new record is to belong to. */
export const CUSTOMER_INPUT = 'customer';

/** `secret` fields are stored sealed and never shown again. */
export type FieldKind = 'text' | 'notes' | 'choice' | 'toggle' | 'secret';

export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly help: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** What a choice may be; empty for the other kinds. */
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** The value that a new record starts with, and that a missing toggle means. */
  readonly initial: string;
}

/** The fields that a person fills in. */
export type FieldName =
  | 'name'
  | 'wholesale_status'
  | 'webex_contact_center'
  | 'base_url_setting'
  | 'account_number_external'
  | 'account_email'
  | 'default_calling_behaviour'
  | 'email_domain'
  | 'dirsync_enabled'
  | 'notes'
  | 'http_proxy'
  | 'https_proxy'
  | 'sync';

export type SecretName = 'http_proxy' | 'https_proxy';

/** What a form sends for a choice that is left open: a card's choice cannot be empty. */
export const NO_CHOICE = 'none';

/** What a person types to take a secret away: an empty field keeps the one that is stored, since no form can show it. */
export const NO_SECRET = 'none';

const CALLING_BEHAVIOURS = [
  'Calling in Webex App',
  'Calling in Webex App (Unified CM)',
  'Cisco Jabber app',
  'Third-Party app',
].map((label) => ({ value: label, label }));

const PROXY_HELP =
  'as http(s)://[user:password]@host:port. Special characters in the user or password must be URL encoded. Stored encrypted and never shown again.';

const optional = { required: false, choices: [], initial: '' } as const;

/** Every field, in the order in which people see them. */
export const ORGANIZATION_FIELDS: readonly Field[] = [
  {
    ...optional,
    name: 'name',
    label: 'Customer Name',
    help: 'Name of this customer.',
    kind: 'text',
    required: true,
  },
  {
    ...optional,
    name: 'account_number_external',
    label: 'Organization Account Number',
    help: 'In Webex Control Hub under Account, e.g. 000fd0e4-83ef-d398-be23-d06998580fed.',
    kind: 'text',
    required: true,
  },
  {
    ...optional,
    name: 'account_email',
    label: 'Admin Account Email',
    help: 'The address of the administrator who will open the connect link.',
    kind: 'text',
  },
  {
    ...optional,
    name: 'sync',
    label: 'Sync on Create',
    help: "Sync this organization's roles and licenses from Control Hub once it is connected.",
    kind: 'toggle',
    initial: 'true',
  },
  {
    ...optional,
    name: 'wholesale_status',
    label: 'Wholesale Customer',
    help: 'The customer is a wholesale customer.',
    kind: 'toggle',
    initial: 'false',
  },
  {
    ...optional,
    name: 'webex_contact_center',
    label: 'Contact Center Customer',
    help: 'The customer is a Webex Contact Center customer.',
    kind: 'toggle',
    initial: 'false',
  },
  {
    ...optional,
    name: 'base_url_setting',
    label: 'Contact Center Region',
    help: 'Required for a contact-center customer: the region whose API serves it.',
    kind: 'choice',
    choices: CONTACT_CENTER_REGIONS,
  },
  {
    ...optional,
    name: 'default_calling_behaviour',
    label: 'Default Calling Behaviour',
    help: 'The default calling behaviour for the organization.',
    kind: 'choice',
    choices: CALLING_BEHAVIOURS,
  },
  {
    ...optional,
    name: 'email_domain',
    label: 'Email Domain for Hybrid Calling in Workspaces',
    help: 'Used for the Unified CM user of a workspace with hybrid calling, e.g. example.com.',
    kind: 'text',
  },
  {
    ...optional,
    name: 'dirsync_enabled',
    label: 'Directory Synchronization Enabled',
    help: 'Must be on if the organization has directory synchronization in Control Hub.',
    kind: 'toggle',
    initial: 'false',
  },
  {
    ...optional,
    name: 'http_proxy',
    label: 'HTTP Proxy',
    help: `Outbound proxy for HTTP traffic, ${PROXY_HELP}`,
    kind: 'secret',
  },
  {
    ...optional,
    name: 'https_proxy',
    label: 'HTTPS Proxy',
    help: `Outbound proxy for HTTPS traffic, ${PROXY_HELP}`,
    kind: 'secret',
  },
  {
    ...optional,
    name: 'notes',
    label: 'Please Note',
    help: 'Anything that colleagues should know about this organization.',
    kind: 'notes',
  },
];

/** A field's value as people read it; of a secret, sealed or not, only whether there is one. */
export function fieldWords(name: FieldName, value: string | boolean | null): string {
  if (value === null) return 'Not set';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (fieldNamed(name).kind === 'secret') return 'Set, stored encrypted';
  return name === 'base_url_setting' ? regionLabel(value) : value;
}

/** The field of that name. */
export function fieldNamed(name: FieldName): Field {
  const field = ORGANIZATION_FIELDS.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`The table of fields lacks ${name}`);
  return field;
}
