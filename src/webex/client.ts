// Asks Webex's REST API with one token: routes as patterns, replies parsed, failures told apart, retries within a budget.

import { FormData } from 'undici';
import type { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { acceptedPath } from './accepted.ts';
import { type Answer, send } from './answer.ts';
import {
  type Attempt,
  type CallSettings,
  callWebex,
  defaultBudgetMs,
  defaultTimeoutMs,
  type Method,
  type WebexCall,
} from './call.ts';
import { WebexUnavailable } from './errors.ts';
import { malformed, noAnswer, notOk } from './failure.ts';
import { readFile, type WebexFile } from './file-reply.ts';
import { createGates, type Gates } from './gate.ts';
import { jsonOf } from './json-text.ts';
import { nextPageUrl, ownPage } from './link.ts';
import type { ProxySettings } from './proxy.ts';
import { type OddValues, type Reading, readReply } from './reply.ts';
import { listOf } from './shapes.ts';
import { type ParamNames, type Query, routeUrl, webexBaseUrl } from './url.ts';
import type { DatedAnswer } from './webex-clock.ts';

export interface WebexClientOptions {
  /** `https://webexapis.com/v1`, or any other Webex REST base; http only for loopback addresses. */
  baseUrl: string;
  accessToken: string;
  clock: Clock;
  /** For one try, the answer's body included; 10,000 by default. */
  timeoutMs?: number;
  /** For all tries of a call (of each page of a list) and the waits between them; 25,000 by default. */
  budgetMs?: number;
  proxy?: ProxySettings;
  /** For tests: throws where an answer holds keys that our schemas do not know. */
  strict?: boolean;
  /** Called for every call, once it has ended. */
  observe?: (call: WebexCall) => void;
  /** Called for every answer. */
  heard?: ((answer: DatedAnswer) => void) | undefined;
  /** Called where a reply held odd values that were dropped. */
  onOdd?: ((odd: OddReply) => void) | undefined;
  /** Shared by all clients of a process, so that calls of one token wait for each other; the client's own by default. */
  gates?: Gates | undefined;
}

/** What was dropped from a reply. Holds names of fields, never values. */
export interface OddReply extends OddValues {
  method: Method;
  /** The route as a pattern. */
  route: string;
}

/** The parts of a request. `params` fill the braces of the route, each encoded. */
export type RequestParts<Route extends string> = { query?: Query } & ([ParamNames<Route>] extends [never]
  ? { params?: never }
  : { params: Readonly<Record<ParamNames<Route>, string>> });

/**
 * A body is sent as JSON, a FormData as multipart/form-data. Every method throws WebexRefused or WebexUnavailable. GET, PUT and DELETE are tried again after
 * 429, 5xx, lost connections and unreadable answers; POST only where Webex surely did nothing.
 */
export interface WebexClient {
  get<Route extends string, T>(route: Route, request: RequestParts<Route>, schema: z.ZodType<T>): Promise<T>;
  post<Route extends string, T>(
    route: Route,
    request: RequestParts<Route> & { body: unknown },
    schema: z.ZodType<T>,
  ): Promise<T>;
  put<Route extends string, T>(
    route: Route,
    request: RequestParts<Route> & { body: unknown },
    schema: z.ZodType<T>,
  ): Promise<T>;
  /** A change whose answer holds nothing to read (204). */
  replace<Route extends string>(route: Route, request: RequestParts<Route> & { body: unknown }): Promise<void>;
  /**
   * A change that Webex accepts and carries out later (202). `path`: where its state is read, below the base URL; null where Webex names no address, or one of
   * another host.
   */
  acceptLater<Route extends string>(
    method: 'POST' | 'PUT',
    route: Route,
    request: RequestParts<Route> & { body: unknown },
  ): Promise<{ path: string | null }>;
  /** Resolves also where a second try finds that the first one has deleted the thing. */
  delete<Route extends string>(route: Route, request: RequestParts<Route>): Promise<void>;
  /** The file at a route. It has more time than other calls. `too_large`: it has more than `mostBytes`, and was not read to its end. */
  file<Route extends string>(
    route: Route,
    request: RequestParts<Route>,
    mostBytes: number,
  ): Promise<WebexFile | 'too_large'>;
  /**
   * The items of a list, page by page along `Link: <...>; rel="next"`, each page a call of its own with the same route and query, whatever the link says.
   * An item that cannot be read is left out; the list returns how many were. Throws WebexUnavailable (`malformed`) when a link leads to another origin or to
   * a page that was read already, or after 100 pages.
   */
  list<Route extends string, T>(route: Route, request: RequestParts<Route>, itemSchema: z.ZodType<T>): WebexList<T>;
  /**
   * One page of a list that is too long for one go, under the same rules: the first one, or the one that the page before has named as `next`.
   * `schema` is that of the whole answer.
   */
  page<Route extends string, T>(
    route: Route,
    request: RequestParts<Route>,
    schema: z.ZodType<T>,
    from?: string | null,
  ): Promise<ListPage<T>>;
  /** The same client, but once `signal` aborts it sends nothing more, retries included, and throws the signal's reason. */
  until(signal: AbortSignal): WebexClient;
}

/** The items of a list. Returns how many could not be read. */
export type WebexList<T> = AsyncGenerator<T, number>;

/** A page of a list. */
export interface ListPage<T> {
  value: T;
  /** How many items of it could not be read. */
  unread: number;
  /** The query of the next page, without a host, so that it can be stored; null where this one is the last. */
  next: string | null;
}

const longestList = 100;
const leadsBack = 'its next page is one that was read already';

/** For one try of a call that carries a file, either way. */
const fileTimeoutMs = 45_000;

interface Call<T> {
  method: Method;
  route: string;
  url: URL;
  body?: unknown;
  mostBytes?: number;
  read: (answer: Answer) => Reading<T>;
}

/** A client for one access token. Throws where the base URL or the token is malformed. Asks Webex nothing yet. */
export function createWebexClient(options: WebexClientOptions): WebexClient {
  const baseUrl = webexBaseUrl(options.baseUrl);
  // The runtime's own error about such a header would quote the token.
  if (!/^[\x21-\x7e]+$/.test(options.accessToken)) {
    throw new Error('The access token holds characters that no token has.');
  }
  const strict = options.strict ?? false;
  const settings: CallSettings = {
    clock: options.clock,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    budgetMs: options.budgetMs ?? defaultBudgetMs,
    observe: options.observe,
    gate: (options.gates ?? createGates(options)).of(baseUrl.origin, options.accessToken),
  };

  const fileSettings: CallSettings = {
    ...settings,
    timeoutMs: Math.max(fileTimeoutMs, settings.timeoutMs),
    budgetMs: Math.max(fileTimeoutMs, settings.budgetMs),
  };

  async function attempt<T>(call: Call<T>, timeoutMs: number, tries: number): Promise<Attempt<T>> {
    const route = `${call.method} ${call.route}`;
    const body = call.body === undefined || call.body instanceof FormData ? call.body : jsonOf(call.body);
    const sentAt = settings.clock.now();
    const answer = await send({
      method: call.method,
      url: call.url,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${options.accessToken}`,
        ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
      },
      body,
      proxy: options.proxy,
      timeoutMs,
      mostBytes: call.mostBytes,
    });
    if (!('status' in answer)) return noAnswer(route, answer);
    options.heard?.({ sentAt, receivedAt: settings.clock.now(), date: answer.headers.get('date') });
    const isOk = answer.status >= 200 && answer.status <= 299;
    const wasDeletedBefore = call.method === 'DELETE' && answer.status === 404 && tries > 1;
    if (!isOk && !wasDeletedBefore) return notOk(route, answer, settings.clock.now());
    const reply = call.read(answer);
    if ('problem' in reply) return malformed(route, answer, reply.problem);
    if (reply.odd) options.onOdd?.({ method: call.method, route: call.route, ...reply.odd });
    const trackingId = answer.headers.get('trackingid');
    return { outcome: 'ok', value: reply.value, status: answer.status, trackingId };
  }

  const urlOf = (route: string, request: { params?: Readonly<Record<string, string>>; query?: Query }) =>
    routeUrl(baseUrl, route, request.params ?? {}, request.query ?? {});

  const parse =
    <T>(schema: z.ZodType<T>) =>
    (answer: Answer) =>
      readReply(answer.text, schema, strict);

  function clientUntil(signal: AbortSignal | undefined): WebexClient {
    const run = <T>(call: Call<T>): Promise<T> =>
      callWebex(
        carriesFile(call) ? fileSettings : settings,
        { ...call, repeatable: call.method !== 'POST', signal },
        (timeoutMs, tries) => attempt(call, timeoutMs, tries),
      );

    /** The page at `url` of the list that began at `firstUrl`, and where the next one is. */
    async function readPage<T>(
      { route, url, firstUrl }: { route: string; url: URL; firstUrl: URL },
      schema: z.ZodType<T>,
    ): Promise<{ value: T; unread: number; next: URL | undefined }> {
      const read = (answer: Answer) => {
        const reply = readReply(answer.text, schema, strict);
        if ('problem' in reply) return reply;
        const page = { value: reply.value, unread: reply.odd?.unread ?? 0, link: answer.headers.get('link') };
        return { ...reply, value: page };
      };
      const { link, ...page } = await run({ method: 'GET', route, url, read });
      const next = nextPageUrl(link, url);
      if (next !== undefined && next.origin !== baseUrl.origin) {
        throw badPaging(route, 'its next page is on another host');
      }
      return { ...page, next: next && ownPage(next, firstUrl) };
    }

    async function* pages<T>(route: string, firstUrl: URL, itemSchema: z.ZodType<T>): WebexList<T> {
      const seen = new Set<string>();
      let unread = 0;
      let url: URL | undefined = firstUrl;
      while (url !== undefined) {
        if (seen.has(url.href)) throw badPaging(route, leadsBack);
        if (seen.size === longestList) throw badPaging(route, `more than ${longestList} pages`);
        seen.add(url.href);
        const page: { value: { items: T[] }; unread: number; next: URL | undefined } = await readPage(
          { route, url, firstUrl },
          listOf(itemSchema),
        );
        yield* page.value.items;
        unread += page.unread;
        url = page.next;
      }
      return unread;
    }

    async function pageFrom<T>(
      route: string,
      firstUrl: URL,
      schema: z.ZodType<T>,
      from: string | null,
    ): Promise<ListPage<T>> {
      const url = from === null ? firstUrl : ownPage(new URL(from, firstUrl), firstUrl);
      const { next, ...page } = await readPage({ route, url, firstUrl }, schema);
      // What stands behind this page cannot be told: it must not count as if there were nothing.
      if (next?.href === url.href) throw badPaging(route, leadsBack);
      return { ...page, next: next === undefined ? null : next.search };
    }

    return {
      get: async (route, request, schema) =>
        run({ method: 'GET', route, url: urlOf(route, request), read: parse(schema) }),
      post: async (route, request, schema) =>
        run({ method: 'POST', route, url: urlOf(route, request), body: request.body, read: parse(schema) }),
      put: async (route, request, schema) =>
        run({ method: 'PUT', route, url: urlOf(route, request), body: request.body, read: parse(schema) }),
      replace: async (route, request) => {
        const read = () => ({ value: undefined });
        return run({ method: 'PUT', route, url: urlOf(route, request), body: request.body, read });
      },
      acceptLater: async (method, route, request) => {
        const read = (answer: Answer) => ({ value: { path: acceptedPath(answer, baseUrl) } });
        return run({ method, route, url: urlOf(route, request), body: request.body, read });
      },
      delete: async (route, request) =>
        run({ method: 'DELETE', route, url: urlOf(route, request), read: () => ({ value: undefined }) }),
      file: async (route, request, mostBytes) =>
        run({ method: 'GET', route, url: urlOf(route, request), mostBytes, read: readFile }),
      list: (route, request, itemSchema) => pages(route, urlOf(route, request), itemSchema),
      page: async (route, request, schema, from = null) => pageFrom(route, urlOf(route, request), schema, from),
      until: clientUntil,
    };
  }

  return clientUntil(undefined);
}

const carriesFile = ({ body, mostBytes }: Pick<Call<unknown>, 'body' | 'mostBytes'>): boolean =>
  mostBytes !== undefined || body instanceof FormData;

function badPaging(route: string, problem: string): WebexUnavailable {
  return new WebexUnavailable(`Webex answered GET ${route} with a list that cannot be followed: ${problem}.`, {
    reason: 'malformed',
    route: `GET ${route}`,
  });
}
