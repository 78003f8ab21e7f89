// People: the administrators, and the grantors of connections.

import type { Feature } from '../feature.ts';
import { admins } from './admins.command.ts';

export const people: Feature = { commands: [admins] };
