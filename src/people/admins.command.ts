// `admins`: who has rights and who authorized connections; `add` and `remove` change the former; `admins grants <e-mail>`: the organizations of that grantor.

import { z } from 'zod';
import { scopeFor, suffices } from '../chat/actor.ts';
import type { Answer } from '../chat/answer.ts';
import { noInputs } from '../chat/click-inputs.ts';
import type { Action, Command, CommandInput } from '../chat/command.ts';
import { saveLastList } from '../chat/last-list.store.ts';
import { isPastEnd, pageAsked, pagesBeside } from '../chat/pages.ts';
import { pastEndMessage } from '../chat/past-end.view.ts';
import { failureMessage, tooFewRights } from '../chat/refusals.ts';
import { listRights } from '../chat/rights.store.ts';
import { findShownConnection } from '../connections/connection.store.ts';
import { countHanging } from '../connections/hanging.store.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import type { Clock } from '../lib/clock.ts';
import { closestMatches } from '../lib/closest-match.ts';
import { adminsMessage, grantsMessage, unknownGrantorMessage } from './admins.view.ts';
import { countGrants, type Grantor, grantsOf, listGrantors } from './grantors.store.ts';
import { leavingTextsNotice } from './leaving.notice.ts';
import { planLeaving } from './leaving.ts';
import { leavingMessage } from './leaving.view.ts';
import { addRights, askToTakeRights, type Deps as RightsCommandDeps } from './rights.command.ts';

interface Deps extends RightsCommandDeps {
  db: Db;
  clock: Clock;
}

declare module '../chat/actions.ts' {
  interface Actions {
    /** `grantor_of` is an organization that the person authorized: no card holds an e-mail as an input. */
    admins: { page?: number; grantor_of?: string; rights_page?: number; leaving?: string };
    /** Asks for the texts to forward, where this person leaves. */
    'leaving-texts': { grantor_of: string };
  }
}

/** A button names a grantor by one of their organizations. */
const grantorOf = z.object({ grantor_of: z.uuid() });

/** How many rights a page holds, beside a page of grantors. */
const RIGHTS_PAGE_SIZE = 5;

/** How many grantors a mistyped e-mail is compared with, those with the most organizations first. */
const mostCompared = 5000;

export const admins: Command<Deps> = {
  name: 'admins',
  needs: 'viewer',
  usage: 'admins [add | remove | grants | leaving <e-mail>]',
  summary:
    'List who has rights and who authorized connections, give or take rights, list the organizations of one person, or plan for one who leaves.',
  group: 'People and settings',
  examples: [
    'admins',
    'admins add bob@north.example',
    'admins add eve@north.example viewer Acme',
    'admins remove bob@north.example',
    'admins grants carol@acme.example',
    'admins leaving carol@acme.example',
  ],
  async run(deps, input) {
    const { scope } = input;
    const clicked = grantorOf.safeParse(input.inputs);
    if (clicked.success) {
      input.concerns(clicked.data.grantor_of);
      const connection = await findShownConnection(deps.db, { scope, organizationId: clicked.data.grantor_of });
      return connection?.authorizedEmail ? grants(deps, input, connection.authorizedEmail) : { content: goneMessage };
    }
    const turned = z.uuid().safeParse(input.inputs['leaving']);
    if (turned.success) {
      const connection = await findShownConnection(deps.db, { scope, organizationId: turned.data });
      return connection?.authorizedEmail ? leaving(deps, input, connection.authorizedEmail) : { content: goneMessage };
    }
    const [, what = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(input.argument) ?? [];
    if (what.toLowerCase() === 'grants' && rest !== '') return grants(deps, input, rest);
    if (what.toLowerCase() === 'leaving' && rest !== '') return leaving(deps, input, rest);
    if (what.toLowerCase() === 'add') return addRights(deps, input, rest);
    if (what.toLowerCase() === 'remove') return askToTakeRights(deps, input, rest);
    if (what !== '' && !/^\d+$/.test(input.argument)) return { content: howMessage };
    const page = pageAsked(input.inputs['page'] ?? input.argument);
    const { rows, total } = await listGrantors(deps.db, { scope, ...page });
    if (isPastEnd(page, total)) return { content: pastEndMessage('admins', page, total) };
    const rightsPage = pageAsked(input.inputs['rights_page'], RIGHTS_PAGE_SIZE);
    const hanging = await countHanging(deps.db, { scope });
    const held = await listRights(deps.db, { scope, ...rightsPage });
    return {
      content: adminsMessage({
        // Who runs the whole service is nothing that a branch is shown.
        admins: scope.within === 'all' ? deps.admins : [],
        rights: { rows: held.rights, total: held.total, ...pagesBeside(rightsPage, held.total) },
        canChange: scopeFor(input.standing, 'administrator').within.length > 0,
        ...{ grantors: rows, total, hanging },
        ...pagesBeside(page, total),
      }),
    };
  },
};

async function grants(deps: Deps, input: CommandInput, email: string): Promise<Answer> {
  const { db, clock } = deps;
  const { inputs, scope, standing, place, actor, isDirect } = input;
  const page = pageAsked(inputs['page']);
  const { offset, limit, firstNumber } = page;
  const now = clock.now();
  const [found, total] = await Promise.all([
    grantsOf(db, { scope, email, offset, limit }),
    countGrants(db, { scope, email }),
  ]);
  if (total === 0)
    return { content: unknownGrantorMessage({ typed: email, nearest: await closestGrantors(db, scope, email) }) };
  // Only a button turns the pages of one grantor, and so a page past the end is one that has been emptied since.
  if (found.length === 0) return grants(deps, { ...input, inputs: noInputs }, email);
  const rows = found.map(({ organization, connection }) => ({ ...organization, connection }));
  await saveLastList(db, { standing, place, actor, isDirect, rows, firstNumber, now });
  return { content: grantsMessage({ email, rows, firstNumber, total, ...pagesBeside(page, total), now }) };
}

/** The plan for somebody who leaves, which is begun where there is none. */
async function leaving(deps: Deps, input: CommandInput, email: string): Promise<Answer> {
  const { db, clock } = deps;
  const { standing, actor, place, isDirect, inputs } = input;
  if (!suffices(standing, 'administrator')) return tooFewRights(standing, 'administrator');
  const scope = scopeFor(standing, 'administrator');
  const page = pageAsked(inputs['page']);
  const { offset, limit, firstNumber } = page;
  const found = await planLeaving(deps, { scope, email, by: actor.email, offset, limit });
  if (!found) {
    const nearest = await closestGrantors(db, scope, email);
    return { content: unknownGrantorMessage({ typed: email, nearest }) };
  }
  const { plan, left } = found;
  const now = clock.now();
  const rows = found.rows.map(({ organization, ...row }) => ({ ...organization, ...row }));
  await saveLastList(db, { standing, place, actor, isDirect, rows, firstNumber, now });
  const list = { rows, firstNumber, total: left, ...pagesBeside(page, left), now };
  return { content: leavingMessage({ ...list, email: plan.email, plan }) };
}

/** The button for the texts. */
export const leavingTextsAction: Action<Deps> = {
  name: 'leaving-texts',
  async run(_deps, { inputs, actor: { personId, email } }) {
    const sent = grantorOf.safeParse(inputs);
    if (!sent.success) return { content: goneMessage };
    return { content: leavingTextsNotice.of({ grantorOf: sent.data.grantor_of, askedBy: { personId, email } }) };
  },
};

async function closestGrantors(db: Db, scope: Scope, typed: string): Promise<Grantor[]> {
  const { rows } = await listGrantors(db, { scope, offset: 0, limit: mostCompared });
  const byEmail = new Map(rows.map((grantor) => [grantor.email, grantor]));
  return closestMatches(typed, [...byEmail.keys()]).flatMap((email) => byEmail.get(email) ?? []);
}

const goneMessage = failureMessage({
  what: 'That organization is not connected any more.',
  hint: 'Type admins to see who authorized connections.',
});

const howMessage = failureMessage({
  what: 'admins does not know these words.',
  hint: 'Type admins, admins add or admins remove with an e-mail, or admins grants or admins leaving with the e-mail of whoever authorized connections.',
});
