// One request over the network and what came back, read to its end under one time-out. Knows no retries and no shapes.

import { dispatcherFor, type ProxySettings } from './proxy.ts';

export interface WebexRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  /** A form goes as `multipart/form-data`, with a content type of its own. */
  body?: string | FormData | undefined;
  proxy?: ProxySettings | undefined;
  timeoutMs: number;
}

/** A complete answer, of any status. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** No complete answer arrived. */
export interface NoAnswer {
  reason: 'timeout' | 'network';
  /** The system's or the HTTP client's name for it, such as `ECONNREFUSED`. */
  code: string;
  /** The connection was never made, so Webex cannot have seen the request. */
  unsent: boolean;
}

const timeoutCodes = new Set([
  'TimeoutError',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Sends one request and reads the whole answer within `timeoutMs`. Redirects are not followed: Webex's API has none, and a
 * token must not travel to where a stranger points. Errors of the network are returned as values, because what `fetch` throws
 * may hold the request with its secrets.
 */
export async function send(request: WebexRequest): Promise<Answer | NoAnswer> {
  const dispatcher = dispatcherFor(request.url, request.proxy);
  const init: RequestInit = {
    method: request.method,
    headers: request.headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(request.timeoutMs),
    ...(request.body === undefined ? {} : { body: request.body }),
    ...(dispatcher === undefined ? {} : { dispatcher }),
  };
  try {
    const response = await fetch(request.url, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    const code = rootCode(error);
    if (code === undefined) throw error;
    return { reason: timeoutCodes.has(code) ? 'timeout' : 'network', code, unsent: unsentCodes.has(code) };
  }
}

/** The code of the innermost cause; `fetch` itself only says "fetch failed". Undefined where the error is not the network's. */
function rootCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = rootCode(error.cause) ?? ('code' in error ? error.code : undefined);
  if (typeof code === 'string') return code;
  if (error.name === 'TimeoutError') return error.name;
  return error instanceof TypeError && error.cause instanceof Error ? error.cause.name : undefined;
}

/** Webex's tracking id, from the header or from an error's body. */
export function trackingIdOf(answer: Answer): string | undefined {
  const id = answer.headers.get('trackingid') ?? property(parseJson(answer.text), 'trackingId');
  return typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? id : undefined;
}

/** Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own message quotes the text, which may hold a token.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A property of whatever JSON came, if it is an object that has it. */
export function property(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined;
}
