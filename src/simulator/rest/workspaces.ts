// What an administrator reads of an organization's workspaces.

import { z } from 'zod';
import type { Parts } from '../parts.ts';
import type { Workspace } from '../world-services.ts';
import { administered, administeredOne } from './access.ts';
import { checked, nextPage, ok, pageSize, type Route } from './answer.ts';

const Query = z.object({
  calling: z.enum([
    'freeCalling',
    'hybridCalling',
    'webexCalling',
    'webexEdgeForDevices',
    'thirdPartySipCalling',
    'none',
  ]),
});

export function workspaceRoutes(deps: Pick<Parts, 'world'>): Route[] {
  return [
    {
      method: 'GET',
      path: '/workspaces',
      scopes: ['spark-admin:workspaces_read'],
      handle(caller, call) {
        const orgId = call.query.get('orgId');
        const organization = orgId === null ? administered(deps, caller)[0] : administeredOne(deps, caller, orgId);
        const { calling } = checked(Query.partial(), Object.fromEntries(call.query));
        const found = [...deps.world.workspaces.values()].filter(
          (one) => one.orgId === organization.id && (calling === undefined || one.calling.type === calling),
        );
        const max = pageSize(call, { usual: 100, most: 1000 });
        const start = Number(call.query.get('start') ?? 0);
        const body = { items: found.slice(start, start + max).map(view) };
        return start + max >= found.length ? ok(body) : ok(body, nextPage(call, { start: String(start + max) }));
      },
    },
  ];
}

const view = ({ calling: { type, emailAddress }, ...workspace }: Workspace) => ({
  ...workspace,
  type: 'notSet',
  capacity: 5,
  calling: {
    type,
    ...(type === 'hybridCalling' && { hybridCalling: emailAddress === undefined ? {} : { emailAddress } }),
    ...(type === 'webexCalling' && { webexCalling: { licenses: [] } }),
  },
  hotdeskingStatus: 'off',
  supportedDevices: 'collaborationDevices',
});
