// What a route takes and gives back, and Webex's refusals with the texts of the live service.

import type { z } from 'zod';
import type { Authorization, Person } from '../world.ts';

/** Whose token it is that a call carries. */
export interface Caller {
  person: Person;
  authorization: Authorization;
}

export interface Call {
  /** Values of the `{name}` parts of the route's path. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  /** The raw body; empty where there was none. */
  body: Buffer;
  /** The absolute URL that was asked, for the Link header of the next page. */
  url: URL;
  trackingId: string;
}

export interface Answer {
  status: number;
  /** Sent as JSON. Absent: no body. A Buffer goes out as it is, with the headers given. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below /v1 in OpenAPI's writing: `/messages/{messageId}`. */
  path: string;
  /** The caller's token must carry one of these. An empty list: any live token will do. */
  scopes: readonly string[];
  open?: never;
  handle(caller: Caller, call: Call): Answer | Promise<Answer>;
}

/** A route that needs no access token, such as the token endpoint itself. */
export interface OpenRoute {
  method: Route['method'];
  path: string;
  open: true;
  handle(call: Call): Answer | Promise<Answer>;
}

/** A refusal that is sent in Webex's shape: `{ message, errors: [{ description }], trackingId }`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly descriptions: readonly string[];
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    message: string,
    descriptions: readonly string[] = [message],
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.descriptions = descriptions;
    this.headers = headers;
  }
}

export const badRequest = (...descriptions: [string, ...string[]]) => new Refusal(400, descriptions[0], descriptions);

export const unauthorized = () =>
  new Refusal(401, 'The request requires a valid access token set in the Authorization request header.');

export const forbidden = (
  message = 'The server understood the request, but refused to fulfill it because the access token is missing required scopes or the user is missing required roles or licenses.',
) => new Refusal(403, message);

export const notFound = (message = 'The requested resource could not be found.') => new Refusal(404, message);

export const ok = (body: unknown, headers: Record<string, string> = {}): Answer => ({ status: 200, body, headers });
export const noContent = (): Answer => ({ status: 204 });

/** The call's JSON body, checked. Throws a 400 that names each wrong field, a 415 for anything but JSON. */
export function jsonBody<S extends z.ZodType>(schema: S, call: Call): z.output<S> {
  if (!String(call.headers['content-type'] ?? '').includes('json')) {
    throw new Refusal(415, 'The request was made to a resource without specifying a media type that it supports.');
  }
  let value: unknown;
  try {
    value = JSON.parse(call.body.toString('utf8'));
  } catch {
    throw badRequest('The request body is not valid JSON.');
  }
  return checked(schema, value);
}

/** `value` as the schema wants it. Throws a 400 that names each wrong field. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first = 'The request is invalid.', ...rest] = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`,
  );
  throw badRequest(first, ...rest);
}

/** One page of `items`, as `view` shows them, with Webex's Link header to the next one, which starts behind `offset`. Throws a 400 for a bad `max`. */
export function page<Item>(
  call: Call,
  items: readonly Item[],
  limits: { usual: number; most: number },
  view: (item: Item) => unknown = (item) => item,
): Answer {
  const max = pageSize(call, limits);
  const offset = Number(call.query.get('offset') ?? 0);
  if (!Number.isInteger(offset) || offset < 0) throw badRequest('offset: must be a whole number from 0');
  const body = { items: items.slice(offset, offset + max).map(view) };
  if (offset + max >= items.length) return ok(body);
  return ok(body, nextPage(call, { offset: String(offset + max), max: String(max) }));
}

/** The query's `max`, `usual` where it is absent. Throws a 400 outside 1 to `most`. */
export function pageSize(call: Call, limits: { usual: number; most: number }): number {
  const max = Number(call.query.get('max') ?? limits.usual);
  if (!Number.isInteger(max) || max < 1 || max > limits.most) {
    throw badRequest(`max: must be a whole number from 1 to ${limits.most}`);
  }
  return max;
}

/** The Link header that leads to the same list with `changes` in its query. */
export function nextPage(call: Call, changes: Record<string, string>): Record<string, string> {
  const next = new URL(call.url);
  for (const [name, value] of Object.entries(changes)) next.searchParams.set(name, value);
  return { Link: `<${next.href}>; rel="next"` };
}
