// Finds the route of a REST call, checks the token, and answers in Webex's manner: tracking ids, error bodies, latency and planned faults.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { CallLog } from '../calls.ts';
import type { Fault, Faults } from '../faults.ts';
import { newTrackingId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { callerOf, requireScope } from './access.ts';
import { type Answer, type Call, type OpenRoute, Refusal, type Route } from './answer.ts';
import { spelled, spelledDeep } from './organization-spelling.ts';

interface Deps extends Pick<Parts, 'world' | 'now' | 'url'> {
  faults: Faults;
  calls: CallLog;
  latencyMs(): number;
  /** The body of an error; Webex's usual one where it is absent. */
  errorBody?: (error: Refusal, trackingId: string) => unknown;
}

type AnyRoute = Route | OpenRoute;

interface Matched {
  route: AnyRoute;
  params: Record<string, string>;
}

/** Serves `routes`, whose bodies must arrive as raw Buffers. The first route that matches is taken. */
export function serveRest(deps: Deps, routes: AnyRoute[]): RequestHandler {
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

  return async (request, response) => {
    const trackingId = trackingIdOf(request);
    const log = { at: deps.now().toISOString(), trackingId, method: request.method };
    response.set('TrackingID', trackingId);
    response.set('Date', deps.now().toUTCString());
    const latencyMs = deps.latencyMs();
    if (latencyMs > 0) await sleep(latencyMs, undefined, { ref: false });

    const matched = match(compiled, request);
    const route = matched?.route.path ?? 'unknown';
    const fault = deps.faults.next({ method: request.method, route, by: holderOf(deps, request) });
    if (fault !== undefined && fault.lost === 'call' && fault.kind !== 'slow') {
      deps.calls.add({ ...log, route, ...(fault.kind === 'status' ? { status: fault.status } : {}) });
      return fail(deps, fault, response, trackingId);
    }
    const { answer, by } = await carryOut(deps, matched, request, trackingId);
    deps.calls.add({ ...log, route, status: answer.status, ...(by === undefined ? {} : { by }) });
    if (fault?.kind === 'slow') await deps.faults.kept(fault);
    else if (fault !== undefined) return fail(deps, fault, response, trackingId);
    send(response, asSpelled(deps, answer));
  };
}

/** E-mail of the bearer token's holder, where it has one. */
function holderOf(deps: Deps, request: Request): string | undefined {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const authorization = token === undefined ? undefined : deps.world.authorizations.get(token);
  return authorization && deps.world.people.get(authorization.personId)?.email;
}

async function carryOut(
  deps: Deps,
  matched: Matched | undefined,
  request: Request,
  trackingId: string,
): Promise<{ answer: Answer; by?: string | undefined }> {
  let by: string | undefined;
  try {
    const call = callOf(deps, request, matched?.params ?? {}, trackingId);
    const route = matched?.route;
    if (route?.open) {
      by = deps.world.integration.clientId;
      return { by, answer: await route.handle(call) };
    }
    const caller = callerOf(deps, request.headers.authorization);
    by = caller.person.email;
    if (route === undefined) throw notHere(request);
    requireScope(caller, route.scopes);
    return { by, answer: await route.handle(caller, call) };
  } catch (error) {
    return { by, answer: errorAnswer(deps, error, trackingId) };
  }
}

/** An address that Webex may have, and the simulator has not: said, so that nobody takes it for Webex's own answer. */
const notHere = ({ method, path }: Request): Refusal =>
  new Refusal(501, `The simulated Webex has no ${method} ${path}: its README lists what it has.`);

/** What Webex sends for an error; one that is no refusal is a bug of ours, sent as a 500 and reported. */
function errorAnswer(deps: Pick<Deps, 'errorBody'>, error: unknown, trackingId: string): Answer {
  if (!(error instanceof Refusal)) {
    console.error('The simulator failed while it answered a call.', error);
    return errorAnswer(deps, new Refusal(500, 'Something went wrong on the server.'), trackingId);
  }
  const body = (deps.errorBody ?? usualErrorBody)(error, trackingId);
  return { status: error.status, headers: error.headers, body };
}

function usualErrorBody({ message, descriptions }: Refusal, trackingId: string): unknown {
  return { message, errors: descriptions.map((description) => ({ description })), trackingId };
}

async function fail(deps: Deps, fault: Fault, response: Response, trackingId: string): Promise<void> {
  switch (fault.kind) {
    case 'status': {
      const headers = fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) };
      const message = fault.status === 429 ? 'Too many requests.' : 'The server cannot answer at the moment.';
      return send(response, errorAnswer(deps, new Refusal(fault.status, message, [message], headers), trackingId));
    }
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'malformed':
      response.status(200).type('json').send('{"items":[{"id":"Y2lz');
      return;
    case 'empty':
      response.status(200).type('json').end();
      return;
    case 'hang':
      // Never answered: the connection stays open until the caller gives up or the simulator stops.
      return;
  }
}

function send(response: Response, answer: Answer): void {
  response.status(answer.status).set(answer.headers ?? {});
  if (answer.body === undefined) response.end();
  else if (Buffer.isBuffer(answer.body)) response.send(answer.body);
  else response.json(answer.body);
}

/** With the ids of organizations in the spelling of the switch. */
function asSpelled({ world }: Deps, answer: Answer): Answer {
  const { organizationIds } = world.switches;
  if (organizationIds === 'ORGANIZATION') return answer;
  return { ...answer, body: spelledDeep(answer.body, organizationIds) };
}

/** The world's own spelling of the ids that a caller sends in an address. */
function known(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, spelled(value, 'ORGANIZATION')]));
}

function callOf(deps: Deps, request: Request, params: Record<string, string>, trackingId: string): Call {
  const url = new URL(request.originalUrl, deps.url());
  const orgId = url.searchParams.get('orgId');
  if (orgId !== null) url.searchParams.set('orgId', spelled(orgId, 'ORGANIZATION'));
  const body: unknown = request.body;
  return {
    params: known(params),
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    url,
    trackingId,
  };
}

/** Webex takes over a caller's tracking id. */
function trackingIdOf(request: Request): string {
  const given = request.get('trackingid');
  return given !== undefined && /^[\w.:-]{1,120}$/.test(given) ? given : newTrackingId();
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`);
}

function match(compiled: { route: AnyRoute; pattern: RegExp }[], request: Request): Matched | undefined {
  const samePath: AnyRoute[] = [];
  for (const { route, pattern } of compiled) {
    const found = pattern.exec(request.path);
    if (found === null) continue;
    if (route.method !== request.method) {
      samePath.push(route);
      continue;
    }
    const params = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decoded(value)]);
    return { route, params: Object.fromEntries(params) };
  }
  const [other] = samePath;
  if (other === undefined) return undefined;
  const allowed = [...new Set(samePath.map(({ method }) => method))].join(', ');
  const message = `The request was made with a method that the resource does not support; it takes ${allowed}.`;
  return {
    route: {
      method: other.method,
      path: other.path,
      scopes: [],
      handle() {
        throw new Refusal(405, message, [message], { Allow: allowed });
      },
    },
    params: {},
  };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
