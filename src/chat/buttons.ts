// The buttons of cards, and the data that a click on one sends back.

import { shorten } from '../lib/text.ts';

/** What a click sends: the command or form it stands for, and what it is about. */
export interface ButtonData {
  readonly action: string;
  readonly [key: string]: string | number;
}

/** A button sends data or opens an address. */
export interface Button {
  readonly title: string;
  readonly data: ButtonData | null;
  readonly url: string | null;
  readonly style: 'default' | 'positive';
  /** `none` where neither the inputs' values nor their checks concern the button. */
  readonly inputs: 'auto' | 'none';
}

/** Webex's desktop client shows no more buttons than this of one ActionSet. */
const BUTTONS_PER_SET = 5;

const TITLE_MAX_CHARACTERS = 60;

/** A button that sends `data` alone, whatever the card's inputs hold. */
export function submitButton(title: string, data: ButtonData): Button {
  return { title: shorten(title, TITLE_MAX_CHARACTERS), data, url: null, style: 'default', inputs: 'none' };
}

/** A button that sends the card's inputs along, after they have been checked. */
export function inputsButton(title: string, data: ButtonData): Button {
  return { ...submitButton(title, data), inputs: 'auto' };
}

/** A button that opens an address. */
export function linkButton(title: string, url: string): Button {
  return { title: shorten(title, TITLE_MAX_CHARACTERS), data: null, url, style: 'default', inputs: 'none' };
}

/** The one button of a card that is the usual next thing to do. */
export function emphasized(button: Button): Button {
  return { ...button, style: 'positive' };
}

/** The pages beside one of a list, by number; absent where there is none. */
export interface PagesBeside {
  readonly previousPage?: number;
  readonly nextPage?: number;
}

/** The buttons to the pages beside; `data` is what a click sends with the page's number. */
export function pageButtons({ previousPage, nextPage }: PagesBeside, data: ButtonData): Button[] {
  return [
    ...(previousPage === undefined ? [] : [submitButton('Previous', { ...data, page: previousPage })]),
    ...(nextPage === undefined ? [] : [submitButton('Next', { ...data, page: nextPage })]),
  ];
}

/** The buttons in sets that Webex shows in full. */
export function actionSets(buttons: readonly Button[]): Button[][] {
  const sets: Button[][] = [];
  for (let first = 0; first < buttons.length; first += BUTTONS_PER_SET) {
    sets.push(buttons.slice(first, first + BUTTONS_PER_SET));
  }
  return sets;
}
