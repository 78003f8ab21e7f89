// The settings as people see and type them: labels, words for values, and the check of what a form sends.

import { dayMs } from '../lib/durations.ts';
import { trimmed } from '../lib/search-key.ts';
import { counted } from '../lib/text.ts';
import { MOST_QUIET_HOURS, parseQuietHours, quietHoursWords } from './quiet-hours.ts';
import {
  knownSettings,
  type OwnSettings,
  SETTING_NAMES,
  type SettingName,
  type Settings,
  VERBOSITIES,
} from './settings.ts';

/** What a form sends where a level inherits. An empty text means the same. */
export const INHERIT = 'inherit';

interface SettingField<Name extends SettingName> {
  readonly label: string;
  readonly help: string;
  /** The values that a form offers to choose from; undefined where people type. */
  readonly choices?: readonly Settings[Name][];
  /** As people read it. */
  words(value: Settings[Name]): string;
  /** As a form's input holds it. */
  text(value: Settings[Name]): string;
  /** The value that was typed or chosen; undefined where the text is no value. */
  parse(text: string): Settings[Name] | undefined;
  /** What to type instead. */
  readonly hint: string;
}

/** Numbers are chosen from a list or typed as digits. */
const whole = (text: string): number | undefined => (/^\d{1,4}$/.test(text) ? Number(text) : undefined);

/** Numbers with commas, semicolons or blanks between them, each once. Undefined where one of them is no number. */
function list(text: string, numberOf: (part: string) => number | undefined): number[] | undefined {
  const numbers = text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(numberOf);
  return numbers.some((number) => number === undefined) ? undefined : [...new Set(numbers as number[])];
}

/**
 * Days before expiry, the most first. A number that ends in `s` is seconds, as other systems export it: `172800 s` is 2 days. Seconds are rounded up to
 * whole days, so that no warning comes later than was asked for.
 */
export function parseWarningDays(text: string): number[] | undefined {
  const joined = text.replace(/(\d)\s+s(?=[\s,;]|$)/gi, '$1s');
  const ofPart = (part: string) => {
    const seconds = /^(\d{1,9})s$/i.exec(part)?.[1];
    return seconds === undefined ? whole(part) : Math.ceil((Number(seconds) * 1000) / dayMs);
  };
  return list(joined, ofPart)?.sort((a, b) => b - a);
}

/** The choice between the two: what it says where it is on, and where it is off. */
const yesOrNo = (on: string, off: string) => ({
  choices: [true, false],
  words: (value: boolean) => (value ? on : off),
  text: (value: boolean) => (value ? 'yes' : 'no'),
  parse: (text: string) => ({ yes: true, true: true, no: false, false: false })[text.toLowerCase()],
  hint: 'Choose yes or no.',
});

const verbosityWords: Readonly<Record<Settings['verbosity'], string>> = {
  failures: 'Failures only',
  all: 'Each one at once',
  daily_digest: 'Failures at once, the rest once a day',
};

/** Every setting, in the order in which people see them. */
export const SETTING_FIELDS: { readonly [Name in SettingName]: SettingField<Name> } = {
  expiry_notifications: {
    label: 'Notify before expiry',
    help: 'No: no warnings and no alerts before a connection expires. The expiry itself is always reported.',
    ...yesOrNo('Yes', 'No'),
  },
  warning_days: {
    label: 'Warn before expiry (days)',
    help: 'Days before a connection expires, separated by commas. Warnings of a day come in one message; the expiry itself is always reported.',
    words: (value) => `${value.join(', ')} days before`,
    text: (value) => value.join(', '),
    parse: parseWarningDays,
    hint: 'Type one to ten numbers from 1 to 365, such as 30, 14, 7, 3, 1.',
  },
  escalation_days: {
    label: 'Alert administrators directly',
    help: 'If nobody has acknowledged the warning by then, each administrator that ADMINS names gets a direct message.',
    choices: [0, 1, 2, 3, 5, 7, 14],
    words: (value) => (value === 0 ? 'Never' : `${counted(value, 'day')} before expiry`),
    text: String,
    parse: whole,
    hint: 'Choose from 0 (never) to 30 days.',
  },
  refresh_interval_days: {
    label: 'Refresh tokens at least every',
    help: 'Tokens with a shorter life are refreshed sooner.',
    choices: [1, 2, 3, 4, 5, 6, 7],
    words: (value) => counted(value, 'day'),
    text: String,
    parse: whole,
    hint: 'Choose from 1 to 7 days.',
  },
  verbosity: {
    label: 'Report scheduled refreshes and changes',
    help: 'Whether the space reads of refreshed tokens, and of what scheduled syncs find changed. Warnings and failures are always reported.',
    choices: VERBOSITIES,
    words: (value) => verbosityWords[value],
    text: String,
    parse: (text) => VERBOSITIES.find((known) => known === text),
    hint: 'Choose one from the list.',
  },
  quiet_hours: {
    label: 'Quiet hours',
    help: 'As 22:00-07:00, or none. Messages wait until the quiet hours end; answers to commands do not.',
    words: (value) => (value === null ? 'None' : quietHoursWords(value)),
    text: (value) => (value === null ? 'none' : quietHoursWords(value)),
    parse: (text) => (text.toLowerCase() === 'none' ? null : parseQuietHours(text)),
    hint: `Type two times of the day, at most ${MOST_QUIET_HOURS} hours apart, such as 22:00-07:00, or none.`,
  },
  time_zone: {
    label: 'Time zone',
    help: 'For every time that I write here, for quiet hours and daily summaries, such as Europe/Berlin.',
    words: String,
    text: String,
    parse: (text) => text,
    hint: 'Type a name of the time zone database, such as Europe/Berlin or America/New_York.',
  },
  link_lifetime_hours: {
    label: 'A connect link works for',
    help: 'A link works once, and never longer than this.',
    choices: [1, 4, 8, 24, 48, 72, 168],
    words: (value) => (value % 24 === 0 && value > 24 ? counted(value / 24, 'day') : counted(value, 'hour')),
    text: String,
    parse: whole,
    hint: 'Choose from 1 to 168 hours.',
  },
  delete_approval: {
    label: 'A second administrator approves a delete',
    help: 'Whoever asks for the delete cannot approve it. A Yes at a level above counts here too: a No below does not take it back.',
    ...yesOrNo('Yes', 'No'),
  },
  apply_calling_behaviour: {
    label: 'Apply the default calling behaviour on user sync',
    help: 'After a sync of people, those without a choice of their own get the record’s Default Calling Behaviour, once somebody has applied a dry run of it: type calling with a name.',
    ...yesOrNo('Yes', 'No'),
  },
  read_admin_audit: {
    label: 'Read the admin audit',
    help: 'Tells why a connection was lost. Who is connected must reconnect.',
    ...yesOrNo('Yes', 'No'),
  },
  license_thresholds: {
    label: 'License use to be notified of (percent)',
    help: 'Percent of a license in use. The space of an organization is notified when a sync finds that one was crossed.',
    words: (value) => value.map((percent) => `${percent}%`).join(', '),
    text: (value) => value.join(', '),
    parse: (text) => list(text.replaceAll('%', ' '), whole)?.sort((a, b) => a - b),
    hint: 'Type one to five numbers from 1 to 100, such as 90, 100.',
  },
};

/** The input that lists the settings of a form, separated by blanks. Clients do not send empty inputs: without the list an emptied setting would be lost. */
export const SETTINGS_IN_FORM = 'settings';

/** The settings that a form held: those in its list, and all that it sent. */
export function settingsInForm(inputs: Readonly<Record<string, unknown>>): SettingName[] {
  const said = textOf(inputs[SETTINGS_IN_FORM]).split(' ');
  return SETTING_NAMES.filter((name) => said.includes(name) || inputs[name] !== undefined);
}

/** The problem of one setting: its label and the hint. */
export interface SettingProblem {
  readonly name: SettingName;
  readonly message: string;
}

/**
 * Reads a settings form: the level's own values, or every problem at once. A setting that is empty or inherited is undefined. A setting that the form did
 * not hold is left out.
 */
export function checkSettings(
  inputs: Readonly<Record<string, unknown>>,
): { values: OwnSettings } | { problems: SettingProblem[] } {
  const values: Record<string, unknown> = {};
  const problems: SettingProblem[] = [];
  for (const name of settingsInForm(inputs)) {
    const typed = textOf(inputs[name]);
    if (typed === '' || typed === INHERIT) {
      values[name] = undefined;
      continue;
    }
    const { label, hint, parse } = SETTING_FIELDS[name];
    const value = parse(typed);
    const known = value === undefined ? {} : knownSettings({ [name]: value });
    if (name in known) values[name] = known[name];
    else problems.push({ name, message: `${label}: “${typed.slice(0, 60)}” cannot be used. ${hint}` });
  }
  return problems.length > 0 ? { problems } : { values: values as OwnSettings };
}

/** A setting's value in words. */
export function settingWords<Name extends SettingName>(name: Name, settings: Pick<Settings, Name>): string {
  return SETTING_FIELDS[name].words(settings[name]);
}

/** What a level has decided, as a form's input holds it; empty where it inherits. */
export function settingText<Name extends SettingName>(name: Name, own: OwnSettings): string {
  const value = own[name] as Settings[Name] | undefined;
  return value === undefined ? '' : SETTING_FIELDS[name].text(value);
}

/** The values that a form offers; the level's own value is always among them. Undefined where people type. */
export function settingChoices<Name extends SettingName>(
  name: Name,
  own: OwnSettings,
): { value: string; label: string }[] | undefined {
  const { choices, text, words } = SETTING_FIELDS[name];
  if (choices === undefined) return undefined;
  const value = own[name] as Settings[Name] | undefined;
  const offered = value === undefined || choices.includes(value) ? choices : [...choices, value];
  return offered.map((choice) => ({ value: text(choice), label: words(choice) }));
}

function textOf(input: unknown): string {
  return typeof input === 'string' ? trimmed(input) : typeof input === 'number' ? String(input) : '';
}
