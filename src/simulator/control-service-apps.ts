// The control door's part for service apps: the page for developers, on which one is made, and Control Hub, where it is authorized.

import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { newClientSecret, webexId } from './ids.ts';
import { giveGrant } from './oauth/token.ts';
import type { Parts } from './parts.ts';
import { machineOf } from './rest/applications.ts';
import { ROLES } from './seed.ts';
import { seedServiceApp } from './seed-service-app.ts';
import type { Organization, Person } from './world.ts';
import type { ServiceApp } from './world-services.ts';

const NewApp = z.strictObject({ name: z.string().min(1), owner: z.string() });
const Authorized = z.strictObject({ authorized: z.boolean() });

/** Answers what is asked badly with the problem. Paths are below `/service-apps`. */
export function serviceAppControl(deps: Parts, badRequest: (problem: z.ZodError) => { message: string }): Router {
  const { world, happened } = deps;
  const router = Router();
  const organizationOf = (name: string) =>
    [...world.organizations.values()].find(({ displayName }) => displayName === name);

  router.get('/', (_request, response) => {
    response.json({ items: [...world.serviceApps.values()].map((app) => shown(deps, app)) });
  });

  router.post('/', (request, response) => {
    const wanted = NewApp.safeParse(request.body);
    if (!wanted.success) return void response.status(400).json(badRequest(wanted.error));
    const owner = organizationOf(wanted.data.owner);
    if (owner === undefined) return void response.status(404).json({ message: 'No organization has this name.' });
    const app = seedServiceApp(wanted.data.name, owner.id);
    world.serviceApps.set(app.id, app);
    world.issuedSecrets.push(app.clientSecret);
    happened({ resource: 'simulator', event: 'service-apps' });
    response.status(201).json({ ...shown(deps, app), clientSecret: app.clientSecret });
  });

  /** A new client secret: the old one is dead, as on the page for developers. */
  router.post('/:clientId/secret', (request, response) => {
    const app = [...world.serviceApps.values()].find(({ clientId }) => clientId === request.params.clientId);
    if (app === undefined) return void response.status(404).json({ message: 'There is no such service app.' });
    const clientSecret = newClientSecret();
    world.serviceApps.set(app.id, { ...app, clientSecret });
    world.issuedSecrets.push(clientSecret);
    happened({ resource: 'simulator', event: 'service-apps' });
    response.status(201).json({ clientSecret });
  });

  router.use('/:clientId/organizations/:name', (request, response, next) => {
    const app = [...world.serviceApps.values()].find(({ clientId }) => clientId === request.params.clientId);
    const organization = organizationOf(request.params.name);
    if (app === undefined || organization === undefined) {
      return void response.status(404).json({ message: 'There is no such service app or organization.' });
    }
    response.locals['app'] = app;
    response.locals['organization'] = organization;
    next();
  });

  router.put('/:clientId/organizations/:name', (request, response) => {
    const wanted = Authorized.safeParse(request.body);
    if (!wanted.success) return void response.status(400).json(badRequest(wanted.error));
    const { app, organization } = response.locals as { app: ServiceApp; organization: Organization };
    if (wanted.data.authorized && !isOffered(deps, app, organization)) {
      return void response.status(409).json({ message: 'Control Hub of this organization does not offer the app.' });
    }
    if (wanted.data.authorized) authorize(deps, app, organization);
    else deauthorize(deps, app, organization);
    response.status(204).end();
  });

  /** A pair of tokens as the page for developers shows it to the owner of an app. */
  router.post('/:clientId/organizations/:name/token', (_request, response) => {
    const { app, organization } = response.locals as { app: ServiceApp; organization: Organization };
    const machine = machineOf(deps, app, organization.id);
    if (machine === undefined) return void response.status(409).json({ message: 'The app is not authorized there.' });
    const { access, refresh } = giveGrant(deps, machine, app);
    deps.changed();
    response.status(201).json({ accessToken: access.token, refreshToken: refresh.token });
  });

  return router;
}

const shown = ({ world }: Parts, app: ServiceApp) => ({
  name: app.name,
  applicationId: app.id,
  clientId: app.clientId,
  owner: world.organizations.get(app.orgId)?.displayName,
  authorized: Object.keys(app.machines).map((orgId) => world.organizations.get(orgId)?.displayName),
});

/** Its own organization sees each app, others what App Hub has approved, or all, as the switch says. */
const isOffered = ({ world }: Parts, app: ServiceApp, { id }: Organization): boolean =>
  app.orgId === id || world.switches.privateServiceApps === 'offered';

/** Control Hub: Apps > Service Apps > Authorize. Each time a new account acts for the app. */
function authorize(deps: Parts, app: ServiceApp, organization: Organization): void {
  if (machineOf(deps, app, organization.id) !== undefined) return;
  const machine: Person = {
    id: webexId('PEOPLE'),
    type: 'machine',
    email: `app-${randomBytes(4).toString('hex')}@serviceapp.example`,
    displayName: app.name,
    orgId: organization.id,
    roles: [ROLES.fullAdministrator.id],
    administers: [organization.id],
    created: deps.now().toISOString(),
    deleted: false,
  };
  deps.world.people.set(machine.id, machine);
  change(deps, 'authorized', { ...app, machines: { ...app.machines, [organization.id]: machine.id } }, organization);
}

/** The account goes, and each of its tokens. */
function deauthorize(deps: Parts, app: ServiceApp, organization: Organization): void {
  const machine = machineOf(deps, app, organization.id);
  if (machine === undefined) return;
  const { authorizations, people } = deps.world;
  people.set(machine.id, { ...machine, deleted: true });
  for (const row of [...authorizations.values()]) {
    if (row.personId === machine.id) authorizations.delete(row.token);
  }
  const { [organization.id]: _ended, ...machines } = app.machines;
  change(deps, 'deauthorized', { ...app, machines }, organization);
}

function change(deps: Parts, event: 'authorized' | 'deauthorized', app: ServiceApp, { id }: Organization): void {
  deps.world.serviceApps.set(app.id, app);
  const administrator = [...deps.world.people.values()].find(
    ({ orgId, type, roles }) => orgId === id && type === 'person' && roles.includes(ROLES.fullAdministrator.id),
  );
  deps.happened({ resource: 'serviceApp', event, actorId: administrator?.id ?? '', app, orgId: id });
}
