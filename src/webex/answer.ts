// Sends one request and reads the whole answer, under one time-out. Knows no retries and no shapes of answers.

import { type Dispatcher, type FormData, request } from 'undici';
import type { ProxyInfo } from './errors.ts';
import { type ProxySettings, wayTo } from './proxy.ts';
import { ProxyError } from './proxy-problem.ts';

export interface WebexRequest {
  method: Dispatcher.HttpMethod;
  url: URL;
  headers: Record<string, string>;
  /** A form goes as `multipart/form-data`, with a content type of its own. */
  body?: string | FormData | undefined;
  proxy?: ProxySettings | undefined;
  timeoutMs: number;
  /** A good answer is a file: its bytes are wanted, so many at most. */
  mostBytes?: number | undefined;
}

/** A complete answer, of any status. */
export interface Answer {
  status: number;
  /** By name in lower case. */
  headers: ReadonlyMap<string, string>;
  /** Empty where the answer is a file. */
  text: string;
  /** The file where one was asked for; `too_large`: it has more bytes than are wanted, and was not read to its end. */
  file?: Buffer | 'too_large';
}

/** No complete answer arrived. */
export interface NoAnswer {
  reason: 'timeout' | 'network' | 'proxy';
  /** The system's or the HTTP client's name for it, such as `ECONNREFUSED`. */
  code: string;
  /** The connection was never made, so Webex cannot have seen the request. */
  unsent: boolean;
  /** The proxy in between, where there is one. */
  proxy?: ProxyInfo | undefined;
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

/** The failure of a request that could not be sent at all. */
const ourMistakes = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']);

/**
 * Sends one request and reads the whole answer within `timeoutMs`. Redirects are not followed: Webex's API has none, and a token must not go to an address
 * that someone else names. Errors of the network are returned as values, since a thrown error may hold the request with its secrets. `request` takes a
 * third of the processor time of `fetch`, but does not decompress: so the answer is asked for uncompressed.
 */
export async function send({ url, proxy, timeoutMs, ...sent }: WebexRequest): Promise<Answer | NoAnswer> {
  const way = wayTo(url, proxy);
  try {
    const response = await request(url, {
      method: sent.method,
      headers: { 'user-agent': 'Hubkeeper', ...sent.headers },
      signal: AbortSignal.timeout(timeoutMs),
      ...(sent.body === undefined ? {} : { body: sent.body }),
      ...(way === undefined ? {} : { dispatcher: way.dispatcher }),
    });
    const answer = { status: response.statusCode, headers: headersOf(response) };
    if (sent.mostBytes === undefined || answer.status !== 200) return { ...answer, text: await response.body.text() };
    return { ...answer, text: '', file: await readFile(response, sent.mostBytes) };
  } catch (error) {
    const failed = proxyErrorIn(error);
    if (failed) {
      const { problem, status, code } = failed;
      return { reason: 'proxy', code, unsent: true, proxy: { name: failed.proxy, problem, status } };
    }
    const code = rootCode(error);
    if (code === undefined || ourMistakes.has(code)) throw error;
    const reason = timeoutCodes.has(code) ? 'timeout' : 'network';
    return { reason, code, unsent: unsentCodes.has(code), proxy: way && { name: way.proxy } };
  }
}

/** Reads the body until its end, or until it is larger than wanted: then nothing more of it is fetched. */
async function readFile({ body }: Dispatcher.ResponseData, mostBytes: number): Promise<Buffer | 'too_large'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the body.
    if (bytes > mostBytes) return 'too_large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A header that came more than once becomes one, with commas between its values, as HTTP defines it. */
const headersOf = ({ headers }: Dispatcher.ResponseData): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(headers).map(([name, value = '']) => [name, typeof value === 'string' ? value : value.join(', ')]),
  );

function proxyErrorIn(error: unknown): ProxyError | undefined {
  if (error instanceof ProxyError) return error;
  return error instanceof Error ? proxyErrorIn(error.cause) : undefined;
}

/** The code of the innermost cause. Undefined where the error is not the network's. */
function rootCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = rootCode(error.cause) ?? ('code' in error ? error.code : undefined);
  if (typeof code === 'string') return code;
  return error.name === 'TimeoutError' ? error.name : undefined;
}

/** Webex's tracking id, from the header or from an error's body. */
export function trackingIdOf(answer: Answer): string | undefined {
  const id = answer.headers.get('trackingid') ?? property(parseJson(answer.text), 'trackingId');
  return typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? id : undefined;
}

/** Undefined where the text is no JSON. A byte order mark before it and NULs in its strings, which no database takes, are dropped. */
export function parseJson(text: string): unknown {
  try {
    const json = text.replace(/^\uFEFF/, '');
    return json.includes('\\u0000') ? JSON.parse(json, withoutNul) : JSON.parse(json);
  } catch (error) {
    // The parser's own message quotes the text, which may hold a token.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const withoutNul = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '') : value;

/** A property of whatever JSON came, if it is an object that has it. */
export function property(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined;
}
