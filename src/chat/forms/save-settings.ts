// The form of the settings: opened for one level, saved, or given back with every problem beside its field and everything that was typed still in it.

import { z } from 'zod';
import { settingsByLevel } from '../../db/settings.ts';
import { checkSettings } from '../../domain/settings-fields.ts';
import { changeSettings } from '../../flows/change-settings.ts';
import type { Answer } from '../answer.ts';
import type { CommandDeps, CommandInput } from '../commands/command.ts';
import { settingsForm, settingsReply } from '../views/settings.ts';

/** The nearest level where a card of another version names none. */
const levelSchema = z.enum(['provider', 'space']).catch('space');

/** The form for the level that the button names. */
export async function editSettings({ db }: CommandDeps, { inputs, place }: CommandInput): Promise<Answer> {
  const level = levelSchema.parse(inputs['level']);
  return { content: settingsForm({ level, levels: await settingsByLevel(db, place.roomId) }) };
}

/** Saves the form; the answer shows what counts now. */
export async function saveSettings(
  deps: CommandDeps,
  { inputs, person, place, isDirect, cardMessageId }: CommandInput,
): Promise<Answer> {
  const level = levelSchema.parse(inputs['level']);
  const checked = checkSettings(inputs);
  if ('problems' in checked) {
    const levels = await settingsByLevel(deps.db, place.roomId);
    return {
      content: settingsForm({ level, levels, typed: inputs, problems: checked.problems }),
      replacesMessageId: cardMessageId,
    };
  }
  await changeSettings(deps, {
    level,
    roomId: place.roomId,
    isDirect,
    values: checked.values,
    by: person.email,
  });
  return {
    content: settingsReply({ levels: await settingsByLevel(deps.db, place.roomId), savedBy: person.email }),
    replacesMessageId: cardMessageId,
  };
}
