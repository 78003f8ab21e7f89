// `schedules`: when what is read of organizations. With words behind it all are paused, or run again.

import { scopeFor } from '../../chat/actor.ts';
import type { Answer } from '../../chat/answer.ts';
import type { Command, CommandInput } from '../../chat/command.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../../chat/pages.ts';
import { pastEndMessage } from '../../chat/past-end.view.ts';
import { tooFewRights } from '../../chat/refusals.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { labelOf } from '../../organizations/labels/label-rules.ts';
import { labelSent } from '../../organizations/labels/label-sent.ts';
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
  usage: 'schedules [organization | label <word> | pause|resume all | pause|resume label <word>]',
  summary: 'Show when organizations are synced and how it went; run, pause, resume or change it.',
  group: 'Directory',
  examples: [
    'schedules',
    'schedules acme',
    'schedules label gold',
    'schedules pause all',
    'schedules resume label gold',
  ],
  async run(deps, input) {
    const { act, label, rest } = readSchedulesAsked(input.argument);
    if (act !== undefined) return askForAll(deps, input, { isActive: act === 'resume', label });
    const isOfOne = label === undefined && (input.inputs['organization_id'] !== undefined || /[^\d\s]/.test(rest));
    return isOfOne
      ? ofOne(deps, input)
      : list(deps, input, { label: label ?? labelSent.parse(input.inputs['label']), rest });
  },
};

interface Asked {
  act: 'pause' | 'resume' | undefined;
  label: string | undefined;
  /** What is left: a page, or what was typed of an organization. */
  rest: string;
}

/** `acme`, `3`, `label gold 3`, `pause all`, `resume label gold` */
function readSchedulesAsked(argument: string): Asked {
  const [, act, all, word] = /^(pause|resume)\s+(?:(all)|label\s+(\S+))$/i.exec(argument) ?? [];
  const label = labelOf(word ?? '');
  if (act !== undefined && (all !== undefined || label !== undefined)) {
    return { act: act.toLowerCase() === 'pause' ? 'pause' : 'resume', label, rest: '' };
  }
  const [, listed, page = ''] = /^label\s+(\S+)\s*(\d*)$/i.exec(argument) ?? [];
  const carried = labelOf(listed ?? '');
  return { act: undefined, label: carried, rest: carried === undefined ? argument : page };
}

function askForAll(
  { db }: Deps,
  { standing }: CommandInput,
  asked: { isActive: boolean; label: string | undefined },
): Promise<Answer> | Answer {
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

async function list(
  { db, clock }: Deps,
  { scope, standing, inputs }: CommandInput,
  { label, rest }: Pick<Asked, 'label' | 'rest'>,
): Promise<Answer> {
  const page = pageAsked(inputs['page'] ?? (rest === '' ? undefined : rest));
  const found = await listSchedules(db, { scope, label, ...page });
  const labeled = label === undefined ? {} : { label };
  if (isPastEnd(page, found.total)) return { content: pastEndMessage('schedules', page, found.total, labeled) };
  const canChange = scopeFor(standing, 'administrator').within.length > 0;
  const beside = pagesBeside(page, found.total);
  return {
    content: schedulesMessage({
      ...found,
      ...beside,
      ...labeled,
      firstNumber: page.firstNumber,
      canChange,
      now: clock.now(),
    }),
  };
}
