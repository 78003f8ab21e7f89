// What people read where a new wholesale customer is provisioned: the form, and what Webex would be asked for.

import { button, emphasized, inputsButton } from '../../../chat/buttons.ts';
import { shownName } from '../../../chat/facts.ts';
import type { Field } from '../../../chat/fields.ts';
import { DISCARD_FORM, formMessage } from '../../../chat/form.ts';
import { md } from '../../../chat/markdown.ts';
import { type CardMessage, message } from '../../../chat/message.ts';
import { packageWords } from '../wholesale-rules.ts';
import type { Advice } from './package-rules.ts';
import { adviceWords } from './packages.view.ts';
import { PARAMETER_FIELDS, type ParameterProblems, type ParametersTyped } from './parameter-rules.ts';
import { PROVISION_FIELDS, type ProvisionProblems, type ProvisionTyped } from './provision-rules.ts';
import { givenFields } from './text-fields.ts';

/** What the buttons send as `action`. */
export const PROVISION_WHOLESALE = 'provision-wholesale';
export const CHECK_PROVISION = 'check-provision';
export const SAVE_PROVISION = 'save-provision';

type Typed = Partial<Record<string, string>>;

declare module '../../../chat/actions.ts' {
  interface Actions {
    [PROVISION_WHOLESALE]: { organization_id: string } & Typed;
    [CHECK_PROVISION]: { organization_id: string } & Typed;
    [SAVE_PROVISION]: { organization_id: string } & Typed;
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface TypedProvision {
  readonly typed: ProvisionTyped;
  readonly parameters: ParametersTyped;
}

export function provisionForm(
  view: TypedProvision & {
    readonly organization: Named;
    readonly problems?: ProvisionProblems & ParameterProblems;
    readonly summary?: string | null;
  },
): CardMessage {
  const { organization, typed, parameters, problems = {}, summary = null } = view;
  const values: Typed = { ...parameters, ...typed };
  const asField = ({ id, label, help, max }: { id: string; label: string; help: string; max: number }): Field => {
    const problem = (problems as Typed)[id];
    return {
      ...{ kind: 'text', id, label, help, value: values[id] ?? '', maxLength: max },
      problem: problem === undefined ? null : `${label}: ${problem}`,
    };
  };
  return formMessage({
    title: `Provision ${shownName(organization.name)} as a wholesale customer`,
    summary,
    fields: [
      {
        kind: 'text',
        text: 'Webex is asked once you have seen what for. The organization exists, and keeps its number.',
      },
      { kind: 'fields', fields: PROVISION_FIELDS.map(asField) },
      {
        kind: 'folded',
        title: 'Provisioning parameters',
        fields: PARAMETER_FIELDS.map(asField),
        isOpen: PARAMETER_FIELDS.some(({ id }) => problems[id] !== undefined),
      },
    ],
    save: inputsButton('Show what is asked for', CHECK_PROVISION, { organization_id: organization.id }),
  });
}

/** What Webex would be asked for. Nothing is changed yet. */
export function confirmProvisionMessage(
  view: TypedProvision & {
    readonly organization: Named;
    readonly packages: readonly string[];
    readonly advice: Advice;
  },
): CardMessage {
  const { organization, typed, parameters, packages, advice } = view;
  const inputs = { organization_id: organization.id, ...givenFields(typed), ...givenFields(parameters) };
  const shown: Typed = { ...typed, ...parameters };
  return message({
    mark: '⚠️',
    title: `Provision ${shownName(organization.name)} as a wholesale customer?`,
    texts: ['Nothing is changed yet. Cisco bills the service provider for what is provisioned.'],
    facts: [
      { title: 'Packages', value: packages.map(packageWords).join(', ') },
      ...[...PROVISION_FIELDS.filter(({ id }) => id !== 'packages'), ...PARAMETER_FIELDS].flatMap(({ id, label }) =>
        shown[id] ? [{ title: label, value: shown[id] }] : [],
      ),
      { title: 'Webex’s precheck', value: adviceWords(advice) },
    ],
    buttons: [
      emphasized(button('Provision', SAVE_PROVISION, inputs)),
      button('Back to the form', PROVISION_WHOLESALE, inputs),
      button('Cancel', DISCARD_FORM),
    ],
    typed: md`Confirm it with the button on the card.`,
  });
}
