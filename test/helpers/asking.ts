// What people do in a story beside each other: ask the bot in a group space, press a button, and have a space at a node of the tree.
import { spaceWith } from './branches.ts';
import { faultsOf, saidSoFar } from './story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp } from './test-app.ts';

/** Asks the bot in a group space. */
export async function ask(
  actor: Actor,
  space: string,
  text: string,
  answer: RegExp | ((message: SpaceMessage) => boolean),
): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, space);
  await actor.tellsBot(space, text);
  return actor.reads(space, answer, { after });
}

/** Presses a button in that space. */
export async function press(
  actor: Actor,
  space: string,
  message: SpaceMessage,
  title: string,
  answer: RegExp,
  inputs: Record<string, string> = {},
): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, space);
  await actor.clicks(message, title, inputs);
  return actor.reads(space, answer, { after });
}

/** A group space of Ada's with another person, which stands at the node of its name. */
export async function spaceAt(testApp: TestApp, title: string, other: Actor): Promise<string> {
  const member = testApp.simulator.people.find(({ email }) => email === other.email);
  if (!member) throw new Error(`nobody is called ${other.email}`);
  const roomId = await spaceWith(testApp, title, [member.personId]);
  await ask(testApp.as('ada@meridian.example'), roomId, `use ${title}`, new RegExp(`stands at ${title} now`));
  return roomId;
}

/** Two resellers, Ada of the provider, and Ben, who reads at South alone; a group space at each reseller has both of them. */
export async function northAndSouth() {
  const testApp = await startTestApp();
  const [ada, ben] = [testApp.as('ada@meridian.example'), testApp.as('ben@meridian.example')];
  const group = testApp.room('group');
  for (const name of ['North', 'South']) {
    await ask(ada, group, `customers add ${name} as reseller`, new RegExp(`${name} is added`));
  }
  await ask(ada, group, 'admins add ben@meridian.example reseller viewer South', /viewer at South/);
  const north = await spaceAt(testApp, 'North', ben);
  const south = await spaceAt(testApp, 'South', ben);
  return { testApp, ada, ben, group, north, south, faults: faultsOf(testApp) };
}
