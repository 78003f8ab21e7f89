import { describe, expect, it } from 'vitest';
import { createWebexClient } from '../../src/webex/client.ts';
import { contentIdOf, readContent } from '../../src/webex/contents.ts';
import { createFakeClock } from './fake-clock.ts';
import { pretendWebex } from './pretend-webex.ts';

const webex = pretendWebex();
const setUp = () =>
  createWebexClient({ baseUrl: 'https://webexapis.test/v1', accessToken: 'x', clock: createFakeClock(), strict: true });
const asked = { id: 'c1', mostBytes: 8 };
const answers = (status: number, body: string | Buffer, headers: Record<string, string> = {}) =>
  webex().intercept({ path: '/v1/contents/c1' }).reply(status, body, { headers });

describe("a message's file", () => {
  it.each([
    ['attachment; filename="customers.csv"', 'customers.csv'],
    ["attachment; filename=x; filename*=UTF-8''Kund%C3%A9n.csv", 'Kundén.csv'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment', ''],
  ])('is read byte for byte, with its name: %s', async (disposition, name) => {
    const bytes = Buffer.from([0xff, 0xfe, 0x61, 0x00]);
    answers(200, bytes, { 'content-disposition': disposition });
    await expect(readContent(setUp(), asked)).resolves.toEqual({ name, bytes });
  });

  it('is not read to its end where it is too large', async () => {
    answers(200, Buffer.alloc(9));
    await expect(readContent(setUp(), asked)).resolves.toBe('too_large');
  });

  it.each([
    [410, 'infected'],
    [428, 'unscannable'],
    [404, 'gone'],
    [403, 'gone'],
  ])('is told apart by status %i: %s', async (status, outcome) => {
    answers(status, '{"message":"no"}');
    await expect(readContent(setUp(), asked)).resolves.toBe(outcome);
  });

  it.each([{ 'retry-after': '60' }, {}])('is waited for while Webex scans it: %j', async (headers) => {
    answers(423, '{"message":"Locked"}', headers);
    await expect(readContent(setUp(), asked)).rejects.toMatchObject({ reason: 'rate_limited', status: 423 });
  });

  it.each([
    ['https://webexapis.com/v1/contents/Y2lzY29', 'Y2lzY29'],
    ['https://webexapis.com/v1/contents/', undefined],
    ['https://evil.example/file.csv', undefined],
  ])('is asked for by the id in its address: %s', (address, id) => {
    expect(contentIdOf(address)).toBe(id);
  });
});
