// A bounded log of the REST calls that arrived: what was called and by whom, never a token, a query or a body.

/** Older calls are forgotten. */
const KEPT = 10_000;

export interface LoggedCall {
  method: string;
  /** The route's pattern; `unknown` where no route matched. */
  route: string;
  /** Absent where the connection was cut or the call hangs. */
  status?: number;
  at: string;
  /** E-mail of the token's holder, or the client id at the token endpoint. */
  by?: string;
  trackingId: string;
}

export interface CallLog {
  add(call: LoggedCall): void;
  all(): readonly LoggedCall[];
  clear(): void;
}

/** An empty log. `added` is called after each call that it takes. */
export function createCallLog(added: () => void): CallLog {
  let calls: LoggedCall[] = [];
  return {
    add(call) {
      calls.push(call);
      if (calls.length > KEPT * 1.1) calls = calls.slice(-KEPT);
      added();
    },
    all: () => calls.slice(-KEPT),
    clear() {
      calls = [];
    },
  };
}
