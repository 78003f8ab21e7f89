// Webex with odd answers, where the simulator plays none: what the app asks goes through a server that changes the simulator's answers on their way back.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Dispatcher, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { onTestFinished } from 'vitest';
import type { TestApp } from './test-app.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: what Webex sends is what a test makes of it
  body: any;
}

export interface Alteration {
  method?: string;
  /** The path behind `/v1`, without its query. */
  path: string | RegExp;
  /** Changes the simulator's answer, or gives another. `url` is what was asked, `token` by whom. */
  change(reply: Reply, asked: { url: URL; token: string }): Partial<Reply> | undefined;
}

export interface Asked {
  method: string;
  url: URL;
}

/** Alters what Webex answers to the app until the test has finished. `asked` is what the app has asked since. */
export async function alterWebex(
  { simulator }: Pick<TestApp, 'simulator'>,
  alterations: Alteration[],
): Promise<{ asked: Asked[] }> {
  const asked: Asked[] = [];
  const { origin } = new URL(simulator.apiUrl);
  const relay = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const method = request.method ?? 'GET';
    asked.push({ method, url });
    const body = method === 'GET' ? undefined : await text(request);
    // Without our name, or the dispatcher would send it here again.
    const { host: _h, connection: _c, 'content-length': _l, 'user-agent': _u, ...headers } = request.headers;
    const answer = await fetch(url, {
      method,
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...(body ? { body } : {}),
    });
    const said = await answer.text();
    const reply: Reply = { status: answer.status, headers: Object.fromEntries(answer.headers), body: said };
    const isJson = answer.headers.get('content-type')?.includes('json') && said !== '';
    if (isJson) reply.body = JSON.parse(said);
    const path = url.pathname.replace(/^\/v1/, '');
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    for (const one of alterations) {
      const fits = typeof one.path === 'string' ? one.path === path : one.path.test(path);
      if (fits && (one.method ?? method) === method) Object.assign(reply, one.change(reply, { url, token }));
    }
    const { 'transfer-encoding': _encoding, 'content-length': _size, ...kept } = reply.headers;
    response.writeHead(reply.status, kept);
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const relayOrigin = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
  const former = getGlobalDispatcher();
  // People's own requests go to Webex as they are.
  const isOurs = ({ origin: target, headers }: Dispatcher.DispatchOptions) =>
    String(target) === origin && /Hubkeeper|oauth4webapi/.test(JSON.stringify(headers ?? {}));
  setGlobalDispatcher(
    former.compose(
      (dispatch) => (options, handler) =>
        dispatch(isOurs(options) ? { ...options, origin: relayOrigin } : options, handler),
    ),
  );
  onTestFinished(async () => {
    setGlobalDispatcher(former);
    relay.closeAllConnections();
    await new Promise((resolve) => relay.close(resolve));
  });
  return { asked };
}
