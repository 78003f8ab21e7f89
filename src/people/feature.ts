// People: who may command the bot, and who gave which grant.

import type { Feature } from '../feature.ts';
import { admins } from './admins.command.ts';

export const people: Feature = { commands: [admins] };
