// An organization's calls go through its proxy, and those of the bot do not: Webex behind TLS, and forward proxies that want credentials, spoken to openly and
// in TLS.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openProxy, openTls } from '../helpers/forward-proxy.ts';
import { certificate } from '../helpers/localhost-certificate.ts';
import { addOrganization, faultsOf, saidSoFar } from '../helpers/story.ts';
import { consent, linkOf } from '../helpers/test-app.ts';
import { openPremises } from './program.ts';

it.each([
  ['openly', false],
  ['in TLS', true],
] as const)('Webex is reached through a proxy that is spoken to %s', { timeout: 420_000 }, async (_, isTls) => {
  const home = await openPremises();
  onTestFinished(() => home.close());
  const { simulator, start, ada, store } = home;
  const webex = await openTls(Number(new URL(simulator.apiUrl).port));
  const proxy = await openProxy('kanarie:p@ss/w0rt', { isTls });
  for (const { close } of [webex, proxy]) onTestFinished(() => void close());
  const trusted = join(store.dataDir, 'trusted.pem');
  await writeFile(trusted, certificate);
  await start({ WEBEX_API_URL: `https://${webex.host}/v1`, NODE_EXTRA_CA_CERTS: trusted });

  const space = home.room('direct');
  const inputs = { https_proxy: proxy.address('p%40ss%2Fw0rt') };
  const { saved, after } = await addOrganization(home, ada, { space, name: 'Acme Robotics', inputs });
  expect(proxy.targets()).toEqual([]);
  // The browser of whoever consents trusts Webex, which is the same behind TLS and without.
  const back = await consent(linkOf(saved), 'carol@acme.example', 'accept', (address) =>
    address.replace(`https://${webex.host}`, new URL(simulator.apiUrl).origin),
  );
  await fetch(back);
  await ada.reads(space, /Acme Robotics is connected/, { after });
  expect(new Set(proxy.targets())).toEqual(new Set([webex.host]));

  // What is read with the grant, and a refresh of it, need the proxy. The bot answers without.
  proxy.refuse();
  await faultsOf(home).forgetCalls();
  const before = await saidSoFar(ada, space);
  await ada.says(space, 'floors Detroit Plant');
  const refused = await ada.reads(space, /proxy localhost:\d+ wants another user or password \(407\)/, {
    after: before,
  });
  expect(refused.markdown).not.toMatch(/p@ss|p%40ss/);
  await ada.says(space, 'refresh acme');
  await ada.reads(
    space,
    /could not be refreshed now[\s\S]*wants another user or password \(407\)[\s\S]*Check the proxy in the record/,
    {
      after: new Set([...before, refused.id]),
    },
  );
  expect(await faultsOf(home).calls('POST', '/access_token')).toEqual([]);
  expect(home.output()).not.toMatch(/p@ss|p%40ss/);
});
