// What a partner's administrator reads of the customers, as they come and go; and Control Hub's admin audit.

import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { grantBy, refresh } from './grant.ts';
import { type Body, call, control, organizationNamed, personNamed, startSimulator } from './local-webex.ts';

const adas = (simulator: Simulator) => personNamed(simulator, 'ada').token;
const managed = (simulator: Simulator, body: object) =>
  control(simulator, 'PUT', '/organizations/Meridian%20Managed%20Services/managed', body);
const namesOf = (body: Body) => body.items.map(({ displayName }) => displayName);

describe("a partner's organizations", () => {
  it('come, go and are renamed, and all are listed at once', async () => {
    const simulator = await startSimulator();
    const token = adas(simulator);
    const changed = await managed(simulator, {
      add: 1200,
      items: [
        { name: 'Cobalt Health', managed: true },
        { name: 'Acme Robotics', managed: false },
        { name: 'Borealis Foods', rename: 'Borealis Group' },
      ],
    });
    expect(changed.body.items).toHaveLength(1202);
    const { body, headers } = await call(simulator, token, 'GET', '/organizations');
    expect(headers.get('link')).toBeNull();
    expect(body.items).toHaveLength(1203);
    expect(namesOf(body)).toEqual(expect.arrayContaining(['Cobalt Health', 'Borealis Group', 'Customer 1204']));
    expect(namesOf(body)).not.toContain('Acme Robotics');
  });

  it.each([
    ['one that is managed', 'Borealis', 200],
    ['one that is managed no more', 'Acme', 403],
    ['one that never was', 'Cobalt', 403],
  ])('answers for %s', async (_what, name, expected) => {
    const simulator = await startSimulator();
    const token = adas(simulator);
    await managed(simulator, { items: [{ name: 'Acme Robotics', managed: false }] });
    const { id } = organizationNamed(simulator, name);
    for (const path of [
      `/organizations/${id}`,
      `/licenses?orgId=${id}`,
      `/locations?orgId=${id}`,
      `/people?orgId=${id}`,
    ]) {
      expect((await call(simulator, token, 'GET', path)).status, path).toBe(expected);
    }
  });

  it('are not what a call without orgId is about: that is the partner itself', async () => {
    const simulator = await startSimulator();
    const token = adas(simulator);
    const { body } = await call(simulator, token, 'GET', '/licenses');
    expect(body.items.map(({ subscriptionId }) => subscriptionId)).toContain('Sub-310042');
    const people = await call(simulator, token, 'GET', '/people');
    const own = organizationNamed(simulator, 'Meridian').id;
    expect(new Set(people.body.items.map(({ orgId }) => orgId))).toEqual(new Set([own]));
  });
});

describe('the admin audit', () => {
  const day = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };
  const now = () => new Date('2026-03-01T12:00:00Z');
  const path = (simulator: Simulator, query: Record<string, string> = {}) =>
    `/adminAudit/events?${new URLSearchParams({ orgId: organizationNamed(simulator, 'Acme').id, ...day, ...query })}`;
  const fate = (simulator: Simulator, what: string, by?: string) =>
    control(simulator, 'POST', `/people/carol@acme.example/${what}`, by === undefined ? {} : { by });

  it('tells what befell whom, and who did it', async () => {
    const simulator = await startSimulator({ now });
    await fate(simulator, 'demote', 'ada@meridian.example');
    const { body } = await call(simulator, adas(simulator), 'GET', path(simulator));
    expect(body.items).toEqual([
      {
        ...{ id: expect.any(String), created: '2026-03-01T12:00:00.000Z' },
        ...{ actorId: expect.any(String), actorOrgId: organizationNamed(simulator, 'Meridian').id },
        data: expect.objectContaining({
          actorName: 'Ada Lindqvist',
          actorEmail: 'ada@meridian.example',
          eventCategory: 'EventCategory.USERS',
          actionText: 'Ada Lindqvist removed the roles of Carol Reyes',
          targetName: 'Carol Reyes',
        }),
      },
    ]);
  });

  it.each(['reset-password', 'revoke', 'block', 'delete', 'demote'])('ends grants by the fate %s', async (what) => {
    const simulator = await startSimulator({ now });
    const { refresh_token } = await grantBy(simulator, 'carol@acme.example');
    expect((await fate(simulator, what)).status).toBe(204);
    expect((await refresh(simulator, refresh_token)).status).toBe(400);
  });

  it('is paged by offset, the newest first, without a link', async () => {
    const simulator = await startSimulator({ now });
    for (const what of ['revoke', 'block', 'reset-password']) await fate(simulator, what);
    const token = adas(simulator);
    const first = await call(simulator, token, 'GET', path(simulator, { max: '2' }));
    expect(first.headers.get('link')).toBeNull();
    const rest = await call(simulator, token, 'GET', path(simulator, { max: '2', offset: '2' }));
    const texts = [...first.body.items, ...rest.body.items].map(
      ({ data }) => (data as { actionText: string }).actionText,
    );
    expect(texts.map((text) => text.replace(/^Ada Lindqvist /, ''))).toEqual([
      'reset the password of Carol Reyes',
      'blocked the integration Hubkeeper',
      'revoked the access of Hubkeeper',
    ]);
  });

  it.each([
    ['of more than a year', { from: '2025-01-01T00:00:00Z' }, 400],
    ['without a time', { from: '' }, 400],
    ['of more than 200 at once', { max: '201' }, 400],
    ['of nobody', { orgId: 'unknown' }, 404],
  ])('refuses a list %s', async (_what, query: Record<string, string>, expected) => {
    const simulator = await startSimulator({ now });
    const { status } = await call(simulator, adas(simulator), 'GET', path(simulator, query));
    expect(status).toBe(expected);
  });

  it.each([
    ['wanted', 403],
    ['not_wanted', 200],
  ])('has the scope %s', async (adminAuditScope, expected) => {
    const simulator = await startSimulator({ now });
    await control(simulator, 'PUT', '/switches', { adminAuditScope });
    // The scopes of this grant do not hold that of the audit.
    const { access_token } = await grantBy(simulator, 'ada@meridian.example');
    const { status } = await call(simulator, access_token, 'GET', path(simulator));
    expect(status).toBe(expected);
  });
});
