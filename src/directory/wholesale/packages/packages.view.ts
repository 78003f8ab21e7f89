// What people read where a wholesale customer's packages are changed: the form, what would be changed, that it cannot, and how it ended.

import type { Block } from '../../../chat/blocks.ts';
import { button, emphasized, inputsButton, linkButton } from '../../../chat/buttons.ts';
import { type Fact, fact, shownName } from '../../../chat/facts.ts';
import type { Field } from '../../../chat/fields.ts';
import { DISCARD_FORM, formMessage } from '../../../chat/form.ts';
import { md } from '../../../chat/markdown.ts';
import { type CardMessage, message } from '../../../chat/message.ts';
import { counted, inARow, shorten } from '../../../lib/text.ts';
import { packageNames, packageWords, type SubscribersRow } from '../wholesale-rules.ts';
import { type Advice, changeWords, type PackageChange } from './package-rules.ts';
import { PARAMETER_FIELDS, type ParameterProblems, type ParametersTyped } from './parameter-rules.ts';
import { givenFields } from './text-fields.ts';

/** What the buttons send as `action`. */
export const CHANGE_PACKAGES = 'change-packages';
export const CHECK_PACKAGES = 'check-packages';
export const SAVE_PACKAGES = 'save-packages';

type Typed = Partial<Record<string, string>>;

declare module '../../../chat/actions.ts' {
  interface Actions {
    [CHANGE_PACKAGES]: { organization_id: string; change?: string } & Typed;
    /** `seen`: the packages that the form was made from, with blanks between them. */
    [CHECK_PACKAGES]: { organization_id: string; seen: string } & Typed;
    /** `change`: `+webex_voice −attendant_console`. */
    [SAVE_PACKAGES]: { organization_id: string; seen: string; change: string } & Typed;
  }
}

const WORDS_MAX_CHARACTERS = 300;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The input of a package. */
export const packageInput = (name: string): string => `package_${name}`;

/** `seen`: the packages of now; `wanted`: as the toggles show them. */
export function packagesForm(view: {
  readonly organization: Named;
  readonly seen: readonly string[];
  readonly wanted: readonly string[];
  readonly typed: ParametersTyped;
  readonly problems?: ParameterProblems;
  readonly summary?: string | null;
}): CardMessage {
  const { organization, seen, wanted, typed, problems = {}, summary = null } = view;
  const toggles = packageNames.map(
    (name): Field => ({
      kind: 'toggle',
      id: packageInput(name),
      label: packageWords(name),
      help: seen.includes(name) ? 'The customer has it.' : 'The customer does not have it.',
      value: String(wanted.includes(name)),
    }),
  );
  const parameters = PARAMETER_FIELDS.map(
    ({ id, label, help, max }): Field => ({
      kind: 'text',
      id,
      label,
      help,
      value: typed[id],
      maxLength: max,
      problem: problems[id] === undefined ? null : `${label}: ${problems[id]}`,
    }),
  );
  const fields: Block[] = [
    { kind: 'text', text: 'Nothing is changed before you have seen what is added and what goes.' },
    { kind: 'fields', fields: toggles },
    {
      kind: 'folded',
      title: 'Provisioning parameters',
      fields: parameters,
      isOpen: Object.keys(problems).length > 0,
    },
  ];
  return formMessage({
    title: `Change the packages of ${shownName(organization.name)}`,
    summary,
    fields,
    save: inputsButton('Show what changes', CHECK_PACKAGES, { organization_id: organization.id, seen: seen.join(' ') }),
  });
}

/** What would be added, and what goes. Nothing is changed yet. */
export function confirmPackagesMessage(view: {
  readonly organization: Named;
  readonly seen: readonly string[];
  readonly change: PackageChange;
  readonly typed: ParametersTyped;
  /** Who uses what goes, as of the last sync. */
  readonly subscribers: readonly SubscribersRow[];
  readonly advice: Advice;
}): CardMessage {
  const { organization, seen, change, typed, subscribers, advice } = view;
  const { added, removed } = change;
  const given = givenFields(typed);
  const inputs = { organization_id: organization.id, seen: seen.join(' '), change: changeWords(change), ...given };
  const usersOf = (name: string) =>
    subscribers.filter((row) => row.package === name).reduce((sum, row) => sum + row.count, 0);
  return message({
    mark: '⚠️',
    title: `Change the packages of ${shownName(organization.name)}?`,
    texts: [
      'Nothing is changed yet.',
      removed.length === 0
        ? null
        : `${inARow(removed.map(packageWords))} ${removed.length === 1 ? 'goes' : 'go'}, and whoever uses ${removed.length === 1 ? 'it loses it' : 'them loses them'}.`,
    ],
    facts: [
      ...added.map((name) => ({ title: `+ ${packageWords(name)}`, value: 'Is added' })),
      ...removed.map((name): Fact => ({ title: `− ${packageWords(name)}`, value: goesWords(usersOf(name)) })),
      fact(
        'Stays',
        seen
          .filter((name) => !removed.includes(name))
          .map(packageWords)
          .join(', '),
      ),
      ...PARAMETER_FIELDS.flatMap(({ id, label }) => (given[id] ? [{ title: label, value: given[id] }] : [])),
      { title: 'Webex’s precheck', value: adviceWords(advice) },
    ],
    buttons: [
      emphasized(button('Change packages', SAVE_PACKAGES, inputs)),
      button('Back to the form', CHANGE_PACKAGES, inputs),
      button('Cancel', DISCARD_FORM),
    ],
    typed: md`Confirm it with the button on the card.`,
  });
}

const goesWords = (users: number): string =>
  users === 0
    ? 'Goes; no subscriber of it was seen at the last sync'
    : `Goes; ${counted(users, 'subscriber')} had it at the last sync`;

/** What the precheck says, and what that is worth. */
export function adviceWords(advice: Advice): string {
  if (advice === null) return 'No answer. It is advice alone: the change can be made without it.';
  const words = shorten(advice.words, WORDS_MAX_CHARACTERS);
  return advice.isGood ? `✅ ${words}` : `⚠️ ${words}. It is advice alone: Webex may accept the change all the same.`;
}

/** It cannot be changed so, or now. */
export const packagesProblemMessage = (view: {
  readonly organization: Named;
  readonly problems: readonly string[];
  /** What the form would show; null where the form is of no use. */
  readonly change: PackageChange | null;
}): CardMessage =>
  message({
    mark: '⚠️',
    title: `The packages of ${shownName(view.organization.name)} were not changed`,
    texts: view.problems.map((problem) => shorten(problem, WORDS_MAX_CHARACTERS)),
    buttons: [
      view.change === null
        ? null
        : emphasized(
            button('Choose packages', CHANGE_PACKAGES, {
              organization_id: view.organization.id,
              change: changeWords(view.change),
            }),
          ),
      button('Wholesale', 'wholesale', { organization_id: view.organization.id }),
    ],
    typed: md`Type **wholesale** with the name and changes such as **+webex_voice** or **-webex_voice**.`,
  });

/** The grant does not allow to change them. */
export const notPermittedMessage = (organization: Named, who: string): CardMessage =>
  message({
    mark: '⚠️',
    title: `The grant of ${shownName(organization.name)} does not allow to change its packages`,
    texts: [`${who} All else works meanwhile.`],
    buttons: [emphasized(button('Reconnect', 'connect', { organization_id: organization.id }))],
    typed: md`Type **connect** with the name for a link.`,
  });

/** One change of an organization's packages at a time. */
export const changeRunsMessage = (organization: Named, transactionId: number): CardMessage =>
  message({
    title: `The packages of ${shownName(organization.name)} are being changed already`,
    texts: ['One change runs at a time. Wait until it has ended.'],
    buttons: [emphasized(button('Steps', 'transaction', { transaction_id: transactionId }))],
    typed: md`Type **transaction ${transactionId}** for its steps.`,
  });

/** How a change ended. */
export function packagesChangedMessage(view: {
  readonly transactionId: number;
  readonly organization: { readonly id: string | null; readonly name: string };
  readonly title: string;
  readonly isDone: boolean;
  /** What each step says, in order. */
  readonly texts: readonly (string | null)[];
  readonly pageUrl: string;
}): CardMessage {
  const { transactionId, organization, isDone } = view;
  const about = organization.id === null ? null : { organization_id: organization.id };
  return message({
    mark: isDone ? '✅' : '❌',
    title: view.title,
    texts: view.texts.map((text) => text && shorten(text, WORDS_MAX_CHARACTERS)),
    buttons: [
      about && button('Wholesale', 'wholesale', about),
      about && !isDone ? button('Sync now', 'sync', { ...about, kinds: 'wholesale subscribers' }) : null,
      button('Steps', 'transaction', { transaction_id: transactionId }),
      linkButton('Live page', view.pageUrl),
    ],
    typed: md`Type **wholesale** with the name for all that Webex says of it.`,
  });
}
