// What a command is: something that a person types, or a button that stands for it, answered once.

import type { RefreshesUnderWay } from '../connections/refresh/refreshes-in-flight.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Sealer } from '../db/seal/seal.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import type { Place } from '../notices/notice.ts';
import type { OAuth } from '../webex/oauth.ts';
import type { Answer } from './answer.ts';
import type { KnownPerson } from './people.ts';

export interface CommandDeps {
  db: Db;
  sealer: Sealer;
  jobs: Jobs;
  clock: Clock;
  oauth: Pick<OAuth, 'refresh'>;
  refreshes: RefreshesUnderWay;
  log: Log;
  /** E-mails of the provider's administrators, who may command the bot. */
  admins: readonly string[];
  botName: () => string;
  /** Where browsers find a transaction's page: a secret address. */
  transactionUrl: (transaction: { id: number; submittedAt: Date }) => string;
}

export interface CommandInput {
  /** What was typed behind the command's name, trimmed; empty for a button. */
  argument: string;
  /** What a card sent; empty where the command was typed. Anybody in the space can send anything. */
  inputs: Readonly<Record<string, unknown>>;
  person: KnownPerson;
  place: Place;
  isDirect: boolean;
  /** The event that asked: the same for every time that it is handled. */
  eventId: string;
  /** The message that holds the card that was clicked. */
  cardMessageId: string | undefined;
}

export interface Command {
  name: string;
  /** As it is typed: `show <organization>`. */
  usage: string;
  summary: string;
  /** Undefined where the answer is owed as a notice already. */
  run(deps: CommandDeps, input: CommandInput): Promise<Answer | undefined>;
}
