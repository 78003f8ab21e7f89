// The provider's own organization as a partner, in stories.
import { numberOf, saidSoFar, textToForward } from './story.ts';
import { type Actor, consent, linkOf, type TestApp } from './test-app.ts';

export const PARTNER = 'Meridian Managed Services';

/** Makes the record of the partner, and has Ada consent for it. */
export async function connectPartnerIn(testApp: TestApp, ada: Actor, space: string): Promise<void> {
  const form = await ada.asks(space, 'connect partner', /as a partner/);
  const after = await saidSoFar(ada, space);
  await ada.clicks(form, 'Save', { name: PARTNER, account_number_external: numberOf(testApp, PARTNER) });
  const link = await ada.reads(space, /Partner Full Administrator/, { after });
  await ada.reads(space, textToForward, { after });
  await fetch(await consent(linkOf(link), ada.email));
  await ada.reads(space, /Meridian Managed Services is connected/, { after });
}
