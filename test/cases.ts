// Inputs and conditions that the service once took wrongly, each with what is right. A test proves each: its title begins with the case's id.
// `npm run cases` prints where.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vitest/node';

/** What the first letter of an id stands for. */
export const kinds = {
  R: 'Replies of Webex',
  P: 'Proxies',
  C: 'Consent and links',
  T: 'Typed text',
  W: 'Webhooks',
  D: 'Databases and starting',
  S: 'Security',
  O: 'Operation',
  U: 'What people read',
} as const;

/** What is right, by id. */
export const cases: Readonly<Record<string, string>> = {
  R1: 'An odd organization beside the record’s own costs itself alone.',
  R2: 'Null is absent, a number may be text, an odd item of a list is left out, counted and logged.',
  R3: 'Totals of licenses beyond 32 bits are stored and shown.',
  R4: 'A stranger’s odd webhook or membership keeps ours from nothing; without a webhook of ours the service is not ready.',
  R5: 'Every page is asked with our own query.',
  R6: 'Only authorizations of the person who was asked for are ever deleted.',
  R7: 'A code exchange with lifetimes as text connects, with both deadlines right.',
  R8: 'A refresh without a new refresh token keeps the old one; an answer that cannot be used is no refusal.',
  R9: 'Scopes separated by commas are several scopes.',
  R10: 'A wait that Webex asks for is kept to the millisecond, and bounded.',
  R11: 'An API that Cisco has switched off is told to the administrators once, and held against no organization.',
  R12: 'A probe that finds no customer is a finding.',
  R13: 'An access token is refreshed at half of its life, however short, and not by every look.',
  R14: 'A refresh that fails by a fault of ours has a state, a reason and a message.',
  R15: 'Many unrelated refusals at once are our fault until shown otherwise; `refresh` may revive a lost connection.',
  R16: 'A 401 whose body names no code ends no connection of a customer’s own app, unless it lasts for an hour.',
  P1: 'A proxy that closes at CONNECT is an outage, within its time and in few tries.',
  P2: 'Credentials of a proxy that are no text are named in the form.',
  P3: 'What a proxy answers names the proxy, and costs no hour for a code of five minutes.',
  C1: 'A prefetched callback changes nothing; a second visit shows the transaction.',
  C2: 'A code that Webex refuses does not use up the link.',
  C3: 'A connection ends the organization’s other links, and `connect revoke` ends them by hand.',
  C4: 'A consent that cannot read what the record needs replaces no living connection.',
  C5: 'A page of ours stands before Webex’s: who asks, for what, and how to end it.',
  C6: 'An expired link names the lifetime that counts.',
  C7: 'A declined consent names Control Hub’s place for integrations, and our App ID.',
  C8: 'A customer reads what works and what to do, without our codes or another customer’s name.',
  T1: 'Invisible characters at the ends are dropped, and a number is understood in other forms.',
  T2: 'A name is found however its blanks, accents, apostrophes, dashes and letters are typed.',
  T3: 'A mention is understood in every spelling of its tag.',
  T4: 'A click’s inputs of any shape are judged at the door.',
  W1: 'After a right signature no answer is 4xx or 5xx, whatever the event holds.',
  W2: 'A delivery that is sent again after its row is gone is judged by the message’s own age.',
  W3: 'A delivery that we could not save is caught up with.',
  D1: 'Parameters of common hosts in DATABASE_URL are taken, or named.',
  D2: 'A path in PUBLIC_URL stands in every address.',
  D3: 'A store is opened by nobody but whom it belongs to; the demo opens no real one.',
  D4: 'Keys that do not open what is stored stop the start, which names the keys in use.',
  D5: 'A simulated world with many grants starts again.',
  D6: 'Files of the embedded database are closed to others.',
  D7: 'Weak secrets and unencrypted addresses are refused or warned of at the start.',
  S1: 'A stranger’s flood costs one refusal an hour, and bots are never answered.',
  S2: 'Authority is a person of Webex, not the text of an address.',
  S3: 'Where outsiders read along, answers go to the administrator alone until somebody allows it.',
  S4: 'A customer is asked for no scope that nothing uses.',
  S5: 'No row holds a signed address.',
  S6: 'The demo’s chat page obeys its own Host alone.',
  S7: 'The demo listens on loopback; HOST and METRICS_TOKEN close the rest.',
  S8: 'Nothing but the log’s own lines is written to its output.',
  S9: 'A calendar file is RFC 5545, whatever the names in it.',
  S10: 'Each obeyed command leaves a line with person, command, organization and outcome.',
  O1: 'Quiet hours never last longer than they were set, whatever the clocks do.',
  O2: 'Fifty commands at once on the embedded database are all answered soon.',
  O3: 'An idle service looks for nothing that nobody announced.',
  O4: 'Rows of strangers are deleted in time.',
  O5: 'No broken connection of the database ends the process.',
  O6: 'Job queues never stand still for good.',
  O7: 'Frozen connections of the database are given up, and new ones made.',
  O8: 'A command during trouble of the database is answered once and rightly after it.',
  O9: 'Whoever is told to wait makes all calls of that token wait.',
  O10: 'A disabled webhook is activated at the first look that Webex’s rules allow.',
  O11: 'A start that waits for its database says so, and answers `/healthz`.',
  O12: 'Odd configuration is named at the start.',
  O13: 'A killed process loses no command.',
  O14: 'Ages are measured on Webex’s clock, and a skew is said.',
  U1: 'A number means what it meant where the person read it last.',
  U2: 'Headlines say the worst first.',
  U3: 'Ended connections are told once, then weekly; an acknowledged one is quiet.',
  U4: 'A space reads one summary a day at most.',
  U5: 'Ninety days of the demo show both lives of a grant.',
  U6: 'The connect message serves the person who passes the link on.',
  U7: 'Each row of a list has its own button.',
  U8: 'Every time is in the space’s zone.',
  U9: 'Lists say why, name each once, and say where they end.',
  U10: 'Saving twice at once says that it is saved.',
  U11: 'A jump of the clock gives no nonsense durations.',
  U12: 'The start says what it does, and help is given.',
  U13: 'Pages keep the focus, have unique ids and visible borders.',
};

/** A test that proves a case. */
export interface Proof {
  id: string;
  /** From the project's root. */
  file: string;
  /** The line of the title, counted from 1. */
  line: number;
  /** What follows the ids. */
  title: string;
}

/** `R5: …`, or `P1, P3: …` where one test proves two. */
const titled = /^((?:[A-Z]\d+, )*[A-Z]\d+): (.+)/s;

/** The proofs in all test files, by file and line. */
export function findProofs(folder = 'test'): Proof[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .flatMap((name) => proofsIn(join(folder, name), readFileSync(join(folder, name), 'utf8')));
}

/** The proofs in one test file: the titles of `test`, `it` and `describe`, with `each` or without. What is skipped proves nothing. */
export function proofsIn(file: string, text: string): Proof[] {
  const proofs: Proof[] = [];
  visit(parseAst(text, { lang: 'ts' }) as unknown as Node, (node) => {
    if (node.type !== 'CallExpression' || !isTest(node.callee)) return;
    const [first] = node.arguments ?? [];
    const [, ids, title] = titled.exec(first === undefined ? '' : textOf(first)) ?? [];
    if (first === undefined || ids === undefined || title === undefined) return;
    const line = text.slice(0, first.start).split('\n').length;
    proofs.push(...ids.split(', ').map((id) => ({ id, file, line, title })));
  });
  return proofs;
}

interface Node {
  type: string;
  start: number;
  callee?: Node;
  arguments?: Node[];
  [key: string]: unknown;
}

/** `test(…)`, `it.each(…)(…)`, `test.for(…)(…)`; not `test.skip(…)`. */
function isTest(callee: Node | undefined): boolean {
  if (callee === undefined) return false;
  if (callee.type === 'Identifier') return ['test', 'it', 'describe'].includes(String(callee['name']));
  if (callee.type === 'CallExpression') return isTest(callee.callee);
  if (callee.type !== 'MemberExpression') return false;
  const { name } = callee['property'] as { name?: string };
  return name !== 'skip' && name !== 'todo' && isTest(callee['object'] as Node);
}

/** A string as it is written; dots stand for what a template fills in. */
function textOf(node: Node): string {
  if (node.type === 'Literal') return String(node['value']);
  if (node.type !== 'TemplateLiteral') return '';
  const quasis = node['quasis'] as { value: { cooked: string } }[];
  return quasis.map(({ value }) => value.cooked).join('…');
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see);
  } else if (typeof value === 'object' && value !== null) {
    if ('type' in value) see(value as Node);
    for (const child of Object.values(value)) visit(child, see);
  }
}
