// What `onboard` answers: the steps that make a customer known and watched, each ticked by its state, each with the button for what is next.

import type { Row } from '../chat/blocks.ts';
import { type Button, button } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import { pathWords } from '../customers/customer-rules.ts';
import { counted, countedUpTo, shorten } from '../lib/text.ts';
import type { OnboardedOrganization, Onboarding, Several } from './onboard.store.ts';

const NAMES_MAX_CHARACTERS = 160;
const TYPED_MAX_CHARACTERS = 60;

export interface OnboardView extends Onboarding {
  readonly node: { readonly id: string; readonly name: string };
  /** The names from above down to the node. */
  readonly names: readonly string[];
  /** Whether the reader may change what stands at the node: the buttons for that are there. */
  readonly mayChange: boolean;
  /** Whether this is a group space that may be made to stand at the node without taking anything out of it. */
  readonly mayStandHere: boolean;
}

interface Step {
  readonly title: string;
  readonly isDone: boolean;
  /** What there is, or what is lacking. */
  readonly words: string;
  /** What to do, or more of what there is. */
  readonly hint?: string | undefined;
  readonly next?: Button | undefined;
  /** The button changes something. */
  readonly isChange?: boolean;
}

/** The checklist of a customer that stands in the tree. */
export function onboardMessage(view: OnboardView): CardMessage {
  const { node, mayChange } = view;
  const about = { customer_id: node.id };
  const steps = [
    customerStep(view),
    spaceStep(view),
    peopleStep(view),
    organizationsStep(view),
    connectionsStep(view),
    syncStep(view),
    sitesStep(view),
    warningsStep(view),
  ];
  const done = steps.filter(({ isDone }) => isDone).length;
  const isAll = done === steps.length;
  const name = shownName(node.name);
  return message({
    ...(isAll ? { mark: '✅' } : {}),
    title: isAll ? `${name} is onboarded` : `Onboard ${name}: ${done} of ${steps.length} steps are done`,
    blocks: [{ kind: 'rows', rows: steps.map((step, index) => rowOf(step, index + 1, mayChange)), isCounted: true }],
    buttons: [button('Check again', 'onboard', about), button('Organizations', 'list', about)],
    typed: md`Type **onboard** with its name to check again.`,
  });
}

function rowOf({ title, isDone, words, hint, next, isChange = false }: Step, number: number, mayChange: boolean): Row {
  return {
    number,
    name: title,
    lead: { text: `${isDone ? '✅' : '⬜'} ${words}`, tone: 'default' },
    ...(hint === undefined ? {} : { state: hint }),
    ...(next === undefined || (isChange && !mayChange) ? {} : { button: next }),
  };
}

const customerStep = ({ node, names }: OnboardView): Step => ({
  title: 'Customer',
  isDone: true,
  words: `It stands in the tree: ${pathWords(names)}`,
  next: button('Show', 'customers', { customer_id: node.id }),
});

function spaceStep({ node, spaces, mayStandHere }: OnboardView): Step {
  const title = 'Space';
  if (spaces.total > 0) return { title, isDone: true, words: counted(spaces.total, 'space'), hint: namesOf(spaces) };
  const name = shownName(node.name);
  return {
    title,
    isDone: false,
    words: 'No space stands there yet',
    hint: mayStandHere
      ? `This space would show ${name} alone. For another one, type use ${name} there.`
      : `Add me to a space for ${name}, and type use ${name} there.`,
    next: mayStandHere ? button('Use this space', 'use', { customer_id: node.id }) : undefined,
    isChange: true,
  };
}

function peopleStep({ node, people }: OnboardView): Step {
  const title = 'Administrators';
  const next = button('Administrators', 'admins');
  if (people.total > 0) {
    const words = `${counted(people.total, 'person', 'people')} with rights there`;
    return { title, isDone: true, words, hint: namesOf(people), next };
  }
  const hint = `Type admins add with an e-mail, administrator and ${shownName(node.name)}. Whoever has rights above reaches it already.`;
  return { title, isDone: false, words: 'Nobody was given rights there yet', hint, next };
}

function organizationsStep({ node, organizations }: OnboardView): Step {
  const { length } = organizations;
  return {
    title: 'Organizations',
    isDone: length > 0,
    words: length === 0 ? 'None is added yet' : many(length),
    next: button('Add organization', 'add', { customer_id: node.id }),
    isChange: true,
  };
}

function connectionsStep(view: OnboardView): Step {
  const { organizations } = view;
  const [next] = organizations.filter(({ isConnected }) => !isConnected);
  return {
    ...stepOf('Connections', { all: organizations, next, done: 'connected', none: 'Nothing to connect yet' }),
    next: next && button('Connect', 'connect', { organization_id: next.id }),
    isChange: true,
  };
}

/** Of the organizations whose record asks for a sync. */
function syncStep({ organizations }: OnboardView): Step {
  const all = organizations.filter(({ wantsSync }) => wantsSync);
  const title = 'Roles and licenses';
  if (organizations.length > 0 && all.length === 0)
    return { title, isDone: true, words: 'No record asks to sync them' };
  const open = all.filter(({ isSynced }) => !isSynced);
  const next = open.find(({ isConnected }) => isConnected) ?? open[0];
  const step = stepOf(title, { all, next, done: 'synced', none: 'Nothing to sync yet' });
  if (!next?.isConnected)
    return { ...step, hint: next ? `${shownName(next.name)} must be connected first.` : undefined };
  return { ...step, next: button('Sync', 'sync', { organization_id: next.id }), isChange: true };
}

/** Of the organizations that have locations. */
function sitesStep({ organizations }: OnboardView): Step {
  const title = 'Sites';
  const all = organizations.filter(({ hasLocations }) => hasLocations);
  const isRead = organizations.some(({ isSynced }) => isSynced);
  const isToBeRead = organizations.length === 0 || organizations.some((one) => one.wantsSync && !one.isSynced);
  if (all.length === 0 && !isToBeRead) {
    return {
      title,
      isDone: true,
      words: isRead ? 'No organization has locations' : 'No record asks to sync locations',
    };
  }
  const [next] = all.filter(({ isPlaced }) => !isPlaced);
  const step = stepOf(title, { all, next, done: 'with a site for each location', none: 'No locations are read yet' });
  const hint = next && `Where the locations of ${shownName(next.name)} go is shown before.`;
  const about = next ?? all[0];
  return { ...step, hint, next: about && button('Sites', 'sites', { organization_id: about.id }) };
}

function warningsStep({ node, organizations }: OnboardView): Step {
  const [next] = organizations.filter(({ isToldInGroup }) => !isToldInGroup);
  const step = stepOf('Warnings', {
    all: organizations,
    next,
    done: 'told of in a group space',
    none: 'Nothing to warn of yet',
  });
  const hint = next && `Connect ${shownName(next.name)} from its group space, and I warn there from then on.`;
  return { ...step, hint, next: button('Settings', 'settings', { customer_id: node.id }) };
}

/** What says that a step is done for an organization. */
const doneBy = {
  connected: 'isConnected',
  synced: 'isSynced',
  'with a site for each location': 'isPlaced',
  'told of in a group space': 'isToldInGroup',
} as const;

/** A step for each of several organizations; `next`: the first for which it is open. */
function stepOf(
  title: string,
  {
    all,
    next,
    done,
    none,
  }: {
    all: readonly OnboardedOrganization[];
    next: OnboardedOrganization | undefined;
    done: keyof typeof doneBy;
    none: string;
  },
): Step {
  if (all.length === 0) return { title, isDone: false, words: none };
  const count = all.filter((one) => one[doneBy[done]]).length;
  if (next === undefined) return { title, isDone: true, words: `${many(all.length)} ${done}` };
  const words = `${count} of ${many(all.length)} ${done}`;
  return { title, isDone: false, words, hint: `Next: ${shownName(next.name)}` };
}

const many = (count: number): string => countedUpTo(count, 'organization');

function namesOf({ names, total }: Several): string {
  const shown = shorten(names.map(shownName).join(', '), NAMES_MAX_CHARACTERS);
  return total > names.length ? `${shown} and ${total - names.length} more` : shown;
}

/** No customer has the name that was typed: the first step is open. `parent`: where the reader may add it. */
export function onboardNewMessage(view: {
  readonly typed: string;
  readonly parent: { readonly id: string; readonly name: string } | undefined;
}): CardMessage {
  const { typed, parent } = view;
  const name = shownName(shorten(typed, TYPED_MAX_CHARACTERS));
  return message({
    title: `No customer matches “${name}”`,
    texts: [
      parent
        ? `Add it below ${shownName(parent.name)}, and go on from there: a space, its people, its organizations.`
        : 'Ask an administrator to add it. The list shows all that you may see here.',
    ],
    buttons: [
      parent ? button('Add customer', 'add-customer', { parent_id: parent.id, name: shorten(typed, 200) }) : null,
      button('All customers', 'customers'),
    ],
    typed: parent ? md`Type **customers add** with its name.` : md`Type **customers** for all.`,
  });
}
