// POST /applications/{applicationId}/token: the tokens of a service app for an organization that has authorized it.

import { z } from 'zod';
import { keyOf } from '../ids.ts';
import { giveGrant, tokenAnswer } from '../oauth/token.ts';
import type { Parts } from '../parts.ts';
import type { Person } from '../world.ts';
import type { ServiceApp } from '../world-services.ts';
import { badRequest, forbidden, jsonBody, notFound, ok, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'changed'>;

const Wanted = z.object({ clientId: z.string(), clientSecret: z.string(), targetOrgId: z.string() });

export function applicationRoutes(deps: Deps): Route[] {
  const { world } = deps;
  return [
    {
      method: 'POST',
      path: '/applications/{applicationId}/token',
      scopes: ['spark:applications_token'],
      handle(caller, call) {
        const { clientId, clientSecret, targetOrgId } = jsonBody(Wanted, call);
        const app = world.serviceApps.get(call.params['applicationId'] ?? '');
        if (app === undefined) throw notFound('Service App not found.');
        if (app.clientId !== clientId || app.clientSecret !== clientSecret) {
          throw badRequest('clientSecret: does not belong to this service app');
        }
        const orgId = organizationId(deps, targetOrgId);
        const { person } = caller;
        if (person.orgId !== app.orgId || person.administers.length === 0) throw forbidden();
        const machine = machineOf(deps, app, orgId);
        if (machine === undefined) {
          throw forbidden('The Service App is not authorized by a full administrator of the organization.');
        }
        const { scope: _scope, ...answer } = tokenAnswer(deps, giveGrant(deps, machine, app));
        deps.changed();
        return ok(answer, { 'Cache-Control': 'no-store' });
      },
    },
  ];
}

/** The account of a service app in an organization, while the app is authorized there. */
export function machineOf({ world }: Pick<Deps, 'world'>, app: ServiceApp, orgId: string): Person | undefined {
  const machine = world.people.get(app.machines[orgId] ?? '');
  return machine?.deleted === false ? machine : undefined;
}

/** Webex's id of the organization, which is written in the one form that the switch takes. */
function organizationId({ world }: Deps, targetOrgId: string): string {
  const form = ({ id }: { id: string }) => (world.switches.serviceAppOrgId === 'uuid' ? keyOf(id) : id);
  const found = [...world.organizations.values()].find((organization) => form(organization) === targetOrgId);
  if (found === undefined) throw badRequest('targetOrgId: is no id of an organization');
  return found.id;
}
