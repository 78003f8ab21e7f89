// `settings`: the values that count in this space or at a node of the tree, and which level has decided each.

import { scopeFor } from '../chat/actor.ts';
import type { AskedFor, Command, CommandInput } from '../chat/command.ts';
import { resolveCustomer } from '../customers/customer.lookup.ts';
import type { Db } from '../db/database.ts';
import type { Scope } from '../db/scope.ts';
import { keysInUse } from '../db/seal/keys.ts';
import { changeableLevels } from './levels.view.ts';
import { chainOf, type NamedLevel } from './settings.store.ts';
import { levelOfNode, levelOfSpace, levelsOfPath } from './settings.ts';
import { settingsMessage } from './settings.view.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    settings: { customer_id?: string };
  }
}

interface Deps {
  db: Db;
  /** Whether people of other Webex organizations read along in a space, and nobody has confirmed that they may. */
  isOverheard(roomId: string): Promise<boolean>;
}

export const settings: Command<Deps> = {
  name: 'settings',
  needs: 'viewer',
  usage: 'settings [customer]',
  summary: 'Show and change when I warn, refresh and keep quiet: in this space, or for a customer and all below.',
  isForEverybody: isOfSpace,
  group: 'People and settings',
  examples: ['settings', 'settings North'],
  async run(deps, input) {
    const { db } = deps;
    const { scope, standing, place } = input;
    const scopeOfChanges = scopeFor(standing, 'administrator');
    if (isOfSpace(input)) {
      const chain = await chainOf(db, levelOfSpace(place.roomId));
      const changeable = changeableLevels(chain, scopeOfChanges);
      const offered = changeable.length > 0 ? changeable : await ownNodes(deps, place.roomId, scopeOfChanges);
      return { content: settingsMessage({ chain, changeable: offered, keysInUse: await keysInUse(db) }) };
    }
    const resolved = await resolveCustomer(db, { ...asked(input), scope });
    if ('answer' in resolved) return resolved.answer;
    const chain = await chainOf(db, levelOfNode(resolved.found.id));
    return { content: settingsMessage({ chain, changeable: changeableLevels(chain, scopeOfChanges) }) };
  },
};

/** Without a customer it is about the space where it was asked. */
function isOfSpace({ argument, inputs }: AskedFor): boolean {
  return argument === '' && inputs['customer_id'] === undefined;
}

const asked = ({ argument, inputs }: CommandInput) => ({ typed: argument, inputs, command: 'settings' }) as const;

/** As many as a card shows in one line. */
const mostNodes = 5;

/** The outermost nodes whose settings somebody may change; none where people read along who may not know their names. */
async function ownNodes({ db, isOverheard }: Deps, roomId: string, { within }: Scope): Promise<NamedLevel[]> {
  if (within === 'all' || (await isOverheard(roomId))) return [];
  const paths = within.slice(0, mostNodes);
  const chains = [];
  for (const level of paths.flatMap((path) => levelsOfPath(path).at(-1) ?? [])) chains.push(await chainOf(db, level));
  return chains.flatMap((chain) => chain.at(-1) ?? []);
}
