// A store knows whom it belongs to: which bot, which integration, which Webex. A start for another one is refused, since it would spend the grants that are not its.

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Db, rows } from '../db/database.ts';
import { clearFlag, readFlag, setFlagOnce } from '../db/flags.ts';
import { countByKey } from '../db/seal/sealed-values.ts';

const flag = 'belongs to';

const ownerSchema = z.object({
  kind: z.enum(['service', 'demo']),
  /** The bot's person id at Webex. A token that is replaced keeps it. */
  botId: z.string(),
  clientId: z.string(),
  apiUrl: z.string(),
});

type Owner = z.infer<typeof ownerSchema>;

/** The id of the key that every demo seals with. */
const demoKeyId = 'demo';

/** What a start knows before Webex has said who the bot is. */
export type Claimant = Omit<Owner, 'botId'>;

/**
 * Compares what is known without Webex. To be called before anything works on the store.
 * @throws where the store belongs to another: a sentence that names what differs, and how to go on
 */
export async function checkOwner(db: Db, claimant: Claimant): Promise<void> {
  const owner = await readOwner(db);
  if (owner) refuseUnlessSame(owner, claimant);
  else if (claimant.kind === 'demo') await refuseDemo(db);
}

/**
 * Notes at the first start whom the store belongs to, in one row; at each later one compares the bot, too.
 * @throws as `checkOwner`
 */
export async function claimStore(db: Db, { now, ...claimed }: Owner & { now: Date }): Promise<void> {
  if (await setFlagOnce(db, { name: flag, value: JSON.stringify(claimed), now })) return;
  const owner = await readOwner(db);
  if (owner) refuseUnlessSame(owner, claimed);
}

/** Has the next start note anew whom the store belongs to. False where nobody had noted it. */
export async function releaseStore(db: Db): Promise<boolean> {
  const owner = await readOwner(db);
  await clearFlag(db, flag);
  return owner !== undefined;
}

async function readOwner(db: Db): Promise<Owner | undefined> {
  const value = await readFlag(db, flag);
  return value === undefined ? undefined : ownerSchema.parse(JSON.parse(value));
}

/** How each part of an owner reads, and where it is set. The demo's Webex may listen at another port each time. */
const parts = [
  { name: 'botId', words: 'the bot', variable: 'WEBEX_BOT_TOKEN', inDemo: true },
  { name: 'clientId', words: 'the integration', variable: 'WEBEX_CLIENT_ID', inDemo: true },
  { name: 'apiUrl', words: 'the Webex at', variable: 'WEBEX_API_URL', inDemo: false },
] as const;

function refuseUnlessSame(owner: Owner, claimant: Partial<Owner> & Claimant): void {
  if (owner.kind !== claimant.kind) {
    throw new Error(
      owner.kind === 'demo'
        ? 'This store was made by a demo: give the service a database of its own with DATABASE_URL or DATA_DIR. Nothing was changed.'
        : `This store belongs to a real service, with the bot ${owner.botId}: set its WEBEX_BOT_TOKEN and the other variables, or give the demo another DATABASE_URL or DATA_DIR. Nothing was changed.`,
    );
  }
  for (const { name, words, variable, inDemo } of parts) {
    const given = claimant[name];
    if (given === undefined || given === owner[name] || (owner.kind === 'demo' && !inDemo)) continue;
    throw new Error(
      owner.kind === 'demo'
        ? `This store was made by a demo with another simulated Webex (${words} ${owner[name]}): use the DATA_DIR of that demo, or an empty database. Nothing was changed.`
        : `This store belongs to ${words} ${owner[name]}, and ${variable} stands for ${given}. Correct ${variable}, or give this service another DATABASE_URL or DATA_DIR. ` +
            'If the store is to move, stop every service on it and run `npm run store:release` first. Nothing was changed.',
    );
  }
}

/** A store that has no owner yet: the demo takes an empty one, and one that an earlier version's demo has made. */
async function refuseDemo(db: Db): Promise<void> {
  const sealedBy = [...(await countByKey(db)).keys()];
  const [{ count } = { count: 0 }] = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from (select 1 from organizations limit 1) as any_of_them`,
  );
  const isOfDemo = sealedBy.length > 0 && sealedBy.every((id) => id === demoKeyId);
  if (isOfDemo || (sealedBy.length === 0 && count === 0)) return;
  throw new Error(
    'This store has organizations of a real service: set WEBEX_BOT_TOKEN and the other variables, or give the demo another DATABASE_URL or DATA_DIR. Nothing was changed.',
  );
}
