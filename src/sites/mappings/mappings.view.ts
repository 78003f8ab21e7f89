// Mappings in words: the list, the form, what a change means for sites that exist, and the preview of moving them.

import { button, emphasized, inputsButton, pageButtons } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { formMessage } from '../../chat/form.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { type ListPage, pageWords } from '../../chat/pages.ts';
import { failureMessage } from '../../chat/refusals.ts';
import { counted, shorten } from '../../lib/text.ts';
import type { NodeWords } from '../node-words.ts';
import type { Misplaced } from '../plan.store.ts';
import { reasonWords } from '../sites.view.ts';
import type { NamedMapping } from './mapping.store.ts';
import { MAPPING_TEXT_MAX } from './mapping-rules.ts';

/** What Save sends as `action`. */
export const SAVE_MAPPING = 'save-mapping';

declare module '../../chat/actions.ts' {
  interface Actions {
    /** Of one customer, or all. */
    mappings: { customer_id?: string; page?: number };
    /** What a choice of a node goes on with. */
    'mappings-act': { act: string; text: string; customer_id?: string };
    /** Opens the form: for a new mapping of a customer, or for one that there is. */
    'mapping-form': { customer_id: string; mapping_id?: string };
    [SAVE_MAPPING]: { customer_id: string; mapping_id?: string };
    'remove-mapping': { mapping_id: string };
    /** Which sites would move. */
    'misplaced-sites': { customer_id: string; page?: number };
    'move-sites': { customer_id: string; plan: string };
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const TYPED_MAX_CHARACTERS = 60;

/** One page of the mappings that the reader may see. */
export function mappingsMessage(
  view: ListPage<NamedMapping> & {
    /** Null where they are those of all customers. */
    readonly customer: Named | null;
    readonly words: NodeWords;
    readonly canChange: boolean;
    /** How many sites of the customer stand elsewhere than they say. */
    readonly misplaced: number;
  },
): CardMessage {
  const { rows, total, customer, words, canChange, misplaced } = view;
  const about = customer === null ? {} : { customer_id: customer.id };
  const whose = customer === null ? '' : ` of ${shownName(customer.name)}`;
  return message({
    title: total === 0 ? `No mappings${whose} yet` : `${counted(total, 'mapping')}${whose}`,
    lead: pageWords(view),
    texts: [
      total === 0
        ? 'Each location becomes a site at the node of its organization. A mapping has those go elsewhere whose name contains a text.'
        : 'The longest text that a location’s name contains decides. Case and accents do not count.',
      // The button needs a customer whose it is to be.
      total === 0 && canChange && customer === null
        ? 'Type for example mappings add detroit to North. Or type mappings with a customer, and press Add mapping.'
        : null,
      misplaced === 0
        ? null
        : `${counted(misplaced, 'existing site')} ${misplaced === 1 ? 'stands' : 'stand'} elsewhere than the mappings say.`,
    ],
    blocks: [
      {
        kind: 'rows',
        rows: rows.map((mapping) => ({
          name: shownName(mapping.text),
          lead: mapping.node.path.startsWith(mapping.customer.path)
            ? undefined
            : { text: 'Rests: its node belongs to another customer by now', tone: 'attention' as const },
          state: `to ${words(mapping.nodeId)}${customer === null ? `, for ${shownName(mapping.customer.name)}` : ''}`,
          ...(canChange && {
            button: button('Change', 'mapping-form', { customer_id: mapping.customerId, mapping_id: mapping.id }),
          }),
        })),
      },
    ],
    buttons: [
      customer !== null && misplaced > 0
        ? emphasized(button('Preview the moves', 'misplaced-sites', { customer_id: customer.id }))
        : null,
      canChange && customer !== null ? button('Add mapping', 'mapping-form', { customer_id: customer.id }) : null,
      ...pageButtons(view, 'mappings', about),
      button('Sites', 'sites'),
    ],
    typed: md`Type **mappings add detroit to North** for a mapping, **mappings remove detroit** to end one, or **mappings** with a customer for its own.`,
  });
}

/** The form of a mapping, new or not, empty or with what was typed. */
export function mappingForm(view: {
  readonly customer: Named;
  /** The mapping that is changed; null for a new one. */
  readonly mappingId: string | null;
  readonly text: string;
  readonly nodeId: string;
  /** Nodes at which the sites can stand: the customer, and what is below it. */
  readonly nodes: readonly { readonly id: string; readonly words: string }[];
  readonly problem?: string | null;
}): CardMessage {
  const { customer, mappingId, text, nodeId, nodes, problem = null } = view;
  const about = { customer_id: customer.id, ...(mappingId !== null && { mapping_id: mappingId }) };
  const form = formMessage({
    title: `${mappingId === null ? 'Add a mapping for' : 'Change a mapping of'} ${shownName(customer.name)}`,
    summary: problem === null ? null : 'Not saved yet: correct 1 field.',
    fields: [
      {
        kind: 'fields',
        fields: [
          {
            kind: 'text',
            id: 'text',
            label: 'Text in the location’s name',
            help: 'Such as detroit. Case and accents do not count.',
            maxLength: MAPPING_TEXT_MAX,
            isRequired: true,
            errorMessage: 'The text is missing.',
            value: text,
            problem,
          },
          {
            kind: 'choice',
            id: 'node_id',
            label: 'Node',
            help: 'Where such sites stand. To make a node, type for example: customers add Detroit under Acme as node. For a node that is not listed, type mappings add. A customer below has mappings of its own.',
            choices: nodes.map(({ id, words }) => ({ value: id, label: words })),
            value: nodes.some(({ id }) => id === nodeId) ? nodeId : (nodes[0]?.id ?? ''),
          },
        ],
      },
    ],
    save: inputsButton('Save', SAVE_MAPPING, about),
  });
  if (mappingId === null) return form;
  const buttons = [button('Remove this mapping', 'remove-mapping', { mapping_id: mappingId })];
  return { ...form, blocks: [...form.blocks, { kind: 'buttons', buttons }] };
}

/** A mapping is saved or removed. `misplaced`: how many sites stand elsewhere than the mappings say now. */
export const mappingChangedMessage = (view: {
  readonly customer: Named;
  readonly text: string;
  /** Where such locations go; null where the mapping is gone. */
  readonly node: string | null;
  readonly misplaced: number;
}): CardMessage => {
  const { customer, text, node, misplaced } = view;
  const about = { customer_id: customer.id };
  return message({
    mark: '✅',
    title:
      node === null
        ? `The mapping for “${shownName(text)}” is removed`
        : `New sites with “${shownName(text)}” in the name go to ${node}`,
    texts: [
      misplaced === 0
        ? 'No existing site has to move.'
        : `${counted(misplaced, 'existing site')} would stand elsewhere. None moves until you have looked at it and said so.`,
    ],
    buttons: [
      misplaced === 0 ? null : emphasized(button('Preview the moves', 'misplaced-sites', about)),
      button('Mappings', 'mappings', about),
      button('Sites', 'sites'),
    ],
    typed: md`Type **mappings** with the customer’s name for all of them.`,
  });
};

/** Which sites would move where. */
export function misplacedMessage(
  view: ListPage<Misplaced> & {
    readonly customer: Named;
    readonly plan: string;
    readonly words: NodeWords;
    /** Why it is shown once more. */
    readonly again?: string | undefined;
  },
): CardMessage {
  const { rows, total, customer, plan, words, again } = view;
  const about = { customer_id: customer.id };
  if (total === 0) {
    return message({
      title: `All sites of ${shownName(customer.name)} stand where the mappings say`,
      buttons: [button('Mappings', 'mappings', about), button('Sites', 'sites')],
      typed: md`Type **sites** to see them.`,
    });
  }
  return message({
    mark: '🔎',
    title: `${counted(total, 'site')} of ${shownName(customer.name)} would move`,
    lead: pageWords(view),
    texts: [again ?? null, 'Nothing has moved yet. Who may see a site follows from where it stands.'],
    blocks: [
      {
        kind: 'rows',
        rows: rows.map(({ name, fromId, nodeId, by, torn }) => ({
          name: shownName(name),
          state: `${words(fromId)} → ${words(nodeId)}${reasonWords(by, torn)}`,
        })),
      },
    ],
    buttons: [
      emphasized(button(total === 1 ? 'Move it' : `Move ${total} sites`, 'move-sites', { ...about, plan })),
      ...pageButtons(view, 'misplaced-sites', about),
      button('Mappings', 'mappings', about),
    ],
    typed: md`Press **Move** on the card; a client that shows no cards cannot confirm.`,
  });
}

/** The sites have moved. */
export const sitesMovedMessage = (view: { customer: Named; count: number; by: string }): CardMessage =>
  message({
    mark: '✅',
    title: `${counted(view.count, 'site')} of ${shownName(view.customer.name)} ${view.count === 1 ? 'has' : 'have'} moved`,
    texts: [`Confirmed by ${shownName(view.by)}.`],
    buttons: [button('Sites', 'sites'), button('Mappings', 'mappings', { customer_id: view.customer.id })],
    typed: md`Type **sites** to see where they stand.`,
  });

/** Several mappings are for the text. */
export const whichMappingMessage = (mappings: readonly NamedMapping[], words: NodeWords): CardMessage =>
  message({
    title: 'Which mapping?',
    blocks: [
      {
        kind: 'rows',
        rows: mappings.map(({ id, text, nodeId, customer }) => ({
          name: shownName(text),
          state: `to ${words(nodeId)}, for ${shownName(customer.name)}`,
          button: button('Remove', 'remove-mapping', { mapping_id: id }),
        })),
      },
    ],
    typed: md`Press **Remove** beside one on the card.`,
  });

export const mappingTakenMessage = (view: { text: string; customer: Named; mappingId: string }): CardMessage =>
  message({
    title: `${shownName(view.customer.name)} has a mapping for “${shownName(view.text)}” already`,
    texts: ['Nothing was saved. Change that one, or type another text.'],
    buttons: [
      emphasized(button('Change it', 'mapping-form', { customer_id: view.customer.id, mapping_id: view.mappingId })),
      button('Mappings', 'mappings', { customer_id: view.customer.id }),
    ],
    typed: md`Type **mappings change ${shownName(view.text)} to** with a node.`,
  });

const howTyped = {
  add: 'Type mappings add, a text in the names of locations, the word to, and a node: mappings add detroit to North.',
  change: 'Type mappings change, the text, the word to, and another node: mappings change detroit to South.',
  remove: 'Type mappings remove and the text: mappings remove detroit.',
} as const;

export const howMappingMessage = (verb: keyof typeof howTyped) =>
  failureMessage({ what: `mappings ${verb} needs more words.`, hint: howTyped[verb] });

export const mappingTextMessage = (problem: string) => failureMessage({ what: problem, hint: 'Nothing was saved.' });

export const noMappingMessage = (typed: string) =>
  failureMessage({
    what: `No mapping is for “${shorten(typed, TYPED_MAX_CHARACTERS)}”.`,
    hint: 'Type mappings to see those that there are.',
  });

export const mappingGoneMessage = failureMessage({
  what: 'That mapping, or its customer, does not exist any more.',
  hint: 'Type mappings to see the others.',
});
