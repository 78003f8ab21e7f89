// The check of an organization's record, as a person fills it in.

import { z } from 'zod';
import { trimmed } from '../lib/search-key.ts';
import { parseOrganizationNumber } from '../webex/ids.ts';
import {
  FIELD_MAX_LENGTH,
  type FieldName,
  fieldNamed,
  NO_CHOICE,
  NO_SECRET,
  ORGANIZATION_FIELDS,
  type SecretName,
} from './organization-fields.ts';
import { proxyProblem } from './proxy-address.ts';

/** A record that passed the check. Empty optional fields are null; toggles are booleans. */
export interface OrganizationValues {
  readonly name: string;
  readonly wholesale_status: boolean;
  readonly webex_contact_center: boolean;
  readonly base_url_setting: string | null;
  /** The UUID that Control Hub shows, lower case. */
  readonly account_number_external: string;
  /** The same organization as the API's base64 id, derived from the number that was given. */
  readonly account_number: string;
  readonly account_email: string | null;
  readonly default_calling_behaviour: string | null;
  readonly email_domain: string | null;
  readonly dirsync_enabled: boolean;
  readonly notes: string | null;
  readonly http_proxy: string | null;
  readonly https_proxy: string | null;
  readonly sync: boolean;
}

/** What is wrong with one field, with the field's label and a hint in the message. Never contains a secret. */
export interface FieldProblem {
  readonly field: FieldName;
  readonly message: string;
}

/**
 * Checks what a person filled in and gives the record's values, or every problem at once, in the order of the fields.
 * White space in one-line fields becomes single spaces; control characters, and those that turn the direction of the
 * text around them, are refused. Keys that are no field are ignored.
 */
export function checkOrganization(
  input: Readonly<Record<string, unknown>>,
): { readonly values: OrganizationValues } | { readonly problems: readonly FieldProblem[] } {
  const checked = record.safeParse(input);
  const messages = new Map<unknown, string>();
  for (const { path, message } of checked.error?.issues ?? []) {
    const field = path[0];
    if (!messages.has(field)) messages.set(field, message);
  }
  // Asked apart from the record's own check, which stops before such a rule when another field is wrong.
  if (
    contactCenter.safeParse(input[contactCenterField]).data === true &&
    region.safeParse(input[regionField]).data === null
  ) {
    messages.set(regionField, `${label(regionField)} is missing: choose the region of this contact-center customer.`);
  }
  if (checked.success && messages.size === 0) {
    const { account_number_external: number, ...rest } = checked.data;
    return { values: { ...rest, account_number_external: number.uuid, account_number: number.webexId } };
  }
  return {
    problems: ORGANIZATION_FIELDS.flatMap(({ name }) => {
      const message = messages.get(name);
      return message === undefined ? [] : [{ field: name, message }];
    }),
  };
}

/** The secrets for which nothing was typed: a record that has them keeps them. */
export function untypedSecrets(input: Readonly<Record<string, unknown>>): SecretName[] {
  const names: SecretName[] = ['http_proxy', 'https_proxy'];
  return names.filter((name) => trimmed(text(name).parse(input[name])) === '');
}

/** Whether the typed text asks to remove the secret. */
export function isNoSecret(typed: string): boolean {
  return trimmed(typed).toLowerCase() === NO_SECRET;
}

const contactCenterField = 'webex_contact_center';
const regionField = 'base_url_setting';

const contactCenter = toggle(contactCenterField);
const region = choice(regionField);

const record = z.object({
  name: requiredLine('name', 'type the name of this customer'),
  account_number_external: requiredLine(
    'account_number_external',
    'copy it from Webex Control Hub, where it stands under Account',
  ).transform((text, context) => {
    const number = parseOrganizationNumber(text);
    if (!('problem' in number)) return number;
    context.addIssue({ code: 'custom', message: `${label('account_number_external')}: ${number.problem}` });
    return z.NEVER;
  }),
  account_email: emptyOr(
    line('account_email'),
    z.email(
      problem('account_email', 'is not an e-mail address: type one such as admin@example.com, or leave it empty.'),
    ),
  ),
  sync: toggle('sync'),
  wholesale_status: toggle('wholesale_status'),
  webex_contact_center: contactCenter,
  base_url_setting: region,
  default_calling_behaviour: choice('default_calling_behaviour'),
  email_domain: emptyOr(
    line('email_domain'),
    z
      .string()
      .regex(
        domainName(),
        problem('email_domain', 'is not a domain name: type one such as example.com, without @ and http://.'),
      )
      .toLowerCase(),
  ),
  dirsync_enabled: toggle('dirsync_enabled'),
  http_proxy: proxy('http_proxy'),
  https_proxy: proxy('https_proxy'),
  notes: emptyOr(notes('notes'), z.string()),
});

function label(name: FieldName): string {
  return fieldNamed(name).label;
}

function problem(name: FieldName, rest: string): string {
  return `${label(name)} ${rest}`;
}

/** What a form or a file left out is as empty as an empty field. */
function text(name: FieldName) {
  return z.preprocess((value) => value ?? '', z.string(problem(name, 'is not text: type it again.')));
}

function bounded(name: FieldName) {
  return z
    .string()
    .max(FIELD_MAX_LENGTH, problem(name, `is too long: shorten it to ${FIELD_MAX_LENGTH} characters.`))
    .refine((value) => !/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u.test(value.replaceAll('\n', '')), {
      error: problem(name, 'contains an invisible control character: type it again instead of pasting it.'),
    });
}

function line(name: FieldName) {
  return text(name)
    .transform((value) => trimmed(value.replace(/\s+/gu, ' ')))
    .pipe(bounded(name));
}

function notes(name: FieldName) {
  return text(name)
    .transform((value) => value.replace(/\r\n?/g, '\n').replaceAll('\t', ' '))
    .transform(trimmed)
    .pipe(bounded(name));
}

function requiredLine(name: FieldName, hint: string) {
  return line(name).refine((value) => value !== '', { error: problem(name, `is missing: ${hint}.`) });
}

/** Null for an empty field, else what `rule` makes of it. */
function emptyOr<T extends string>(value: z.ZodType<string>, rule: z.ZodType<T, string>) {
  return value.pipe(z.union([z.literal('').transform(() => null), rule]));
}

function toggle(name: FieldName) {
  return z.preprocess(
    (value) => (value === undefined || value === null || value === '' ? fieldNamed(name).initial : value),
    z
      .union([z.boolean(), z.enum(['true', 'false'])], problem(name, 'is neither on nor off: choose one.'))
      .transform((value) => value === true || value === 'true'),
  );
}

function choice(name: FieldName) {
  const { choices } = fieldNamed(name);
  const labels = choices.map((known) => known.label).join(', ');
  return line(name)
    .transform((value) => (value === NO_CHOICE ? '' : value))
    .refine((value) => value === '' || choices.some((known) => known.value === value), {
      error: problem(name, `is not one of its choices: choose ${labels}.`),
    })
    .transform((value) => (value === '' ? null : value));
}

/** A domain name of two labels or more, in ASCII (RFC 1035 lengths). */
function domainName(): RegExp {
  return /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
}

/**
 * `http(s)://[user:password]@host:port`, or the word for none. Messages say which part is wrong and never repeat the value, which may hold a
 * password.
 */
function proxy(name: FieldName) {
  return line(name).transform((value, context) => {
    if (value === '' || isNoSecret(value)) return null;
    const wrong = proxyProblem(value);
    if (wrong === null) return value;
    context.addIssue({
      code: 'custom',
      message: problem(
        name,
        `${wrong}: write http(s)://[user:password]@host:port, such as http://proxy.example.com:3128.`,
      ),
    });
    return z.NEVER;
  });
}
