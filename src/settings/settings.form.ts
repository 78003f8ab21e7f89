// The form of the settings: opened for one level, confirmed where it changes many organizations, saved, or shown again with every problem beside its
// field and all that was typed.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { Action, CommandInput } from '../chat/command.ts';
import { type ChangeSettingsDeps, changeSettings } from './change-settings.ts';
import { isOfSpace, resolveLevel } from './level.lookup.ts';
import { changeableLevels } from './levels.view.ts';
import { chainOf, type NamedLevel } from './settings.store.ts';
import { settingsMessage } from './settings.view.ts';
import { checkSettings, SETTINGS_IN_FORM } from './settings-fields.ts';
import {
  confirmSettingsMessage,
  differingSetting,
  EDIT_SETTINGS,
  NEVER_CHANGED,
  SAVE_SETTINGS,
  settingsForm,
} from './settings-form.view.ts';
import { countOrganizationsOf } from './touched.store.ts';

/** The version of the level that the form was made from. A form of another version gets one that is always a conflict. */
const expectedVersionSchema = z
  .union([z.literal(NEVER_CHANGED).transform(() => null), z.iso.datetime().transform((text) => new Date(text))])
  .catch(new Date(0));

/** For how many organizations the person has confirmed the change. */
const confirmedSchema = z.int().min(0).optional().catch(undefined);

const versionOf = (chain: readonly NamedLevel[]) => chain.at(-1)?.changedAt ?? null;

/** The form for the level that the button names, with what was typed where the person comes back to it. */
export const editSettings: Action<Pick<ChangeSettingsDeps, 'db'>> = {
  name: EDIT_SETTINGS,
  isForEverybody: isOfSpace,
  async run({ db }, input) {
    const resolved = await resolveLevel(db, input);
    if ('answer' in resolved) return resolved.answer;
    const { of, chain } = resolved;
    const { inputs, scope, cardMessageId } = input;
    const organizations = await countOrganizationsOf(db, { scope, of });
    const isBack = inputs[SETTINGS_IN_FORM] !== undefined;
    if (!isBack) return { content: settingsForm({ chain, organizations, expectedVersion: versionOf(chain) }) };
    const expectedVersion = expectedVersionSchema.parse(inputs['seen_at']);
    return {
      content: settingsForm({ chain, organizations, expectedVersion, typed: inputs }),
      replacesMessageId: cardMessageId,
    };
  },
};

/** Saves the form; the answer shows what counts now. */
export const saveSettings: Action<ChangeSettingsDeps> = { name: SAVE_SETTINGS, isForEverybody: isOfSpace, run: save };

async function save(deps: ChangeSettingsDeps, input: CommandInput): Promise<Answer> {
  const { inputs, actor, scope, place, isDirect, cardMessageId } = input;
  const resolved = await resolveLevel(deps.db, input);
  if ('answer' in resolved) return resolved.answer;
  const { of, chain } = resolved;
  const expectedVersion = expectedVersionSchema.parse(inputs['seen_at']);
  const inPlaceOfForm = (content: Answer['content']): Answer => ({ content, replacesMessageId: cardMessageId });
  const organizations = await countOrganizationsOf(deps.db, { scope, of });
  const checked = checkSettings(inputs);
  if ('problems' in checked) {
    const { problems } = checked;
    return inPlaceOfForm(settingsForm({ chain, organizations, expectedVersion, typed: inputs, problems }));
  }
  const { values } = checked;
  const confirmed = confirmedSchema.parse(inputs['confirmed']);
  const result = await changeSettings(deps, {
    ...{ of, scope, isDirect, expectedVersion, values, confirmed },
    by: actor,
    roomId: place.roomId,
  });
  switch (result.outcome) {
    case 'unconfirmed':
      return inPlaceOfForm(confirmSettingsMessage({ chain, values, typed: inputs, expectedVersion, ...result }));
    case 'conflict': {
      const present = await chainOf(deps.db, of);
      const problems = result.differing.map((name) => differingSetting({ chain: present, name }));
      const form = { chain: present, organizations, expectedVersion: versionOf(present), typed: inputs, problems };
      return inPlaceOfForm(settingsForm({ ...form, isConflict: true }));
    }
    case 'saved': {
      const present = await chainOf(deps.db, of);
      const changeable = changeableLevels(present, scope);
      return inPlaceOfForm(
        settingsMessage({ chain: present, changeable, savedBy: actor.email, touched: result.touched }),
      );
    }
  }
}
