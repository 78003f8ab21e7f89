// People: who has rights, and the grantors of connections.

import type { Feature } from '../feature.ts';
import { admins, leavingTextsAction } from './admins.command.ts';
import { leavingTextsRenderer } from './leaving.render.ts';
import { askFromList, giveRightChosen, takeConfirmed } from './rights.command.ts';
import { rightGivenRenderer } from './rights.render.ts';

export const people: Feature = {
  commands: [admins],
  actions: [giveRightChosen, askFromList, takeConfirmed, leavingTextsAction],
  notices: [rightGivenRenderer, leavingTextsRenderer],
};
