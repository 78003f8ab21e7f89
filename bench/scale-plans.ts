// How the database goes about a command's statements: which of them read a table from end to end, and how many rows they read.

import type { OpenDatabase } from './scale-store.ts';

/** So many rows of a table may be read in a row: a count ends at a thousand that fit. */
const few = 5_000;

export interface Plans {
  statements: number;
  /** By all of them. */
  rowsRead: number;
  /** Those of more than a few rows, each with its statement. */
  sequentialScans: string[];
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Node[];
}

/** Runs a command, and has the database explain each statement that reads. */
export async function explain({ db, executeSql }: OpenDatabase, command: () => Promise<unknown>): Promise<Plans> {
  const asked: { query: string; params: unknown[] }[] = [];
  const { logger } = db.session;
  const { logQuery } = logger;
  logger.logQuery = (query, params) => void asked.push({ query, params });
  try {
    await command();
  } finally {
    logger.logQuery = logQuery;
  }
  const plans: Plans = { statements: asked.length, rowsRead: 0, sequentialScans: [] };
  for (const { query, params } of asked) {
    if (!/^\s*(select|with|\()/i.test(query)) continue;
    const { rows } = await executeSql(`explain (analyze, format json) ${query}`, params);
    const plan = (rows[0] as { 'QUERY PLAN': string | [{ Plan: Node }] })['QUERY PLAN'];
    const [{ Plan: root }] = typeof plan === 'string' ? (JSON.parse(plan) as [{ Plan: Node }]) : plan;
    for (const node of nodesOf(root)) {
      const read = readBy(node);
      plans.rowsRead += read;
      if (node['Node Type'] === 'Seq Scan' && read > few) {
        plans.sequentialScans.push(`${read} rows of ${node['Relation Name']}: ${query}`);
      }
    }
  }
  return plans;
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const inner of node.Plans ?? []) yield* nodesOf(inner);
}

function readBy(node: Node): number {
  const isOfIndexAlone = node['Node Type'] === 'Bitmap Index Scan';
  if ((node['Relation Name'] === undefined && !isOfIndexAlone) || node['Node Type'] === 'ModifyTable') return 0;
  const { 'Rows Removed by Filter': filtered = 0, 'Rows Removed by Index Recheck': rechecked = 0 } = node;
  return Math.round((node['Actual Rows'] + filtered + rechecked) * node['Actual Loops']);
}
