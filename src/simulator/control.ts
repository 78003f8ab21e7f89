// The control door for tests and demonstrations: faults, latency, switches, the clock, the log of calls and of refreshes,
// what belongs to organizations, and the fates of grants and people.
// Only programs of this machine may use it.

import { isIP } from 'node:net';
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { CallLog } from './calls.ts';
import { ChangedContactCenter, changeContactCenter } from './change-contact-center.ts';
import { ChangedLicense, withLicenses } from './change-licenses.ts';
import { ChangedLocations, changeLocations } from './change-locations.ts';
import { ChangedManaged, changeManaged } from './change-managed.ts';
import { ChangedWholesale, changeWholesale } from './change-wholesale.ts';
import { advanceClock } from './clock.ts';
import { serviceAppControl } from './control-service-apps.ts';
import { FAILURE_LIMIT } from './delivery.ts';
import { ChangedEmployees, changeEmployees } from './employees.ts';
import { befall, fates } from './fates.ts';
import { type Faults, NewFault } from './faults.ts';
import { grantMany } from './oauth/grant-many.ts';
import type { RefreshWatch } from './oauth/refresh-watch.ts';
import type { Parts } from './parts.ts';
import { ownTokenOf } from './rest/access.ts';
import { addPerson } from './seed.ts';
import { ChangedWorkspaces, changeWorkspaces } from './workspaces.ts';
import type { Organization } from './world.ts';

interface Deps extends Parts {
  faults: Faults;
  calls: CallLog;
  refreshes: Pick<RefreshWatch, 'grants'>;
  settings: { latencyMs: number };
}

const ChangedSwitches = z.strictObject({
  refreshRenews: z.enum(['always', 'never', 'once_a_day']).optional(),
  refreshToken: z.enum(['kept', 'replaced', 'replaced_and_old_dies']).optional(),
  oldAccessToken: z.enum(['survives', 'dies']).optional(),
  tokenErrorBody: z.enum(['webex', 'oauth']).optional(),
  cardMessages: z.enum(['editable', 'not_editable']).optional(),
  organizationIds: z.enum(['ORGANIZATION', 'Organization']).optional(),
  sha256Signature: z.enum(['sent', 'not_sent']).optional(),
  attachmentActions: z.union([z.literal(202), z.literal(200)]).optional(),
  refreshTokenLifetime: z.enum(['said', 'unsaid']).optional(),
  serviceAppOrgId: z.enum(['base64', 'uuid']).optional(),
  serviceAppAccessToken: z.enum(['14_days', '1_hour']).optional(),
  machineAccount: z.enum(['answered', 'refused']).optional(),
  machineAccountReach: z.enum(['own', 'managed']).optional(),
  privateServiceApps: z.enum(['offered', 'not_offered']).optional(),
  secondConsent: z.enum(['own_grant', 'same_grant', 'ends_first']).optional(),
  scopesOfOthers: z.enum(['granted', 'invalid_scope']).optional(),
  adminAuditScope: z.enum(['wanted', 'not_wanted']).optional(),
});
const Latency = z.object({ ms: z.number().min(0).max(60_000) });
const Disabled = z.object({ resource: z.string().optional() });
const Many = z.object({ count: z.number().int().min(1).max(10_000) });
/** People of any organization, also several with one address, which Webex rules out and its data does not. */
const NewPerson = z.object({
  email: z.string(),
  displayName: z.string(),
  orgId: z.string(),
  type: z.enum(['person', 'bot']).default('person'),
  /** A full administrator of that organization, and of no other. */
  isAdministrator: z.boolean().default(false),
});
const ChangedPerson = z
  .object({ email: z.string().optional(), orgId: z.string().optional() })
  .transform(({ email, orgId }) => ({ ...(email !== undefined && { email }), ...(orgId !== undefined && { orgId }) }));
const ChangedLicenses = z.object({ items: z.array(ChangedLicense) });
/** E-mail of the administrator who does it; another one of the same organization by default. */
const Fate = z.object({ by: z.string().optional() });
const Advance = z.object({ advanceMs: z.number().int().min(0) });

export function controlApi(deps: Deps): Router {
  const { world, faults, calls, refreshes, settings, happened } = deps;
  const router = Router();
  router.use(loopbackOnly, express.json());

  router
    .route('/faults')
    .get((_request, response) => void response.json({ items: faults.planned() }))
    .post((request, response) => {
      const planned = NewFault.safeParse(request.body);
      if (!planned.success) return badRequest(response, planned.error);
      const fault = faults.plan(planned.data);
      happened({ resource: 'simulator', event: 'faults' });
      response.status(201).json(fault);
    })
    .delete((_request, response) => {
      faults.clear();
      happened({ resource: 'simulator', event: 'faults' });
      response.status(204).end();
    });

  router
    .route('/latency')
    .get((_request, response) => void response.json({ ms: settings.latencyMs }))
    .put((request, response) => {
      const latency = Latency.safeParse(request.body);
      if (!latency.success) return badRequest(response, latency.error);
      settings.latencyMs = latency.data.ms;
      happened({ resource: 'simulator', event: 'faults' });
      response.json({ ms: settings.latencyMs });
    });

  router
    .route('/switches')
    .get((_request, response) => void response.json(world.switches))
    .put((request, response) => {
      const changed = ChangedSwitches.safeParse(request.body);
      if (!changed.success) return badRequest(response, changed.error);
      Object.assign(world.switches, changed.data);
      happened({ resource: 'simulator', event: 'switches' });
      response.json(world.switches);
    });

  router
    .route('/clock')
    .get((_request, response) => void response.json({ now: deps.now().toISOString(), offsetMs: world.clockOffsetMs }))
    .post((request, response) => {
      const advance = Advance.safeParse(request.body);
      if (!advance.success) return badRequest(response, advance.error);
      advanceClock(deps, advance.data.advanceMs);
      response.json({ now: deps.now().toISOString(), offsetMs: world.clockOffsetMs });
    });

  router
    .route('/calls')
    .get((_request, response) => void response.json({ items: calls.all() }))
    .delete((_request, response) => {
      calls.clear();
      response.status(204).end();
    });

  router.get('/refreshes', (_request, response) => void response.json({ items: refreshes.grants() }));

  router.post('/grants', (request, response) => {
    const many = Many.safeParse(request.body);
    if (!many.success) return badRequest(response, many.error);
    response.status(201).json({ items: grantMany(deps, many.data.count) });
  });

  router.get('/secrets', (_request, response) => void response.json({ items: world.issuedSecrets }));

  router.post('/webhooks/disable', (request, response) => {
    const wanted = Disabled.safeParse(request.body ?? {});
    if (!wanted.success) return badRequest(response, wanted.error);
    disableWebhooks(deps, wanted.data.resource);
    response.status(204).end();
  });

  /** Changes what belongs to the organization of a name; `change` returns what is answered. */
  const changesOf = <Changed>(
    what: 'licenses' | 'people' | 'locations' | 'workspaces' | 'wholesale' | 'contact-center' | 'managed',
    schema: z.ZodType<Changed>,
    change: (organization: Organization, changed: Changed) => unknown,
  ) =>
    router.put(`/organizations/:name/${what}`, (request, response) => {
      const changed = schema.safeParse(request.body);
      if (!changed.success) return badRequest(response, changed.error);
      const found = [...world.organizations.values()].find(({ displayName }) => displayName === request.params['name']);
      if (found === undefined) return void response.status(404).json({ message: 'No organization has this name.' });
      const answer = change(found, changed.data);
      happened({ resource: 'simulator', event: what });
      response.json(answer);
    });
  changesOf('licenses', ChangedLicenses, (found, { items }) => {
    const organization = withLicenses(found, items);
    world.organizations.set(organization.id, organization);
    return { items: organization.licenses };
  });
  changesOf('people', ChangedEmployees, (found, changed) => ({ count: changeEmployees(deps, found, changed) }));
  changesOf('locations', ChangedLocations, (found, changed) => ({ items: changeLocations(world, found, changed) }));

  changesOf('workspaces', ChangedWorkspaces, (found, changed) => ({ items: changeWorkspaces(world, found, changed) }));
  changesOf('wholesale', ChangedWholesale, (found, changed) => changeWholesale(world, found, changed));
  changesOf('contact-center', ChangedContactCenter, (found, changed) => changeContactCenter(world, found, changed));

  router.use('/service-apps', serviceAppControl(deps, problemsOf));
  changesOf('managed', ChangedManaged, (found, changed) => ({ items: changeManaged(deps, found, changed) }));

  router.post('/people', (request, response) => {
    const wanted = NewPerson.safeParse(request.body);
    if (!wanted.success) return badRequest(response, wanted.error);
    const person = addPerson(deps, wanted.data);
    happened({ resource: 'simulator', event: 'people' });
    response.status(201).json({ id: person.id, token: ownTokenOf(deps, person.id) });
  });

  router.put('/people/:id', (request, response) => {
    const changed = ChangedPerson.safeParse(request.body);
    if (!changed.success) return badRequest(response, changed.error);
    const person = world.people.get(request.params.id);
    if (person === undefined) return void response.status(404).json({ message: 'Nobody has this id.' });
    world.people.set(person.id, { ...person, ...changed.data });
    happened({ resource: 'simulator', event: 'people' });
    response.status(204).end();
  });

  router.post('/people/:email/:fate', (request, response) => {
    const fate = Fate.safeParse(request.body ?? {});
    if (!fate.success) return badRequest(response, fate.error);
    const named = (wanted: string | undefined) =>
      [...world.people.values()].find(({ email }) => email === wanted?.toLowerCase());
    const person = named(request.params.email);
    if (person === undefined || !befall(deps, request.params.fate, person, named(fate.data.by))) {
      const message = `Known fates are ${fates.join(', ')}, for people of this world.`;
      return void response.status(404).json({ message });
    }
    happened({ resource: 'simulator', event: 'people' });
    response.status(204).end();
  });

  router.use((_request, response) => void response.status(404).json({ message: 'There is no such control.' }));
  return router;
}

/** Switches webhooks off as Webex does after too many failed deliveries: all of them, or those of one resource. */
function disableWebhooks({ world, now, happened }: Parts, resource: string | undefined): void {
  for (const webhook of [...world.webhooks.values()]) {
    if (resource !== undefined && webhook.resource !== resource) continue;
    const failedAt = Array.from({ length: FAILURE_LIMIT }, () => now().toISOString());
    world.webhooks.set(webhook.id, { ...webhook, failedAt, status: 'inactive' });
  }
  happened({ resource: 'simulator', event: 'webhooks' });
}

/** Lets through calls of this machine's own programs, and no page of another site that a browser here has open. The host's name was checked before. */
const loopbackOnly: RequestHandler = (request, response, next) => {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const local = isIP(address) !== 0 && (address === '::1' || address.startsWith('127.'));
  if (local && request.get('origin') === undefined) return next();
  response.status(403).json({ message: 'The control door is for programs of this machine.' });
};

function badRequest(response: express.Response, error: z.ZodError): void {
  response.status(400).json(problemsOf(error));
}

function problemsOf(error: z.ZodError): { message: string } {
  return { message: error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ') };
}
