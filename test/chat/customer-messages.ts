// Every message about customers and rights, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import { tooFewRightsMessage } from '../../src/chat/refusals.ts';
import type { RightAtNode } from '../../src/chat/rights.store.ts';
import { chooseCustomerMessage, customerNotFoundMessage } from '../../src/customers/choose-customer.view.ts';
import type { CountedCustomer } from '../../src/customers/customer.store.ts';
import {
  confirmMoveMessage,
  confirmRemoveMessage,
  customerAddedMessage,
  customerMovedMessage,
  customerRemovedMessage,
  customerRenamedMessage,
  howMessage,
  nameProblemMessage,
} from '../../src/customers/customer-acts.view.ts';
import { customerForm } from '../../src/customers/customer-form.view.ts';
import { refusedMessage } from '../../src/customers/customer-refused.view.ts';
import { customersMessage } from '../../src/customers/customers.view.ts';
import { standsMessage, usedMessage } from '../../src/customers/use.view.ts';
import {
  badLabelMessage,
  labeledMessage,
  labelsMessage,
  labelsOfMessage,
} from '../../src/organizations/labels/label.view.ts';
import {
  confirmNotifyMessage,
  labelSpacesMessage,
  notifiedMessage,
  notNotifiedMessage,
} from '../../src/organizations/labels/notify.view.ts';
import * as moves from '../../src/organizations/move.view.ts';
import {
  configuredMessage,
  confirmTakeMessage,
  kindMismatchMessage,
  noRightsMessage,
  rightGivenMessage,
  rightSavedMessage,
  rightsTakenMessage,
  rightUnchangedMessage,
  unknownPersonMessage,
} from '../../src/people/rights.view.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const root = '00000000-0000-4000-8000-000000000001';
const path = `/${root}/${id}/`;
const now = new Date('2026-11-23T12:00:00Z');

const nodeOf = (name: string): CountedCustomer => ({
  ...{ id, path, name, kind: 'customer', parentId: root, searchName: name, sortKey: name, createdBy: name },
  ...{ createdAt: now, updatedAt: now, organizations: 1001, lost: 0, failing: 0, soon: 0, notConnected: 0 },
});

/** Rights as the list of people shows them. */
export const rightsOf = (value: string, count: number): RightAtNode[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{
      personId: `${'p'.repeat(80)}${index}`,
      customerId: id,
      role: 'administrator' as const,
      email: value,
      webexOrgId: 'o',
    },
    ...{ givenBy: value, givenAt: now, node: nodeOf(value) },
  }));

export function customerMessages(value: string): Record<string, Message> {
  const node = nodeOf(value);
  const rightBefore = { role: 'administrator', email: value, isOfOtherOrganization: false } as const;
  const labelsOf20 = Array.from({ length: 20 }, (_, index) => `${'w'.repeat(28)}${String.fromCharCode(97 + index)}`);
  const labelSpace = { roomId: 'room', isLeft: false, count: 1001 };
  const labeled = { organization: node, label: 'gold', labels: labelsOf20 };
  const standing = {
    ...{ space: undefined, lastList: undefined, customer: node, decided: [] },
    held: [{ role: 'viewer' as const, path }],
  };
  const hanging = {
    ...{ children: 2, organizations: 1, deletedOrganizations: 2, spaces: 1, sites: 3 },
    ...{ deviceLists: 1, mappings: 2, people: 2 },
  };
  const page = { firstNumber: 11, total: 35, previousPage: 1, nextPage: 3, now };
  return {
    'customers, all': customersMessage({
      ...page,
      root: null,
      parentId: node.id,
      rows: Array.from({ length: 10 }, (_, index) => ({ ...node, lost: index === 0 ? 1001 : 0, soon: index })),
    }),
    'customers, a branch': customersMessage({
      ...{ rows: [node, { ...node, id: root, failing: 1 }], firstNumber: 1, total: 2, now, parentId: null },
      root: { ...node, names: Array.from({ length: 8 }, () => value) },
    }),
    'customers, none': customersMessage({
      rows: [{ ...node, organizations: 0 }],
      firstNumber: 1,
      total: 1,
      now,
      root: null,
      parentId: node.id,
    }),
    'customer to choose': chooseCustomerMessage({
      ...{
        command: 'customers',
        keep: { name: value.slice(0, 200) },
        input: 'customer_id',
        typed: value,
        isGuess: false,
      },
      choices: Array.from({ length: 11 }, (_, index) => ({ id: `${index}`, name: value })),
    }),
    'customer guessed': chooseCustomerMessage({
      ...{ command: 'customers', keep: {}, input: 'customer_id', typed: value, isGuess: true },
      choices: [{ id, name: value }],
    }),
    'customer not found': customerNotFoundMessage({ typed: value }),
    'customer form': customerForm({ parent: node, values: {} }),
    'customer form with a problem': customerForm({
      parent: node,
      values: { name: value, kind: 'reseller' },
      problem: value,
    }),
    'customer added': customerAddedMessage({ customer: node, parent: node }),
    'customer renamed': customerRenamedMessage({ id, before: value, name: value }),
    'customer to move': confirmMoveMessage({ customer: node, parent: node, from: value, to: value }),
    'customer moved': customerMovedMessage({ id, name: value, from: value, to: value, rehomed: 2 }),
    'customer to remove': confirmRemoveMessage(node),
    'customer removed': customerRemovedMessage({ name: value }),
    'customer name refused': nameProblemMessage({ name: value, problem: value }),
    'customers, how': howMessage('move'),
    'customer name taken': refusedMessage({ outcome: 'name_taken', existing: node }),
    'customer in use': refusedMessage({ outcome: 'in_use', customer: node, hanging, deletedUntil: now }),
    'customer in use by one': refusedMessage({
      ...{ outcome: 'in_use', customer: node, hanging: { ...hanging, people: 1 }, deletedUntil: now },
    }),
    'customer where rights begin': refusedMessage({ outcome: 'outermost', customer: node }),
    'where a space stands': standsMessage({ standing, isDirect: false }),
    'a direct space': standsMessage({ standing, isDirect: true }),
    'a space that stands elsewhere now': usedMessage({ customer: node, rehomed: 1 }),
    'organization to move': moves.confirmMoveMessage({ organization: node, from: node, to: node }),
    'organization moved': moves.movedMessage({ organization: node, from: node, to: node, isRehomed: true }),
    'organization that stands there': moves.standsThereMessage({ organization: node, to: node }),
    'labels of an organization': labelsOfMessage({ organization: node, labels: labelsOf20, mayChange: true }),
    'no labels of an organization': labelsOfMessage({ organization: node, labels: [], mayChange: false }),
    labels: labelsMessage({
      labels: labelsOf20.slice(0, 10).map((label) => ({ label, count: 1001 })),
      previousPage: 1,
      nextPage: 3,
    }),
    'no labels': labelsMessage({ labels: [] }),
    'labels past the end': labelsMessage({ labels: [], previousPage: 3 }),
    'label given': labeledMessage({ ...labeled, outcome: 'changed', act: 'give' }),
    'label taken': labeledMessage({ ...labeled, outcome: 'changed', act: 'take', labels: [] }),
    'label given already': labeledMessage({ ...labeled, outcome: 'unchanged', act: 'give' }),
    'label not there': labeledMessage({ ...labeled, outcome: 'unchanged', act: 'take' }),
    'too many labels': labeledMessage({ ...labeled, outcome: 'too_many', act: 'give' }),
    'no label': badLabelMessage({ typed: value }),
    'label moves the organization': labeledMessage({ ...labeled, outcome: 'changed', act: 'give', isMoved: true }),
    'spaces by label': labelSpacesMessage({
      rows: [
        { ...labelSpace, label: 'gold', title: value, isHere: false, mayChange: true },
        { ...labelSpace, label: 'europe', title: value, isLeft: true, isHere: false, mayChange: false },
        { ...labelSpace, label: 'silver', title: null, isHere: true, mayChange: true },
      ],
      previousPage: 1,
      nextPage: 3,
    }),
    'no spaces by label': labelSpacesMessage({ rows: [] }),
    'spaces by label past the end': labelSpacesMessage({ rows: [], previousPage: 3 }),
    'confirm notify': confirmNotifyMessage({ label: 'gold', customer: value, moved: 51 }),
    'notified by label': notifiedMessage({ label: 'gold', customer: value, moved: 1 }),
    'notified by label already': notifiedMessage({ label: 'gold', customer: value, moved: undefined }),
    'notified by label no more': notNotifiedMessage({ label: 'gold', moved: 2 }),
    'notified by label of none': notNotifiedMessage({ label: 'gold', moved: 0 }),
    'right saved': rightSavedMessage({ email: value, role: 'viewer', node, before: rightBefore }),
    'right saved of another address': rightSavedMessage({
      ...{ email: value, role: 'viewer', node, before: { ...rightBefore, role: 'viewer', email: value.slice(1) } },
    }),
    'right saved of another organization': rightSavedMessage({
      ...{ email: value, role: 'viewer', node, before: { ...rightBefore, isOfOtherOrganization: true } },
    }),
    'right unchanged': rightUnchangedMessage({ email: value, role: 'viewer', node }),
    'right given': rightGivenMessage({ node, role: 'administrator', by: value }),
    'right given at a node that is gone': rightGivenMessage({ node: undefined, role: 'viewer', by: value }),
    'person unknown': unknownPersonMessage({ email: value, outcome: 'unknown' }),
    'person ambiguous': unknownPersonMessage({ email: value, outcome: 'ambiguous' }),
    'kind that does not fit': kindMismatchMessage({ kind: 'reseller', node }),
    'rights to take': confirmTakeMessage({
      email: value,
      personId: value,
      customerId: id,
      rights: rightsOf(value, 12),
    }),
    'rights taken': rightsTakenMessage({ email: value, nodes: [value, value, value, value], rehomed: 1 }),
    'no rights to take': noRightsMessage(value),
    'administrator by configuration': configuredMessage(value),
    'a viewer who may not change': tooFewRightsMessage(standing, 'administrator'),
    'a space outside': tooFewRightsMessage(
      { ...standing, held: [{ role: 'viewer', path: `/${root}/${root}/` }] },
      'viewer',
    ),
  };
}
