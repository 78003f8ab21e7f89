// Workspaces with hybrid calling: whose address is not in the record's domain, with a fresh one to copy; asked for with the scope alone, and by nobody of another branch.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, press } from '../helpers/asking.ts';
import { type Branch, makeBranch } from '../helpers/branches.ts';
import { connectOrganization, faultsOf, valuesIn } from '../helpers/story.ts';
import { startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let alpine: Branch;
let baltic: Branch;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  faults = faultsOf(testApp);
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
  await connectOrganization(testApp, alpine.admin, {
    ...{ space: alpine.space, name: 'Acme Robotics', administrator: 'carol@acme.example' },
    inputs: { email_domain: 'acme-robotics.example', dirsync_enabled: 'true' },
  });
  await connectOrganization(testApp, baltic.admin, {
    ...{ space: baltic.space, name: 'Borealis Foods', administrator: 'dmitri@borealis.example' },
  });
});
afterAll(() => testApp.close());

const asks = ({ admin, space }: Branch, text: string, answer: RegExp) => ask(admin, space, text, answer);

it('are listed where their address is in another domain, or missing', async () => {
  await faults.workspaces('Acme Robotics', { items: [{ displayName: 'Attic', emailAddress: null }] });
  const shown = await asks(
    alpine,
    'workspaces acme',
    /2 of 3 workspaces with hybrid calling of Acme Robotics are not in/,
  );
  expect(shown.markdown).toMatch(/Lobby\*\* – lobby@former-provider\.example/);
  expect(shown.markdown).toMatch(/Attic\*\* – No address/);
  expect(shown.markdown).not.toMatch(/Boardroom|Training room/);
  const address = /wt\\?_\d+@acme-robotics\.example/;
  expect(shown.markdown).toMatch(address);
  const other = await press(alpine.admin, alpine.space, shown, 'Another address', address);
  expect(address.exec(other.markdown ?? '')?.[0]).not.toBe(address.exec(shown.markdown ?? '')?.[0]);
  const acme = await asks(alpine, 'show acme', /Acme Robotics/);
  expect(acme.markdown).toMatch(/Kept by the directory:\*\* People’s names, addresses and e-mails/);
});

it('are read on every page, and shown as far as a card goes', async () => {
  await faults.workspaces('Acme Robotics', { add: 1_200 });
  await faults.forgetCalls();
  await asks(alpine, 'workspaces acme', /1202 of 1203 workspaces[\s\S]*1182 more are not shown/);
  expect(await faults.calls('GET', '/workspaces')).toHaveLength(2);
});

it('are not asked for where the record names no domain, nor without the scope', async () => {
  await faults.forgetCalls();
  await asks(baltic, 'workspaces borealis', /The record of Borealis Foods has no Email Domain/);
  const form = await asks(baltic, 'edit borealis', /Borealis Foods/);
  const values = { ...(valuesIn(form) as Record<string, string>), email_domain: 'borealis.example' };
  await press(baltic.admin, baltic.space, form, 'Save', /would need 1 permission that Webex has not granted/, values);
  expect(await faults.calls('GET', '/workspaces')).toEqual([]);
});

it('of another branch are read by nobody', async () => {
  await faults.forgetCalls();
  await asks(baltic, 'workspaces acme', /No organization matches/);
  expect(await faults.calls('GET', '/workspaces')).toEqual([]);
});
