// The settings that count in a space or at a node of the tree, each with the level that it comes from.

import { button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { counted } from '../lib/text.ts';
import { levelInputs, levelWords, sourceWords } from './levels.view.ts';
import type { NamedLevel } from './settings.store.ts';
import { resolveChain, SETTING_NAMES } from './settings.ts';
import { SETTING_FIELDS, settingWords } from './settings-fields.ts';
import { EDIT_SETTINGS } from './settings-form.view.ts';

/**
 * Each setting's value as it counts at the chain's last level, and where it comes from. `changeable`: the levels that the reader may change, with a button
 * each. `savedBy` is the e-mail of whoever has just changed them, and `touched` for how many organizations. `keysInUse`: the ids of the encryption keys
 * that tokens and proxies are sealed with.
 */
export function settingsMessage(view: {
  readonly chain: readonly NamedLevel[];
  readonly changeable: readonly NamedLevel[];
  readonly savedBy?: string;
  readonly touched?: number | undefined;
  readonly keysInUse?: readonly string[];
}): CardMessage {
  const { chain, changeable, savedBy, touched, keysInUse = [] } = view;
  const resolved = resolveChain(chain);
  const last = chain.at(-1);
  const whose = last ? levelWords(last) : 'nobody';
  return message({
    title: savedBy === undefined ? `Settings of ${whose}` : `${shownName(savedBy)} changed the settings of ${whose}`,
    texts: [touched === undefined ? null : touchedWords(touched)],
    facts: [
      ...SETTING_NAMES.map((name) => ({
        title: SETTING_FIELDS[name].label,
        value: `${settingWords(name, resolved)} (${sourceWords(chain, name)})`,
      })),
      ...(keysInUse.length === 0 ? [] : [{ title: 'Encryption keys in use', value: keysInUse.join(', ') }]),
    ],
    buttons: changeable.map((level) => button(`Change for ${levelWords(level)}`, EDIT_SETTINGS, levelInputs(level))),
    typed:
      changeable.length === 0
        ? md`Ask an administrator to change them: admins lists them.`
        : md`Change them with the buttons on the card.`,
  });
}

const touchedWords = (touched: number): string =>
  touched === 0
    ? 'This changes nothing for the organizations that there are now.'
    : `This counts for ${counted(touched, 'organization')}.`;
