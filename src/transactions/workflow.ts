// A workflow, as a subject declares it. The engine runs its steps and knows none of them by name.

import type { AuditPerson } from '../audit/audit-entry.ts';
import type { Answer } from '../chat/answer.ts';
import type { Fact } from '../chat/facts.ts';
import type { Place } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { NoticeKind } from '../notices/notice.ts';
import type { organizations } from '../organizations/organizations.schema.ts';
import type { TransactionRow, TransactionWithSteps } from './transaction.store.ts';
import type { Failure, StepOutcome } from './transaction.ts';
import { canceledReason, type WordedTransaction, type WorkflowWords } from './workflow-words.ts';

/**
 * How a step ended, and what to write in the same database transaction as its end. A step throws WebexUnavailable where it is
 * worth trying again; it may be run again after a crash at any point.
 */
export type StepResult = StepOutcome & {
  save?: (tx: Db) => Promise<void>;
  /** What `save` saves exists nowhere else and cannot be asked for again. */
  irreplaceable?: boolean;
};

/** Of a step, in words for the customer's administrator: without codes of Webex, and without names. */
export interface CustomerWords {
  /** In place of what a step that is done has saved, where that names somebody. */
  readonly done?: string;
  /** Why the step has failed, as far as it concerns a customer. */
  readonly failed?: string;
  /** What the step gives the customer, as part of a list: `your licenses`. */
  readonly gives?: string;
}

/** What the steps of an ended transaction give the customer: what works, and what does not. */
export interface ForCustomer {
  readonly works: readonly string[];
  readonly lacks: readonly string[];
  readonly now: Date;
}

/** The end of a transaction in words for the customer's administrator, who is addressed as "you". Null where there is nothing to say. */
export interface EndedForCustomer {
  readonly message: string | null;
  readonly hint: string | null;
}

export interface Step<Deps> {
  /** The name under which the step is stored. */
  readonly name: string;
  /** As people read it. */
  readonly title: string;
  /** Whether a record needs it: others have no such step. By default each does. */
  isFor?(record: typeof organizations.$inferSelect): boolean;
  run(deps: Deps, transaction: TransactionWithSteps): Promise<StepResult>;
  /** What a customer's administrator reads of the step, where the page shows it to one. */
  readonly forCustomer?: CustomerWords;
  /** What the result message says of the step, where the transaction has succeeded. */
  resultFacts?(db: Db, transaction: TransactionWithSteps): Promise<readonly Fact[]>;
}

export interface ReplayRequest {
  /** The transaction to run again: it has ended, and its organization exists. */
  transaction: TransactionWithSteps & { organizationId: string };
  /** The administrator who asked. */
  by: AuditPerson;
  /** Where the answer is posted. The new transaction's messages go where the old one's went. */
  place: Place;
  /** The event that asked. Handled again, it starts no second transaction. */
  eventId: string;
}

export interface Workflow<Deps> {
  /** The name under which its transactions are stored. */
  readonly action: string;
  /** As people read it: `Connect`. */
  readonly title: string;
  /** In the order in which they run. */
  readonly steps: readonly Step<Deps>[];
  /** Steps that some of its transactions have in place of its first ones: whoever starts such a one names them. */
  readonly otherSteps?: readonly Step<Deps>[];
  /** The result in one line: `Acme is connected`. */
  outcome(transaction: WordedTransaction, organizationName: string): string;
  /** What a cancellation means: what is lost, what stays, and what to do next. */
  canceled(transaction: WordedTransaction): Omit<Failure, 'reason'>;
  /** Nobody waits for it: it shows no progress, its end is told by others, and it runs beside those that people wait for. */
  isBackground?(transaction: Pick<TransactionRow, 'requestedBy'>): boolean;
  /** A step that fails for good leaves the later ones a try of their own. By default it ends the transaction: the later ones would get no answer either. */
  readonly stepsFailAlone?: boolean;
  /** The result notice; none where another notice tells of the end. */
  readonly result?: NoticeKind<{ transactionId: number }>;
  /** Who looks at its page: the customer's administrator, who consented, or one of ours. */
  readonly audience: 'customer' | 'administrators';
  /** How it ended, for a page that a customer looks at. What the space reads is not shown there. */
  forCustomer?(db: Db, transaction: TransactionWithSteps, gives: ForCustomer): Promise<EndedForCustomer>;
  /** Instants that its page shows once it has succeeded. */
  deadlines?(db: Db, transaction: TransactionWithSteps): Promise<readonly { title: string; at: Date }[]>;
  /** What the answer to `cancel` says of what comes next. */
  afterCancel?(db: Db, transaction: TransactionWithSteps, now: Date): Promise<string | null>;
  /** What is saved together with its end, whichever it is. May be called again for the same transaction. */
  ended?(tx: Db, transaction: TransactionWithSteps, now: Date): Promise<void>;
  /** Why none is ever replayed, and what to do instead. Its transactions may be about no organization. */
  readonly notReplayed?: { readonly what: string; readonly hint: string };
  /** Runs it again with what it has saved. Undefined where the answer is queued as a notice already. */
  replay(deps: Deps, request: ReplayRequest): Promise<Answer | undefined>;
}

/** The queue of a transaction's jobs. */
export const queueOf = (
  workflows: Workflows<never>,
  transaction: Pick<TransactionRow, 'action' | 'requestedBy'>,
): 'transaction' | 'background' =>
  workflows.of(transaction.action).isBackground?.(transaction) ? 'background' : 'transaction';

/** All workflows, by the registry of features. */
export interface Workflows<Deps> extends WorkflowWords {
  /** @throws where this version does not know the action */
  of(action: string): Workflow<Deps>;
  /** Undefined where this version does not know the step. */
  step(name: string): Step<Deps> | undefined;
  /** The names of a workflow's steps, in order: of all, or of those that the record needs; of a replay, those behind one that stands. */
  stepNames(
    action: string,
    which?: { record?: typeof organizations.$inferSelect | undefined; behind?: string },
  ): string[];
}

/** `followUps`: steps of other subjects that run after a workflow's own, by the workflow's action. */
export function createWorkflows<Deps>(
  workflows: readonly Workflow<Deps>[],
  followUps: readonly { readonly after: string; readonly steps: readonly Step<Deps>[] }[] = [],
): Workflows<Deps> {
  const stepsOf = ({ action, steps }: Workflow<Deps>) => [
    ...steps,
    ...followUps.filter(({ after }) => after === action).flatMap((more) => more.steps),
  ];
  const all = workflows.flatMap((workflow) => [...(workflow.otherSteps ?? []), ...stepsOf(workflow)]);
  const byName = new Map(all.map((step) => [step.name, step]));
  function of(action: string): Workflow<Deps> {
    const workflow = workflows.find((known) => known.action === action);
    if (!workflow) throw new Error(`nobody knows a workflow ${action}`);
    return workflow;
  }
  return {
    of,
    step: (name) => byName.get(name),
    stepTitle: (name) => byName.get(name)?.title ?? name,
    stepNames(action, { record, behind } = {}) {
      const needed = stepsOf(of(action)).filter(({ isFor }) => record === undefined || (isFor?.(record) ?? true));
      const names = needed.map(({ name }) => name);
      return behind === undefined ? names : names.slice(names.indexOf(behind) + 1);
    },
    canceled(transaction) {
      const { message, hint } = of(transaction.action).canceled(transaction);
      const canceledBy = `Transaction canceled by ${transaction.cancelRequestedBy}.`;
      return { reason: canceledReason, message: [canceledBy, message].filter((text) => text !== '').join(' '), hint };
    },
  };
}
