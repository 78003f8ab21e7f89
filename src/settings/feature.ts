// Settings: what the provider or a space has decided for itself.

import type { Feature } from '../feature.ts';
import { settings as command } from './settings.command.ts';
import { editSettings, saveSettings } from './settings.form.ts';

export const settings: Feature = { commands: [command], actions: [editSettings, saveSettings] };
