// The two kinds of failures of Webex. Every other error is a bug, and goes up with its cause.

import type { ProxyProblem } from './proxy-problem.ts';

interface WebexFailure {
  /** The route as a pattern, without ids or queries: `GET /people/{id}`. Safe to log and to show. */
  route: string;
  /** Webex's tracking id, which Cisco support asks for; absent when no answer arrived. */
  trackingId?: string | undefined;
  /** HTTP status; absent when no answer arrived. */
  status?: number | undefined;
  cause?: unknown;
}

/**
 * Webex understood and said no: a person must act, asking again changes nothing.
 * `code` is what decides (never the message): an OAuth error code such as `invalid_grant`, else `http_<status>`.
 * `byStatusAlone`: the OAuth code was concluded from the status, since the body names none. A gateway in front of Webex may have answered.
 */
export class WebexRefused extends Error {
  override readonly name = 'WebexRefused';
  readonly code: string;
  readonly byStatusAlone: boolean;
  readonly route: string;
  readonly status: number | undefined;
  readonly trackingId: string | undefined;

  constructor(message: string, details: WebexFailure & { code: string; byStatusAlone?: boolean | undefined }) {
    super(message, { cause: details.cause });
    this.code = details.code;
    this.byStatusAlone = details.byStatusAlone ?? false;
    this.route = details.route;
    this.status = details.status;
    this.trackingId = details.trackingId;
  }
}

/**
 * Why Webex could not be asked. `malformed`: the answer could not be read, with broken JSON, an empty body, or a shape that the API does not have. `proxy`: the
 * organization's proxy opened no way to Webex. `switched_off`: Cisco has ended this API (410), and only a newer version of Hubkeeper can ask otherwise.
 */
export type UnavailableReason =
  | 'timeout'
  | 'network'
  | 'rate_limited'
  | 'server_error'
  | 'malformed'
  | 'proxy'
  | 'switched_off';

/** The proxy through which Webex was asked. */
export interface ProxyInfo {
  /** `host:port`, without user and password. */
  name: string;
  /** What kept it from opening a way; absent where it opened one. */
  problem?: ProxyProblem | undefined;
  /** The proxy's own HTTP status. */
  status?: number | undefined;
}

/** Webex could not be asked, or its answer could not be read. Try later; a grant is never lost for it. */
export class WebexUnavailable extends Error {
  override readonly name = 'WebexUnavailable';
  readonly reason: UnavailableReason;
  readonly route: string;
  readonly status: number | undefined;
  readonly trackingId: string | undefined;
  /** How long Webex asked us to wait, in milliseconds, where it said so. */
  readonly retryAfterMs: number | undefined;
  /** Webex has surely not acted on the request: it may be sent again, whatever it does. */
  readonly untouched: boolean;
  /** Absent where Webex was asked directly, or has answered. */
  readonly proxy: ProxyInfo | undefined;

  constructor(
    message: string,
    details: WebexFailure & {
      reason: UnavailableReason;
      retryAfterMs?: number | undefined;
      /** Default: false, since an answer may have been lost. */
      untouched?: boolean;
      proxy?: ProxyInfo | undefined;
    },
  ) {
    super(message, { cause: details.cause });
    this.reason = details.reason;
    this.route = details.route;
    this.status = details.status;
    this.trackingId = details.trackingId;
    this.retryAfterMs = details.retryAfterMs;
    this.untouched = details.untouched ?? false;
    this.proxy = details.proxy;
  }

  /** Asking again within seconds is of no use: a person must act, at the proxy or by a newer version. */
  get needsPerson(): boolean {
    const { problem } = this.proxy ?? {};
    return this.reason === 'switched_off' || problem === 'credentials' || problem === 'refused';
  }
}

/** The tracking id in a failure of Webex; undefined in every other error. */
export function trackingIdIn(error: unknown): string | undefined {
  return error instanceof WebexRefused || error instanceof WebexUnavailable ? error.trackingId : undefined;
}
