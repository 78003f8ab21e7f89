// The settings of a space with the level that has decided each, and the form in which a level decides for itself or inherits.

import { actionSets, emphasized, inputsButton, submitButton } from '../chat/buttons.ts';
import { reply } from '../chat/compose.ts';
import { type Fact, factLines, shownName } from '../chat/facts.ts';
import { lines, md, paragraphs } from '../chat/markdown.ts';
import { renderCard } from '../chat/render.ts';
import type { Reply } from '../chat/reply.ts';
import { shorten } from '../lib/text.ts';
import { DISCARD_FORM } from '../organizations/organization-form.view.ts';
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
/** What Save sends as `seen_at` where the level had decided nothing yet. */
export const NEVER_CHANGED = 'never';

const INPUT_MAX_LENGTH = 120;
const PROBLEM_MAX_CHARACTERS = 250;

const levelWords: Readonly<Record<SettingsLevel, string>> = { provider: 'all spaces', space: 'this space' };

/** Each setting's value as it counts here, and where it comes from. */
export function settingsReply({
  levels,
  savedBy,
}: {
  readonly levels: LevelSettings;
  /** E-mail of whoever has just changed them. */
  readonly savedBy?: string;
}): Reply {
  const resolved = resolveDownTo('space', levels);
  const facts: Fact[] = SETTING_NAMES.map((name) => ({
    title: SETTING_FIELDS[name].label,
    value: `${settingWords(name, resolved)} (${sourceWords(levels, name)})`,
  }));
  const title = savedBy === undefined ? 'Settings of this space' : `${shownName(savedBy)} changed the settings`;
  return reply(
    paragraphs([md`**${title}**`, factLines(facts), md`They are changed with the buttons on the card.`]),
    renderCard('result', {
      title,
      color: 'default',
      texts: [],
      facts,
      actionSets: actionSets([
        submitButton('Change for this space', { action: EDIT_SETTINGS, level: 'space' }),
        submitButton('Change for all spaces', { action: EDIT_SETTINGS, level: 'provider' }),
      ]),
    }),
  );
}

/** The form of one level: what it decides for itself, and beside it what it would inherit. */
export function settingsForm(view: {
  readonly level: SettingsLevel;
  readonly levels: LevelSettings;
  /** When the level was changed last, in the state that the person has seen; null where it had decided nothing yet. */
  readonly seenAt: Date | null;
  /** The level was changed meanwhile, and `problems` say where it differs. */
  readonly isConflict?: boolean;
  /** What was typed into a form that could not be saved. */
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly problems?: readonly SettingProblem[];
}): Reply {
  const { level, levels, seenAt, typed, problems = [] } = view;
  const inherited = inheritedBy(level, levels);
  const sent = typed ? settingsInForm(typed) : [];
  const own = levels[level];
  const title = `Settings for ${levelWords[level]}`;
  const rejected = problems.length === 0 ? null : 'Not saved yet: look at what is marked.';
  const summary = view.isConflict ? CONFLICT : rejected;
  const fields = SETTING_NAMES.map((name) => {
    const { label, help } = SETTING_FIELDS[name];
    const choices = settingChoices(name, own);
    const inherits = settingWords(name, inherited);
    return {
      ...inputView(sent.includes(name) ? typed?.[name] : settingText(name, own), choices !== undefined),
      id: name,
      label,
      help: choices ? help : `${help} Empty: ${inherits}, inherited.`,
      choices: [{ value: INHERIT, label: `Inherit: ${inherits}` }, ...(choices ?? [])],
      problem: problemOf(name, problems),
    };
  });
  return reply(
    paragraphs([
      md`**${title}**`,
      md`${summary ?? 'Fill in the form on the card; a client that shows no cards cannot send it.'}`,
      problems.length === 0 ? null : lines(problems.map(({ name }) => md`- ${problemOf(name, problems) ?? ''}`)),
    ]),
    renderCard('form', {
      title,
      color: 'default',
      summary,
      fields,
      actionSets: actionSets([
        emphasized(
          inputsButton('Save', {
            action: SAVE_SETTINGS,
            level,
            seen_at: seenAt?.toISOString() ?? NEVER_CHANGED,
            [SETTINGS_IN_FORM]: SETTING_NAMES.join(' '),
          }),
        ),
        submitButton('Cancel', { action: DISCARD_FORM }),
      ]),
    }),
  );
}

const CONFLICT =
  'Not saved yet: these settings were changed meanwhile. Where they differ from this form, the form says so; Save puts what stands here in their place.';

/** Beside a setting of a form that somebody else has outrun. */
export function differingSetting({
  level,
  levels,
  name,
}: {
  readonly level: SettingsLevel;
  readonly levels: LevelSettings;
  readonly name: SettingName;
}): SettingProblem {
  const own = knownSettings(levels[level]);
  const counts = resolveDownTo(level, levels);
  const words = settingWords(name, counts);
  return { name, message: `${SETTING_FIELDS[name].label} now: ${words}${name in own ? '' : ', inherited'}` };
}

function sourceWords(levels: LevelSettings, name: SettingName): string {
  if (levels.space[name] !== undefined) return 'this space';
  return levels.provider[name] === undefined ? 'built in' : 'inherited from all spaces';
}

function problemOf(name: SettingName, problems: readonly SettingProblem[]): string | null {
  const problem = problems.find((candidate) => candidate.name === name);
  return problem === undefined ? null : shorten(problem.message, PROBLEM_MAX_CHARACTERS);
}

/** What the template needs of an input beside its words. */
function inputView(value: unknown, isChoice: boolean) {
  const text = typeof value === 'string' ? shorten(value, INPUT_MAX_LENGTH) : '';
  return {
    isToggle: false,
    isChoice,
    isMultiline: false,
    required: false,
    maxLength: INPUT_MAX_LENGTH,
    regex: null,
    errorMessage: null,
    value: isChoice && text === '' ? INHERIT : text,
  };
}
