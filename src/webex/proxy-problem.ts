// What can be wrong with a proxy on the way to Webex.

/** What kept a proxy from opening a way. */
export type ProxyProblem =
  /** It wants other credentials (407). */
  | 'credentials'
  /** It refuses this target, or us (another 4xx). */
  | 'refused'
  /** It cannot reach the target (5xx), or answers otherwise. */
  | 'failed'
  /** What it sends is no HTTP. */
  | 'no_http'
  /** It closed the connection without an answer. */
  | 'closed'
  /** It cannot be reached, or its certificate is not trusted. */
  | 'unreachable'
  /** It did not answer in time. */
  | 'timeout';

/** A proxy has opened no way, so that Webex has seen nothing. Holds no address and no credentials. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly problem: ProxyProblem;
  /** The proxy's HTTP status, where it gave one. */
  readonly status: number | undefined;
  /** The system's name for the failure, such as `ECONNREFUSED`. */
  readonly code: string;
  /** `host:port` of the proxy. */
  readonly proxy: string;

  constructor(proxy: string, problem: ProxyProblem, { status, code }: { status?: number; code?: string } = {}) {
    super(`the proxy ${proxy} opened no way (${problem})`);
    this.proxy = proxy;
    this.problem = problem;
    this.status = status;
    this.code = code ?? (status === undefined ? 'PROXY' : `PROXY_${status}`);
  }
}
