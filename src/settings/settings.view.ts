// The settings of a space with the level that has decided each, and the form in which a level decides for itself or inherits.

import { button, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import type { Field } from '../chat/fields.ts';
import { formMessage } from '../chat/form.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { shorten } from '../lib/text.ts';
import {
  inheritedBy,
  knownSettings,
  type LevelSettings,
  resolveDownTo,
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

declare module '../chat/actions.ts' {
  interface Actions {
    [EDIT_SETTINGS]: { level: SettingsLevel };
    [SAVE_SETTINGS]: { level: SettingsLevel; seen_at: string; [SETTINGS_IN_FORM]: string };
  }
}

/** What Save sends as `seen_at` where the level had decided nothing yet. */
export const NEVER_CHANGED = 'never';

const INPUT_MAX_LENGTH = 120;
const PROBLEM_MAX_CHARACTERS = 250;

const levelWords: Readonly<Record<SettingsLevel, string>> = { provider: 'all spaces', space: 'this space' };

/**
 * Each setting's value as it counts here, and where it comes from; `savedBy` is the e-mail of whoever has just changed them. `keysInUse`: the ids of the
 * encryption keys that tokens and proxies are sealed with.
 */
export function settingsMessage(view: {
  readonly levels: LevelSettings;
  readonly savedBy?: string;
  readonly keysInUse?: readonly string[];
}): CardMessage {
  const { levels, savedBy, keysInUse = [] } = view;
  const resolved = resolveDownTo('space', levels);
  return message({
    title: savedBy === undefined ? 'Settings of this space' : `${shownName(savedBy)} changed the settings`,
    facts: [
      ...SETTING_NAMES.map((name) => ({
        title: SETTING_FIELDS[name].label,
        value: `${settingWords(name, resolved)} (${sourceWords(levels, name)})`,
      })),
      ...(keysInUse.length === 0 ? [] : [{ title: 'Encryption keys in use', value: keysInUse.join(', ') }]),
    ],
    buttons: [
      button('Change for this space', EDIT_SETTINGS, { level: 'space' }),
      button('Change for all spaces', EDIT_SETTINGS, { level: 'provider' }),
    ],
    typed: md`Change them with the buttons on the card.`,
  });
}

/** The form of one level: what it decides for itself, and beside it what it would inherit. */
export function settingsForm(view: {
  readonly level: SettingsLevel;
  readonly levels: LevelSettings;
  /** When the level was changed last, as the person has seen it; null where it had decided nothing yet. */
  readonly expectedVersion: Date | null;
  /** Another change came first; `problems` say which values differ. */
  readonly isConflict?: boolean;
  /** What was typed into a form that could not be saved. */
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly problems?: readonly SettingProblem[];
}): CardMessage {
  const { level, levels, expectedVersion, typed, problems = [] } = view;
  const sent = typed ? settingsInForm(typed) : [];
  const rejected = problems.length === 0 ? null : 'Not saved yet: correct the marked settings.';
  const summary = view.isConflict ? CONFLICT : rejected;
  const fields = SETTING_NAMES.map((name): Field => {
    const { label, help } = SETTING_FIELDS[name];
    const choices = settingChoices(name, levels[level]);
    const inherits = settingWords(name, inheritedBy(level, levels));
    const text = inputText(sent.includes(name) ? typed?.[name] : settingText(name, levels[level]));
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
    level,
    seen_at: expectedVersion?.toISOString() ?? NEVER_CHANGED,
    [SETTINGS_IN_FORM]: SETTING_NAMES.join(' '),
  };
  return formMessage({
    title: `Settings for ${levelWords[level]}`,
    summary,
    fields: [{ kind: 'fields', fields }],
    save: inputsButton('Save', SAVE_SETTINGS, save),
  });
}

const CONFLICT =
  'Not saved yet: these settings were changed meanwhile. Each difference is marked below. Press Save to overwrite them with this form.';

/** The problem beside a setting that another change has set to another value. */
export function differingSetting(view: {
  readonly level: SettingsLevel;
  readonly levels: LevelSettings;
  readonly name: SettingName;
}): SettingProblem {
  const { level, levels, name } = view;
  const words = settingWords(name, resolveDownTo(level, levels));
  const isOwn = name in knownSettings(levels[level]);
  return { name, message: `${SETTING_FIELDS[name].label} now: ${words}${isOwn ? '' : ', inherited'}` };
}

function sourceWords(levels: LevelSettings, name: SettingName): string {
  if (levels.space[name] !== undefined) return 'this space';
  return levels.provider[name] === undefined ? 'built in' : 'inherited from all spaces';
}

const inputText = (value: unknown): string => (typeof value === 'string' ? shorten(value, INPUT_MAX_LENGTH) : '');
