// The form of the settings: opened for one level, saved, or shown again with every problem beside its field and all that was typed.

import { z } from 'zod';
import { mayChange, suffices } from '../chat/actor.ts';
import type { Answer } from '../chat/answer.ts';
import type { Action } from '../chat/command.ts';
import { tooFewRightsMessage } from '../chat/refusals.ts';
import { type ChangeSettingsDeps, changeSettings } from './change-settings.ts';
import { settingsByLevel } from './settings.store.ts';
import { SETTINGS_LEVELS } from './settings.ts';
import {
  differingSetting,
  EDIT_SETTINGS,
  NEVER_CHANGED,
  SAVE_SETTINGS,
  settingsForm,
  settingsMessage,
} from './settings.view.ts';
import { checkSettings } from './settings-fields.ts';

/** The level of the form. A card of another version that names none means the nearest level. */
const levelSchema = z.enum(SETTINGS_LEVELS).catch('space');

/** The version of the level that the form was made from. A form of another version gets one that is always a conflict. */
const expectedVersionSchema = z
  .union([z.literal(NEVER_CHANGED).transform(() => null), z.iso.datetime().transform((text) => new Date(text))])
  .catch(new Date(0));

/** The form for the level that the button names. */
export const editSettings: Action<Pick<ChangeSettingsDeps, 'db'>> = {
  name: EDIT_SETTINGS,
  isForEverybody: true,
  async run({ db }, { inputs, place }) {
    const level = levelSchema.parse(inputs['level']);
    const levels = await settingsByLevel(db, place.roomId);
    return { content: settingsForm({ level, levels, expectedVersion: levels.changedAt[level] }) };
  },
};

/** Saves the form; the answer shows what counts now. */
export const saveSettings: Action<ChangeSettingsDeps> = {
  name: SAVE_SETTINGS,
  isForEverybody: true,
  async run(deps, { inputs, actor, standing, place: { roomId }, isDirect, cardMessageId }) {
    const level = levelSchema.parse(inputs['level']);
    const isAllowed =
      level === 'provider' ? suffices(standing, 'provider') : mayChange(standing, standing.customer.path);
    if (!isAllowed) return { content: tooFewRightsMessage(standing, 'provider') };
    const expectedVersion = expectedVersionSchema.parse(inputs['seen_at']);
    const inPlaceOfForm = (content: Answer['content']): Answer => ({ content, replacesMessageId: cardMessageId });
    const checked = checkSettings(inputs);
    if ('problems' in checked) {
      const levels = await settingsByLevel(deps.db, roomId);
      return inPlaceOfForm(settingsForm({ level, levels, expectedVersion, typed: inputs, problems: checked.problems }));
    }
    const by = actor.email;
    const result = await changeSettings(deps, { level, roomId, isDirect, expectedVersion, values: checked.values, by });
    if (result.outcome === 'conflict') {
      const { levels, differing } = result;
      const problems = differing.map((name) => differingSetting({ level, levels, name }));
      const form = { level, levels, expectedVersion: levels.changedAt[level], typed: inputs, problems };
      return inPlaceOfForm(settingsForm({ ...form, isConflict: true }));
    }
    return inPlaceOfForm(settingsMessage({ levels: await settingsByLevel(deps.db, roomId), savedBy: by }));
  },
};
