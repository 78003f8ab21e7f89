// Second step with tokens that were entered on our page: a person's are verified as after a consent, those of a service app by the organization alone.

import type { StepResult } from '../../../transactions/workflow.ts';
import { openPending } from './pending.ts';
import type { StepDeps, StepInput } from './step.ts';
import { verifyApp } from './verify-app.ts';
import { verifyOrganization } from './verify-organization.ts';
import { tokensLost } from './words.ts';

/** The step's name. */
export const verifyTokensStep = 'verify_tokens';

export async function verifyTokens(deps: StepDeps, input: StepInput): Promise<StepResult> {
  const grant = openPending(deps, input.transaction);
  if (grant?.kind !== 'grant') return tokensLost;
  return grant.app === undefined ? verifyOrganization(deps, input) : verifyApp(deps, input);
}
