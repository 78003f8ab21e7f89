// `schedules`: when what is read of organizations. With words behind it all are paused, or run again.

import { scopeFor } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Command, CommandInput } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { tooFewRights } from '../../chat/refusals.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import { readSchedules } from './read-schedules.ts';
import { listSchedules } from './schedule.store.ts';
import { askAll } from './schedules.action.ts';
import { organizationSchedulesMessage, schedulesMessage } from './schedules.view.ts';

interface Deps {
  db: Db;
  clock: Clock;
}

export const schedules: Command<Deps> = {
  name: 'schedules',
  needs: 'viewer',
  usage: 'schedules [organization | pause all | resume all]',
  summary: 'Show when organizations are synced and how it went; run, pause, resume or change it.',
  group: 'Organizations',
  examples: ['schedules', 'schedules acme', 'schedules pause all', 'schedules resume all'],
  async run(deps, input) {
    const [, act] = /^(pause|resume)\s+all$/i.exec(input.argument) ?? [];
    if (act !== undefined) return askForAll(deps, input, { isActive: act.toLowerCase() === 'resume' });
    const isOfOne = input.inputs['organization_id'] !== undefined || /[^\d\s]/.test(input.argument);
    return isOfOne ? ofOne(deps, input) : list(deps, input);
  },
};

function askForAll({ db }: Deps, { standing }: CommandInput, asked: { isActive: boolean }): Promise<Answer> | Answer {
  const scope = scopeFor(standing, 'administrator');
  return scope.within.length === 0 ? tooFewRights(standing, 'administrator') : askAll(db, { ...asked, scope });
}

async function ofOne({ db, clock }: Deps, input: CommandInput): Promise<Answer> {
  const resolved = await resolveOrganization(db, { ...input, command: 'schedules' });
  if ('answer' in resolved) return resolved.answer;
  const { found: organization } = resolved;
  const its = await readSchedules(db, { scope: input.scope, organizationId: organization.id });
  return { content: organizationSchedulesMessage({ organization, schedules: its, now: clock.now() }) };
}

async function list({ db, clock }: Deps, { scope, standing, argument, inputs }: CommandInput): Promise<Answer> {
  const page = pageAsked(inputs['page'] ?? (argument === '' ? undefined : argument));
  const found = await listSchedules(db, { scope, ...page });
  if (isPastEnd(page, found.total)) return { content: pastEndMessage('schedules', page, found.total) };
  const canChange = scopeFor(standing, 'administrator').within.length > 0;
  const beside = pagesBeside(page, found.total);
  return {
    content: schedulesMessage({ ...found, ...beside, firstNumber: page.firstNumber, canChange, now: clock.now() }),
  };
}
