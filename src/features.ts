// Every subject of the product, one a line. `help` lists the commands in this order.

import { audit } from './audit/feature.ts';
import { chat } from './chat/feature.ts';
import { connections } from './connections/feature.ts';
import { customers } from './customers/feature.ts';
import type { Queue } from './db/jobs/queues.ts';
import { deadlines } from './deadlines/feature.ts';
import { directory } from './directory/feature.ts';
import { discovery } from './discovery/feature.ts';
import type { Feature } from './feature.ts';
import { notices } from './notices/feature.ts';
import { operations } from './operations/feature.ts';
import { organizations } from './organizations/feature.ts';
import { overview } from './overview/feature.ts';
import { people } from './people/feature.ts';
import { settings } from './settings/feature.ts';
import { sites } from './sites/feature.ts';
import { spaces } from './spaces/feature.ts';
import { transactions } from './transactions/feature.ts';
import { transfer } from './transfer/feature.ts';

export const features: readonly Feature[] = [
  chat,
  organizations,
  overview,
  transfer,
  connections,
  discovery,
  directory,
  deadlines,
  transactions,
  customers,
  sites,
  settings,
  people,
  spaces,
  notices,
  audit,
  operations,
];

/** The queues of their jobs: a database is opened with them. */
export const queues: readonly Queue[] = features.flatMap(({ jobs = [] }) => jobs);
