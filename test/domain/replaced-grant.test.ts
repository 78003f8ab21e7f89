// Which authorization at Webex is surely the grant that a newer consent has replaced, as tables.
import { describe, expect, it } from 'vitest';
import { replacedAuthorization } from '../../src/connections/connect/replaced-grant.ts';

const connectedAt = new Date('2026-03-01T12:00:00Z');
const at = (minutes: number) => new Date(connectedAt.getTime() + minutes * 60_000);
const days = (count: number) => at(count * 24 * 60);

const ours = { id: 'old', clientId: 'our-client', personId: 'carol', type: 'refresh', created: at(-0.1) };
const newer = { ...ours, id: 'new', created: days(60) };
const context = {
  clientId: 'our-client',
  replaced: { connectedAt, obtainedAt: days(56) },
  newObtainedAt: days(60),
  isSamePerson: false,
};

describe('the grant that was replaced', () => {
  it.each<[string, object[], Partial<typeof context>, string | undefined]>([
    ['is the one that was born with the consent', [ours], {}, 'old'],
    ['is the one that was born with the last refresh', [{ ...ours, created: days(56) }], {}, 'old'],
    ['is not one of another integration', [{ ...ours, clientId: 'another' }], {}, undefined],
    ['is not an access token', [{ ...ours, type: 'access' }], {}, undefined],
    ['is not one whose birth Webex does not say', [{ ...ours, created: undefined }], {}, undefined],
    ['is not one of another day', [{ ...ours, created: days(20) }], {}, undefined],
    ['is not the newer one', [newer], {}, undefined],
    ['is unknown where two may be it', [ours, { ...ours, id: 'twin' }], {}, undefined],
    ['is told from the newer one of the same person', [ours, newer], { isSamePerson: true }, 'old'],
    ['is not told where Webex lists one for both', [ours], { isSamePerson: true }, undefined],
    ['is nothing where Webex lists nothing', [], {}, undefined],
  ])('C4: %s', (_case, listed, changed, id) => {
    expect(replacedAuthorization(listed as (typeof ours)[], { ...context, ...changed })?.id).toBe(id);
  });
});
