// The form in which a level decides for itself or inherits, and the question whether a change of many organizations is meant.

import { button, emphasized, inputsButton } from '../chat/buttons.ts';
import type { Field } from '../chat/fields.ts';
import { DISCARD_FORM, formMessage } from '../chat/form.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { counted, shorten } from '../lib/text.ts';
import { mostUnconfirmed } from './confirm-rules.ts';
import { levelInputs, levelWords } from './levels.view.ts';
import type { NamedLevel } from './settings.store.ts';
import {
  inheritedBy,
  knownSettings,
  type OwnSettings,
  resolveChain,
  SETTING_NAMES,
  type SettingName,
  type SettingsLevel,
} from './settings.ts';
import {
  INHERIT,
  SETTING_FIELDS,
  SETTINGS_IN_FORM,
  type SettingProblem,
  settingChoices,
  settingsInForm,
  settingText,
  settingWords,
} from './settings-fields.ts';

/** What the buttons send as `action`; the inputs carry the settings' names. */
export const EDIT_SETTINGS = 'edit-settings';
export const SAVE_SETTINGS = 'save-settings';

/** What was typed into the form, which the question and the way back carry along. */
type Typed = { [SETTINGS_IN_FORM]: string; seen_at: string } & { [Name in SettingName]?: string };

declare module '../chat/actions.ts' {
  interface Actions {
    [EDIT_SETTINGS]: { level: SettingsLevel; customer_id?: string } & Partial<Typed>;
    [SAVE_SETTINGS]: { level: SettingsLevel; customer_id?: string; confirmed?: number } & Typed;
  }
}

/** What Save sends as `seen_at` where the level had decided nothing yet. */
export const NEVER_CHANGED = 'never';

const INPUT_MAX_LENGTH = 120;
const PROBLEM_MAX_CHARACTERS = 200;

const seenAt = (expectedVersion: Date | null) => expectedVersion?.toISOString() ?? NEVER_CHANGED;

/** The level that a chain is about: its last. */
function levelOf(chain: readonly NamedLevel[]): NamedLevel {
  const last = chain.at(-1);
  if (!last) throw new Error('a chain of settings has no level');
  return last;
}

/** The form of the chain's last level: what it decides for itself, and beside it what it would inherit. */
export function settingsForm(view: {
  readonly chain: readonly NamedLevel[];
  /** How many organizations stand at or below the level. */
  readonly organizations: number;
  /** When the level was changed last, as the person has seen it; null where it had decided nothing yet. */
  readonly expectedVersion: Date | null;
  /** Another change came first; `problems` say which values differ. */
  readonly isConflict?: boolean;
  /** What was typed into a form that could not be saved. */
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly problems?: readonly SettingProblem[];
}): CardMessage {
  const { chain, organizations, expectedVersion, typed, problems = [] } = view;
  const level = levelOf(chain);
  const sent = typed ? settingsInForm(typed) : [];
  const rejected = problems.length === 0 ? null : 'Not saved yet: correct the marked settings.';
  const summary = view.isConflict ? CONFLICT : rejected;
  const fields = SETTING_NAMES.map((name): Field => {
    const { label, help } = SETTING_FIELDS[name];
    const choices = settingChoices(name, level.own);
    const inherits = settingWords(name, inheritedBy(chain));
    const text = inputText(sent.includes(name) ? typed?.[name] : settingText(name, level.own));
    const problem = problems.find((candidate) => candidate.name === name)?.message;
    const input = { id: name, label, problem: problem ? shorten(problem, PROBLEM_MAX_CHARACTERS) : null };
    if (!choices) {
      const empty = `${help} Empty: ${inherits}, inherited.`;
      return { ...input, kind: 'text', help: empty, value: text, maxLength: INPUT_MAX_LENGTH };
    }
    const inherit = { value: INHERIT, label: `Inherit: ${inherits}` };
    return { ...input, kind: 'choice', help, value: text || INHERIT, choices: [inherit, ...choices] };
  });
  const save = {
    ...levelInputs(level),
    seen_at: seenAt(expectedVersion),
    [SETTINGS_IN_FORM]: SETTING_NAMES.join(' '),
  };
  const reach = reachWords(level, organizations);
  return formMessage({
    title: `Settings for ${levelWords(level)}`,
    summary,
    fields: [
      { kind: 'text', text: reach },
      { kind: 'fields', fields },
    ],
    save: inputsButton('Save', SAVE_SETTINGS, save),
  });
}

/** For whom the level's values count, before anything is saved. */
function reachWords({ level }: NamedLevel, organizations: number): string {
  if (level === 'space') {
    return organizations === 0
      ? 'No organization is told of in this space yet.'
      : `What you set counts for ${counted(organizations, 'organization')} told of in this space.`;
  }
  if (organizations === 0) return 'No organization stands here or below yet.';
  const unless = 'unless a level below has its own value';
  const ask = organizations > mostUnconfirmed ? ` You confirm a change of more than ${mostUnconfirmed} first.` : '';
  return `What you set counts for ${counted(organizations, 'organization')} here and below, ${unless}.${ask}`;
}

const CONFLICT =
  'Not saved yet: these settings were changed meanwhile. Each difference is marked below. Press Save to overwrite them with this form.';

/** The problem beside a setting that another change has set to another value. */
export function differingSetting(view: {
  readonly chain: readonly NamedLevel[];
  readonly name: SettingName;
}): SettingProblem {
  const { chain, name } = view;
  const words = settingWords(name, resolveChain(chain));
  const isOwn = name in knownSettings(levelOf(chain).own);
  return { name, message: `${SETTING_FIELDS[name].label} now: ${words}${isOwn ? '' : ', inherited'}` };
}

/** Asks whether a change of many organizations is meant. Nothing is saved; Back opens the form with all that was typed. */
export function confirmSettingsMessage(view: {
  readonly chain: readonly NamedLevel[];
  readonly values: OwnSettings;
  readonly differing: readonly SettingName[];
  readonly touched: number;
  readonly typed: Readonly<Record<string, unknown>>;
  readonly expectedVersion: Date | null;
}): CardMessage {
  const { chain, values, differing, touched, typed, expectedVersion } = view;
  const level = levelOf(chain);
  const changed = resolveChain([...chain.slice(0, -1), { ...level, own: { ...level.own, ...values } }]);
  const present = resolveChain(chain);
  const organizations = counted(touched, 'organization');
  const inputs = {
    ...levelInputs(level),
    ...Object.fromEntries(settingsInForm(typed).map((name) => [name, inputText(typed[name])])),
    seen_at: seenAt(expectedVersion),
    [SETTINGS_IN_FORM]: settingsInForm(typed).join(' '),
  };
  return message({
    mark: '⚠️',
    title: `This changes ${organizations}`,
    texts: [`Nothing is saved yet. The settings of ${levelWords(level)} count for ${organizations}.`],
    facts: differing.map((name) => {
      const isInherited = name in values && values[name] === undefined;
      const words = settingWords(name, changed);
      return {
        title: SETTING_FIELDS[name].label,
        value: `${settingWords(name, present)} → ${isInherited ? `inherited: ${words}` : words}`,
      };
    }),
    buttons: [
      emphasized(button(`Change ${organizations}`, SAVE_SETTINGS, { ...inputs, confirmed: touched })),
      button('Back to the form', EDIT_SETTINGS, inputs),
      button('Cancel', DISCARD_FORM),
    ],
    typed: md`Confirm it with the buttons on the card.`,
  });
}

/** An input's value; of what a card cannot hold, nothing. */
const inputText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? shorten(String(value), INPUT_MAX_LENGTH) : '';
