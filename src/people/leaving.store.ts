// Queries on plans for people who leave.

import { and, eq } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { leavingPlans } from './leaving.schema.ts';

export type LeavingPlan = typeof leavingPlans.$inferSelect;

/** The plan for this person at this node, begun now where there is none and something hangs on the person; undefined where nothing does. */
export async function beginLeaving(db: Db, plan: LeavingPlan): Promise<LeavingPlan | undefined> {
  const ofPerson = and(eq(leavingPlans.email, plan.email), eq(leavingPlans.customerId, plan.customerId));
  const [begun] = await db.select().from(leavingPlans).where(ofPerson);
  if (begun && begun.total >= plan.total) return begun;
  if (plan.total === 0) return undefined;
  // More hangs on the person than when it began: it begins anew.
  const [saved] = await db
    .insert(leavingPlans)
    .values(plan)
    .onConflictDoUpdate({ target: [leavingPlans.email, leavingPlans.customerId], set: plan })
    .returning();
  return saved;
}
