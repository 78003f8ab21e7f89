// The provisioning parameters of a change: what the form sends, and the check of it. Webex never tells them again, so none of them can be shown as it is now.

import { trimmed } from '../../../lib/search-key.ts';
import { isTimeZone } from '../../../lib/time-zone.ts';
import { packageNames } from '../wholesale-rules.ts';
import { LINE_MAX, readFields } from './text-fields.ts';

/** The text fields of the form, in its order. */
export const PARAMETER_FIELDS = [
  { id: 'location_name', label: 'Calling: name of the location', help: 'Such as Head Office.', max: 80 },
  { id: 'address1', label: 'Calling: Address Line 1', help: 'Street and number.', max: LINE_MAX },
  { id: 'address2', label: 'Calling: Address Line 2', help: 'Optional.', max: LINE_MAX },
  { id: 'city', label: 'Calling: City', help: 'Of the location.', max: LINE_MAX },
  {
    id: 'state',
    label: 'Calling: State or Province',
    help: 'As ISO 3166 writes it, where the country has them.',
    max: 20,
  },
  { id: 'zip', label: 'Calling: ZIP or Postal Code', help: 'Where the country has them.', max: 20 },
  { id: 'country', label: 'Calling: Country', help: 'Two letters, such as US.', max: 2 },
  { id: 'calling_time_zone', label: 'Calling: time zone', help: 'Such as America/Los_Angeles.', max: 60 },
  { id: 'language', label: 'Calling: language', help: 'Of e-mails and announcements, such as en_us.', max: 10 },
  {
    id: 'emergency_id',
    label: 'Calling: emergency location identifier',
    help: 'Optional: for emergency calls.',
    max: 60,
  },
  { id: 'meetings_time_zone', label: 'Meetings: time zone', help: 'Such as America/Los_Angeles.', max: 60 },
  {
    id: 'limits',
    label: 'Limits',
    help: 'How many of a package at most: webex_calling 50, webex_meetings 20.',
    max: 400,
  },
] as const;

export type ParameterField = (typeof PARAMETER_FIELDS)[number]['id'];
export type ParametersTyped = Record<ParameterField, string>;
export type ParameterProblems = Partial<Record<ParameterField, string>>;

export const nothingTyped = Object.fromEntries(PARAMETER_FIELDS.map(({ id }) => [id, ''])) as ParametersTyped;

/** As Webex takes them (OpenAPI, `provisioningParameters`). */
export interface ProvisioningParameters {
  calling?: {
    location: {
      name: string;
      address: Record<string, string>;
      timezone: string;
      language: string;
      emergencyLocationIdentifier?: string;
    };
  };
  meetings?: { timezone: string };
  packages?: { limits: Record<string, number> };
}

/** What was sent, as the form shows it again. */
export const readParameters = (inputs: Readonly<Record<string, unknown>>): ParametersTyped =>
  readFields(PARAMETER_FIELDS, inputs);

const callingFields = PARAMETER_FIELDS.map(({ id }) => id).filter(
  (id) => id !== 'meetings_time_zone' && id !== 'limits',
);
const neededOfCalling: readonly ParameterField[] = [
  'location_name',
  'address1',
  'city',
  'country',
  'calling_time_zone',
  'language',
];

/** The parameters, none where nothing was typed; or every problem at once. */
export function checkParameters(
  typed: ParametersTyped,
): { parameters: ProvisioningParameters | undefined } | { problems: ParameterProblems } {
  const problems: ParameterProblems = {};
  const hasCalling = callingFields.some((id) => typed[id] !== '');
  for (const { id, max } of PARAMETER_FIELDS) {
    if (typed[id].length > max) problems[id] = `at most ${max} characters.`;
    else if (hasCalling && typed[id] === '' && neededOfCalling.includes(id)) problems[id] = 'a location needs it.';
  }
  if (hasCalling && typed.country !== '' && !/^[A-Z]{2}$/i.test(typed.country))
    problems.country ??= 'two letters, such as US.';
  for (const id of ['calling_time_zone', 'meetings_time_zone'] as const) {
    if (typed[id] !== '' && !isTimeZone(typed[id]))
      problems[id] ??= 'a name of the time zone database, such as Europe/Berlin.';
  }
  const limits = readLimits(typed.limits);
  if (limits === undefined)
    problems.limits ??= 'a package and a whole number each, such as webex_calling 50, webex_meetings 20.';
  if (limits === undefined || Object.keys(problems).length > 0) return { problems };
  const parameters = {
    ...(hasCalling && { calling: { location: locationOf(typed) } }),
    ...(typed.meetings_time_zone !== '' && { meetings: { timezone: typed.meetings_time_zone } }),
    ...(Object.keys(limits).length > 0 && { packages: { limits } }),
  };
  return { parameters: Object.keys(parameters).length === 0 ? undefined : parameters };
}

function locationOf(typed: ParametersTyped): NonNullable<ProvisioningParameters['calling']>['location'] {
  const address = {
    addressLine1: typed.address1,
    addressLine2: typed.address2,
    city: typed.city,
    stateOrProvince: typed.state,
    zipOrPostalCode: typed.zip,
    country: typed.country.toUpperCase(),
  };
  return {
    name: typed.location_name,
    address: Object.fromEntries(Object.entries(address).filter(([, value]) => value !== '')),
    timezone: typed.calling_time_zone,
    language: typed.language,
    ...(typed.emergency_id !== '' && { emergencyLocationIdentifier: typed.emergency_id }),
  };
}

/** `webex_calling 50, webex_meetings=20`; undefined where it is none. */
function readLimits(text: string): Record<string, number> | undefined {
  const limits: Record<string, number> = {};
  for (const part of text.split(/[,;]/).map(trimmed)) {
    if (part === '') continue;
    const [, name = '', number = ''] = /^(\w+)\s*[=: ]\s*(\d{1,7})$/.exec(part) ?? [];
    if (!packageNames.includes(name.toLowerCase())) return undefined;
    limits[name.toLowerCase()] = Number(number);
  }
  return limits;
}
