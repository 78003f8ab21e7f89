// Lists of network devices in words: all of them, one, the form, and why one is not changed.

import { button, emphasized, inputsButton, pageButtons } from '../../chat/buttons.ts';
import { fact, shownName } from '../../chat/facts.ts';
import { formMessage } from '../../chat/form.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { type ListPage, pageWords } from '../../chat/pages.ts';
import { failureMessage } from '../../chat/refusals.ts';
import { counted, shorten } from '../../lib/text.ts';
import type { NodeWords } from '../node-words.ts';
import type { NamedDeviceList } from './device-list.store.ts';
import { type DeviceListTyped, deviceWords, LIST_TEXT_MAX, NO_ORGANIZATION } from './device-list-rules.ts';

/** What Save sends as `action`. */
export const SAVE_LIST = 'save-ndl';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** One list, or all. */
    ndl: { list_id?: string; page?: number };
    /** Opens the form: for a new list of a customer, or for one that there is. */
    'ndl-form': { customer_id?: string; list_id?: string };
    [SAVE_LIST]: { customer_id?: string; list_id?: string };
    'confirm-remove-ndl': { list_id: string };
    'remove-ndl': { list_id: string };
    'use-ndl': { site_id: string; list_id: string };
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const TYPED_MAX_CHARACTERS = 60;
const DESCRIPTION_SHOWN = 300;
const DEVICES_SHOWN = 120;

/** `Webex Acme Robotics, Unified CM cucm-1`; what is blank says so. */
function devicesWords({ organizationName, cucm, cuc }: NamedDeviceList): string {
  const parts = [
    organizationName && `Webex ${shownName(organizationName)}`,
    cucm && `${deviceWords.cucm} ${shownName(cucm)}`,
    cuc && `${deviceWords.cuc} ${shownName(cuc)}`,
  ].filter(Boolean);
  return parts.length === 0 ? 'blank' : shorten(parts.join(', '), DEVICES_SHOWN);
}

/** One page of the lists that the reader may see. */
export function deviceListsMessage(
  view: ListPage<NamedDeviceList> & {
    readonly words: NodeWords;
    /** For whose lists the reader may add one here. */
    readonly addFor: Named | null;
  },
): CardMessage {
  const { rows, total, words, addFor } = view;
  return message({
    title: total === 0 ? 'No lists of network devices yet' : counted(total, 'list', 'lists of network devices'),
    lead: pageWords(view),
    texts: [
      total === 0
        ? 'A list names the devices that sites of a customer use. The first sites of a customer without one get a blank list.'
        : null,
    ],
    blocks: [
      {
        kind: 'rows',
        rows: rows.map((list) => ({
          name: shownName(list.name),
          state: `${words(list.customerId)}; ${devicesWords(list)}; ${usesWords(list.uses)}`,
          button: button('Open', 'ndl', { list_id: list.id }),
        })),
      },
    ],
    buttons: [
      addFor && button('Add list', 'ndl-form', { customer_id: addFor.id }),
      ...pageButtons(view, 'ndl'),
      button('Sites', 'sites'),
    ],
    typed: md`Type **ndl** with a name for one list, or **ndl add** with a customer for a new one.`,
  });
}

const usesWords = (uses: number): string => (uses === 0 ? 'no site uses it' : `${counted(uses, 'site')} use it`);

/** One list. */
export function deviceListMessage(view: {
  readonly list: NamedDeviceList;
  readonly words: NodeWords;
  readonly mayChange: boolean;
  /** What has just become of it. */
  readonly done?: string | undefined;
}): CardMessage {
  const { list, words, mayChange, done } = view;
  const about = { list_id: list.id };
  return message({
    ...(done === undefined ? {} : { mark: '✅' }),
    title: shownName(list.name),
    lead: done,
    texts: [list.description && shorten(list.description, DESCRIPTION_SHOWN)],
    facts: [
      fact('Customer', words(list.customerId)),
      fact(deviceWords.organizationId, list.organizationName === null ? 'None' : shownName(list.organizationName)),
      fact(deviceWords.cucm, list.cucm === null ? 'None' : shownName(list.cucm)),
      fact(deviceWords.cuc, list.cuc === null ? 'None' : shownName(list.cuc)),
      fact('Used by', list.uses === 0 ? 'No site' : counted(list.uses, 'site')),
    ],
    buttons: [
      mayChange ? button('Change', 'ndl-form', about) : null,
      mayChange ? button('Remove', 'confirm-remove-ndl', about) : null,
      button('All lists', 'ndl'),
      button('Sites', 'sites'),
    ],
    typed: mayChange
      ? md`Type **ndl change** or **ndl remove** with its name; the form opens on a card.`
      : md`Type **ndl** for all lists.`,
  });
}

/** The form of a list, new or not. */
export function deviceListForm(view: {
  readonly customer: Named;
  /** Null for a new one. */
  readonly listId: string | null;
  readonly typed: DeviceListTyped;
  /** Records that the list can refer to. */
  readonly organizations: readonly Named[];
  readonly uses: number;
  readonly problems?: Partial<Record<keyof DeviceListTyped, string>> | undefined;
}): CardMessage {
  const { customer, listId, typed, organizations, uses, problems = {} } = view;
  const wrong = Object.keys(problems).length;
  const text = (id: 'name' | 'cucm' | 'cuc', label: string, help: string) => ({
    ...{ kind: 'text' as const, id, label, help, maxLength: LIST_TEXT_MAX[id] },
    value: typed[id].slice(0, LIST_TEXT_MAX[id]),
    problem: problems[id] ?? null,
  });
  const usedHelp = uses > 0 ? ' While sites use the list, it can be filled in, and not changed.' : '';
  return formMessage({
    title:
      listId === null
        ? `Add a list of network devices to ${shownName(customer.name)}`
        : `Change a list of ${shownName(customer.name)}`,
    summary: wrong === 0 ? null : `Not saved yet: correct ${counted(wrong, 'field')}.`,
    fields: [
      {
        kind: 'fields',
        fields: [
          { ...text('name', 'Name', 'As people know the list.'), isRequired: true, errorMessage: 'Name is missing.' },
          {
            ...{ kind: 'notes', id: 'description', label: 'Description', help: 'For whom it is.' },
            maxLength: LIST_TEXT_MAX.description,
            value: typed.description.slice(0, LIST_TEXT_MAX.description),
            problem: problems.description ?? null,
          },
          {
            ...{ kind: 'choice', id: 'organization', label: deviceWords.organizationId },
            help: `A record of this customer.${usedHelp}`,
            choices: [
              { value: NO_ORGANIZATION, label: '(none)' },
              ...organizations.map(({ id, name }) => ({ value: id, label: shownName(name) })),
            ],
            value: organizations.some(({ id }) => id === typed.organization) ? typed.organization : NO_ORGANIZATION,
            problem: problems.organization ?? null,
          },
          text('cucm', deviceWords.cucm, `What your Unified CM is called.${usedHelp}`),
          text('cuc', deviceWords.cuc, `What your Unity Connection is called.${usedHelp}`),
        ],
      },
    ],
    save: inputsButton('Save', SAVE_LIST, listId === null ? { customer_id: customer.id } : { list_id: listId }),
  });
}

/** Asked before a list is removed. */
export const confirmRemoveListMessage = (list: Named): CardMessage =>
  message({
    mark: '⚠️',
    title: `Remove the list ${shownName(list.name)}?`,
    texts: ['It is removed only while no site uses it.'],
    buttons: [
      emphasized(button('Remove', 'remove-ndl', { list_id: list.id })),
      button('Open', 'ndl', { list_id: list.id }),
    ],
    typed: md`Press **Remove** on the card; a client that shows no cards cannot confirm.`,
  });

export const listRemovedMessage = ({ name }: { name: string }): CardMessage =>
  message({
    mark: '✅',
    title: `The list ${shownName(name)} is removed`,
    texts: ['The audit keeps who removed it.'],
    buttons: [button('All lists', 'ndl')],
    typed: md`Type **ndl** for the others.`,
  });

/** Sites use it: it can neither be removed nor lose a device. */
export const listInUseMessage = (view: { list: Named; uses: number; what: 'remove' | 'change' }): CardMessage =>
  message({
    title: `${counted(view.uses, 'site')} ${view.uses === 1 ? 'uses' : 'use'} ${shownName(view.list.name)}`,
    texts: [
      view.what === 'remove'
        ? 'Nothing was removed. Have those sites use another list first: sites, Open, Use.'
        : 'Nothing was saved. While sites use a list, its name and description may change and devices be added; a device that stands in it stays.',
    ],
    buttons: [button('Open', 'ndl', { list_id: view.list.id }), button('Sites', 'sites')],
    typed: md`Type **sites** to see which list each uses.`,
  });

export const whichListMessage = (lists: readonly NamedDeviceList[], words: NodeWords): CardMessage =>
  message({
    title: 'Which list?',
    blocks: [
      {
        kind: 'rows',
        rows: lists.map((list) => ({
          name: shownName(list.name),
          state: words(list.customerId),
          button: button('Open', 'ndl', { list_id: list.id }),
        })),
      },
    ],
    typed: md`Type more of the name.`,
  });

export const noListMessage = (typed: string) =>
  failureMessage({
    what: `No list of network devices matches “${shorten(typed, TYPED_MAX_CHARACTERS)}”.`,
    hint: 'Type ndl to see those that there are.',
  });

export const howListMessage = failureMessage({
  what: 'Say which list.',
  hint: 'Type ndl change or ndl remove with the name of a list, such as ndl change acme ndl.',
});

export const listGoneMessage = failureMessage({
  what: 'That list of network devices, or its customer, does not exist any more.',
  hint: 'Type ndl to see the others.',
});

export const listElsewhereMessage = failureMessage({
  what: 'That list belongs to another customer.',
  hint: 'Nothing was changed. Open the site once more to see the lists that it can use.',
});

/** Customers' own administrators see the lists, as in VOSS. */
export const listsNotAllowedMessage = failureMessage({
  what: 'Only administrators of the provider or of a reseller change lists of network devices.',
  hint: 'Nothing was changed. Ask one of them: admins lists them.',
});
