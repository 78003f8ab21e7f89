// The buttons of a message: each stands for an action with its inputs, or opens an address.

import { shorten } from '../lib/text.ts';
import type { ActionName, Actions, PagedAction } from './actions.ts';

/** A button sends data or opens an address. Made by the functions of this file only. */
export interface Button {
  readonly title: string;
  /** What a click sends: the action, and what it is about. */
  readonly data: Readonly<Record<string, string | number>> | null;
  readonly url: string | null;
  readonly style: 'default' | 'positive';
  /** `none`: a click neither checks the card's inputs nor sends them. */
  readonly inputs: 'auto' | 'none';
}

/** Webex's desktop client shows no more buttons of one ActionSet. */
const BUTTONS_PER_SET = 5;

const TITLE_MAX_CHARACTERS = 60;

/** Inputs that may all be absent need not be given. */
type Given<Inputs> = Record<never, never> extends Inputs ? [inputs?: Inputs] : [inputs: Inputs];

/** A button that sends `inputs` and none of the card's inputs. */
export function button<Name extends ActionName>(title: string, action: Name, ...given: Given<Actions[Name]>): Button {
  return submit(title, action, given[0], 'none');
}

/** A button that checks the card's inputs and sends them beside `inputs`. */
export function inputsButton<Name extends ActionName>(
  title: string,
  action: Name,
  inputs?: Partial<Actions[Name]>,
): Button {
  return submit(title, action, inputs, 'auto');
}

/** A button that opens an address. */
export function linkButton(title: string, url: string): Button {
  return { title: shorten(title, TITLE_MAX_CHARACTERS), data: null, url, style: 'default', inputs: 'none' };
}

/** Marks the button for the usual next step; one a card. */
export function emphasized(plain: Button): Button {
  return { ...plain, style: 'positive' };
}

/** The pages beside one of a list, by number; absent where there is none. */
export interface PagesBeside {
  readonly previousPage?: number;
  readonly nextPage?: number;
}

/** The buttons to the pages beside; `inputs` is what a click sends with the page's number. */
export function pageButtons<Name extends PagedAction>(
  { previousPage, nextPage }: PagesBeside,
  action: Name,
  inputs?: Omit<Actions[Name], 'page'>,
): Button[] {
  const to = (title: string, page: number | undefined) =>
    page === undefined ? [] : [pageButton(title, action, page, inputs)];
  return [...to('Previous', previousPage), ...to('Next', nextPage)];
}

/** A button to one page of a list. */
export const pageButton = <Name extends PagedAction>(
  title: string,
  action: Name,
  page: number,
  inputs?: Omit<Actions[Name], 'page'>,
): Button => submit(title, action, { ...inputs, page }, 'none');

/** The buttons in sets that Webex shows in full. */
export function actionSets(buttons: readonly Button[]): Button[][] {
  const sets: Button[][] = [];
  for (let first = 0; first < buttons.length; first += BUTTONS_PER_SET) {
    sets.push(buttons.slice(first, first + BUTTONS_PER_SET));
  }
  return sets;
}

function submit(title: string, action: ActionName, inputs: object | undefined, sent: Button['inputs']): Button {
  const data = { ...inputs, action };
  return { title: shorten(title, TITLE_MAX_CHARACTERS), data, url: null, style: 'default', inputs: sent };
}
