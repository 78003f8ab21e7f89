// Many organizations are asked about, one after the other: an outage is waited for, and one without a sensible answer keeps nobody waiting.
import { expect, it } from 'vitest';
import { askEach } from '../../src/discovery/ask-each.ts';
import { type UnavailableReason, WebexUnavailable } from '../../src/webex/errors.ts';

const waitMs = 300_000;

/** What is settled of items with these answers, and what comes next. */
async function run(answers: ('ok' | UnavailableReason)[], tries = 0) {
  const settled: string[] = [];
  const wait = await askEach(answers, {
    tries,
    async ask(answer) {
      if (answer !== 'ok') throw new WebexUnavailable('no', { reason: answer, route: 'GET /x' });
      return 'well';
    },
    settle: (_item, answer) => void settled.push('result' in answer ? answer.result : answer.noAnswer),
  });
  return { settled, wait };
}

it.each([
  ['all answered', ['ok', 'ok'], 0, ['well', 'well'], undefined],
  ['an outage', ['ok', 'network', 'ok'], 0, ['well'], { waitMs, tries: 0 }],
  ['an outage from the beginning', ['timeout'], 3, [], { waitMs, tries: 3 }],
  ['told to wait', ['rate_limited'], 0, [], { waitMs, tries: 0 }],
  ['one without a sensible answer', ['server_error', 'ok'], 0, ['server_error', 'well'], undefined],
  ['such a one at the end', ['ok', 'malformed'], 0, ['well', 'malformed'], undefined],
  ['such a one alone', ['malformed'], 0, [], { waitMs, tries: 1 }],
  ['such a one alone, an hour later', ['malformed'], 11, ['malformed'], undefined],
  ['one before an outage', ['server_error', 'network'], 0, [], { waitMs, tries: 0 }],
  ['three in a row', ['server_error', 'server_error', 'server_error', 'ok'], 0, [], { waitMs, tries: 1 }],
  [
    'three in a row behind one',
    ['ok', 'server_error', 'server_error', 'server_error'],
    0,
    ['well'],
    { waitMs, tries: 1 },
  ],
  [
    'three in a row, an hour later',
    ['server_error', 'malformed', 'server_error', 'ok'],
    11,
    ['server_error'],
    { waitMs, tries: 0 },
  ],
] as const)('%s', async (_case, answers, tries, settled, wait) => {
  expect(await run([...answers], tries)).toEqual({ settled, wait });
});

it('goes up with what is switched off', async () => {
  await expect(run(['switched_off'])).rejects.toThrow(WebexUnavailable);
});
