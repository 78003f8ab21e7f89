// The form of the settings: opened for one level, saved, or given back with every problem beside its field and everything that was typed still in it.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import type { CommandDeps, CommandInput } from '../chat/command.ts';
import { changeSettings } from './change-settings.ts';
import { settingsByLevel } from './settings.store.ts';
import { differingSetting, NEVER_CHANGED, settingsForm, settingsReply } from './settings.view.ts';
import { checkSettings } from './settings-fields.ts';

/** The nearest level where a card of another version names none. */
const levelSchema = z.enum(['provider', 'space']).catch('space');

/** Which state of the level the form was made from; that of another version saw none that stands now. */
const seenAtSchema = z
  .union([z.literal(NEVER_CHANGED).transform(() => null), z.iso.datetime().transform((text) => new Date(text))])
  .catch(new Date(0));

/** The form for the level that the button names. */
export async function editSettings({ db }: CommandDeps, { inputs, place }: CommandInput): Promise<Answer> {
  const level = levelSchema.parse(inputs['level']);
  const levels = await settingsByLevel(db, place.roomId);
  return { content: settingsForm({ level, levels, seenAt: levels.changedAt[level] }) };
}

/** Saves the form; the answer shows what counts now. */
export async function saveSettings(
  deps: CommandDeps,
  { inputs, person, place, isDirect, cardMessageId }: CommandInput,
): Promise<Answer> {
  const level = levelSchema.parse(inputs['level']);
  const seenAt = seenAtSchema.parse(inputs['seen_at']);
  const checked = checkSettings(inputs);
  if ('problems' in checked) {
    const levels = await settingsByLevel(deps.db, place.roomId);
    return {
      content: settingsForm({ level, levels, seenAt, typed: inputs, problems: checked.problems }),
      replacesMessageId: cardMessageId,
    };
  }
  const { roomId } = place;
  const by = person.email;
  const result = await changeSettings(deps, { level, roomId, isDirect, seenAt, values: checked.values, by });
  if (result.outcome === 'conflict') {
    const { levels, differing } = result;
    return {
      content: settingsForm({
        level,
        levels,
        seenAt: levels.changedAt[level],
        typed: inputs,
        isConflict: true,
        problems: differing.map((name) => differingSetting({ level, levels, name })),
      }),
      replacesMessageId: cardMessageId,
    };
  }
  return {
    content: settingsReply({ levels: await settingsByLevel(deps.db, roomId), savedBy: by }),
    replacesMessageId: cardMessageId,
  };
}
