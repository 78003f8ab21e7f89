// What each step of a change of packages begins with: the change as it is saved, and the grant with which Webex is asked.

import type { RunStep, StepDeps, StepInput } from '../../../connections/connect/steps/step.ts';
import { inShort, newLinkHint } from '../../../connections/connect/steps/words.ts';
import { findHeldGrant } from '../../../connections/ways/held-grant.store.ts';
import { withGrant } from '../../../connections/ways/with-grant.ts';
import type { Db } from '../../../db/database.ts';
import { minuteMs } from '../../../lib/durations.ts';
import { savePending } from '../../../transactions/transaction.store.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { WebexRefused } from '../../../webex/errors.ts';
import { openChange, type PendingChange, sealChange } from './pending-change.ts';
import { refusalText } from './refusal-text.ts';

/** By when Webex has begun: until then it may still show what was before. */
export const begunWithinMs = 5 * minuteMs;
/** How soon a new customer is looked for again. */
export const showsWithinMs = 10_000;

export interface Asking {
  deps: StepDeps;
  input: StepInput;
  change: PendingChange;
  webex: WebexClient;
}

/** Runs a step with the change and the grant, and says what Webex refuses. `isAccepted`: Webex goes on with the change, whatever it refuses now. */
export const withChange =
  (run: (asking: Asking) => Promise<StepResult>, { isAccepted = false } = {}): RunStep<StepDeps> =>
  async (deps, input) => {
    const { organization, transaction } = input;
    const change = openChange(deps.sealer, transaction);
    const held = await findHeldGrant(deps.db, organization.id);
    if (!change || !held) {
      const message = `${organization.name} is not connected any more. Nothing was changed by this step.`;
      return { outcome: 'failed', fatal: true, reason: 'not_connected', message, hint: newLinkHint };
    }
    const webex = withGrant(deps, { organization, source: held.source });
    try {
      return await run({ deps, input, change, webex });
    } catch (error) {
      if (!(error instanceof WebexRefused)) throw error;
      return {
        outcome: 'failed',
        fatal: !isAccepted,
        reason: error.code,
        message: `${refusalText(error)} (${inShort(error)}).`,
        hint: isAccepted
          ? 'Webex has accepted the change before, and goes on with it. Type sync with the name and wholesale to see how it ended.'
          : error.status === 403
            ? 'Have an administrator of the service provider with wholesale rights open a new connect link, then change the packages again.'
            : 'Press Sync now to see what is there, correct what Webex names, and change the packages again.',
      };
    }
  };

/** Saves what the next run of a step needs. */
export const saving =
  ({ deps, input: { transaction } }: Asking, change: PendingChange) =>
  (tx: Db) =>
    savePending(tx, transaction.id, sealChange(deps.sealer, transaction.id, change));
