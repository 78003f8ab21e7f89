// A simulator for one test, and what a test needs to speak to it over HTTP.

import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/simulator.ts';

export const REDIRECT_URI = 'http://localhost:3999/oauth/callback';

/** The parts of an answer that tests read one by one; whatever else stands in it is compared as a whole. */
export interface Body {
  [name: string]: unknown;
  id: string;
  message: string;
  items: Body[];
}

export interface Reply {
  status: number;
  headers: Headers;
  body: Body;
}

/** A started simulator that stops when the test ends. */
export async function startSimulator(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await createSimulator({ port: 0, redirectUris: [REDIRECT_URI], ...options });
  await simulator.start();
  onTestFinished(() => simulator.stop());
  return simulator;
}

/** Calls the REST API with `token`. A plain object is sent as JSON, a FormData as multipart. */
export async function call(
  simulator: Simulator,
  token: string,
  method: string,
  path: string,
  body?: object,
): Promise<Reply> {
  return request(simulator.apiUrl + path, method, body, { Authorization: `Bearer ${token}` });
}

/** Uses the control door. */
export async function control(simulator: Simulator, method: string, path: string, body?: object): Promise<Reply> {
  return request(`${simulator.url}/simulator/api${path}`, method, body, {});
}

async function request(
  url: string,
  method: string,
  body: object | undefined,
  headers: Record<string, string>,
): Promise<Reply> {
  const json = body !== undefined && !(body instanceof FormData);
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(json ? { 'Content-Type': 'application/json' } : {}) },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Body };
}

/** A seeded person by first name, such as `ada`. */
export function personNamed(simulator: Simulator, name: string) {
  const person = simulator.people.find(({ email }) => email.startsWith(`${name}@`));
  if (person === undefined) throw new Error(`Nobody is called ${name}`);
  return person;
}

export function roomOf(simulator: Simulator, type: 'direct' | 'group') {
  const room = simulator.rooms.find((one) => one.type === type);
  if (room === undefined) throw new Error(`There is no ${type} room`);
  return room;
}

export function organizationNamed(simulator: Simulator, name: string) {
  const organization = simulator.organizations.find(({ displayName }) => displayName.startsWith(name));
  if (organization === undefined) throw new Error(`No organization is called ${name}`);
  return organization;
}

export const card = (content: object = {}) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    version: '1.3',
    body: [{ type: 'Input.Text', id: 'name', label: 'Name' }],
    actions: [{ type: 'Action.Submit', title: 'Save', data: { form: 'add' } }],
    ...content,
  },
});

export interface Received {
  headers: IncomingHttpHeaders;
  raw: string;
  event: Body & { data: Body };
}

/** A server that webhooks deliver to. `status` is what it answers, and may be changed. */
export async function startReceiver() {
  const received: Received[] = [];
  const receiver = { url: '', received, status: 200 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString('utf8');
    received.push({ headers: request.headers, raw, event: JSON.parse(raw) });
    response.writeHead(receiver.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver does not listen');
  receiver.url = `http://127.0.0.1:${address.port}/webhook`;
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return receiver;
}
