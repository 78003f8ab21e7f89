// A new wholesale customer, by a form: shown with what Webex's precheck says before Webex is asked to provision it.

import type { Action } from '../../../chat/command.ts';
import { type AskAboutDeps, askAboutProvision } from './ask-about-change.ts';
import { beginChange, changeable } from './packages.action.ts';
import { packagesProblemMessage } from './packages.view.ts';
import { checkParameters, readParameters } from './parameter-rules.ts';
import {
  CHECK_PROVISION,
  confirmProvisionMessage,
  PROVISION_WHOLESALE,
  provisionForm,
  SAVE_PROVISION,
} from './provision.view.ts';
import { checkProvision, readProvision } from './provision-rules.ts';
import type { StartChangeDeps } from './start-change.ts';

/** Opens the form, with what was typed where somebody comes back to it. */
export const provisionWholesale: Action<AskAboutDeps> = {
  name: PROVISION_WHOLESALE,
  async run({ db }, input) {
    const found = await changeable(db, input);
    if ('answer' in found) return found.answer;
    const read = { typed: readProvision(input.inputs), parameters: readParameters(input.inputs) };
    const isBack = input.inputs['external_id'] !== undefined;
    const content = provisionForm({ organization: found.organization, ...read });
    return { content, ...(isBack ? { replacesMessageId: input.cardMessageId } : {}) };
  },
};

/** Shows what Webex would be asked for, or what is wrong. */
export const checkProvisionForm: Action<AskAboutDeps> = {
  name: CHECK_PROVISION,
  async run(deps, input) {
    const found = await changeable(deps.db, input);
    if ('answer' in found) return found.answer;
    const { organization } = found;
    const read = { typed: readProvision(input.inputs), parameters: readParameters(input.inputs) };
    const checked = checkProvision(read.typed);
    const parameters = checkParameters(read.parameters);
    const replacesMessageId = input.cardMessageId;
    if ('problems' in checked || 'problems' in parameters) {
      const problems = {
        ...('problems' in checked ? checked.problems : {}),
        ...('problems' in parameters ? parameters.problems : {}),
      };
      const summary = 'Nothing was changed: correct the marked fields.';
      return { content: provisionForm({ organization, ...read, problems, summary }), replacesMessageId };
    }
    const asked = await askAboutProvision(deps, { organization, ...checked, ...parameters });
    if ('problems' in asked) {
      return {
        content: packagesProblemMessage({ organization, problems: asked.problems, change: null }),
        replacesMessageId,
      };
    }
    const { packages } = checked;
    return { content: confirmProvisionMessage({ organization, ...read, packages, ...asked }), replacesMessageId };
  },
};

/** It is confirmed: Webex is asked. */
export const saveProvision: Action<StartChangeDeps & AskAboutDeps> = {
  name: SAVE_PROVISION,
  async run(deps, input) {
    const found = await changeable(deps.db, input);
    if ('answer' in found) return found.answer;
    const { organization } = found;
    const replacesMessageId = input.cardMessageId;
    const read = { typed: readProvision(input.inputs), parameters: readParameters(input.inputs) };
    const checked = checkProvision(read.typed);
    const parameters = checkParameters(read.parameters);
    if ('problems' in checked || 'problems' in parameters) {
      return { content: provisionForm({ organization, ...read, summary: 'Nothing was changed.' }), replacesMessageId };
    }
    const { provision, packages: after } = checked;
    return beginChange(deps, input, { organization, customerId: null, before: [], after, provision, ...parameters });
  },
};
