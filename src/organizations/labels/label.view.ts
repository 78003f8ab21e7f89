// What `label` answers: the labels of an organization, those that there are, and what became of one.

import { button, type PagesBeside, pageButtons } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message, type TextMessage } from '../../chat/message.ts';
import { failureMessage } from '../../chat/refusals.ts';
import { capitalized, countedUpTo, shorten } from '../../lib/text.ts';
import type { GivenLabel } from './label.store.ts';
import { LABEL_MAX, MOST_LABELS } from './label-rules.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const listWords = (labels: readonly string[]): string =>
  labels.length === 0 ? 'It carries no label.' : `Its labels: ${labels.join(', ')}.`;

/** How many labels of one organization get a button each. */
const mostButtons = 5;

/** The labels of one organization, each with the way to the others that carry it. */
export const labelsOfMessage = ({
  organization,
  labels,
  mayChange,
}: {
  readonly organization: Named;
  readonly labels: readonly string[];
  readonly mayChange: boolean;
}): CardMessage =>
  message({
    title: `Labels of ${shownName(organization.name)}`,
    texts: [listWords(labels)],
    buttons: [
      ...labels.slice(0, mostButtons).map((label) => button(`List ${label}`, 'list', { label })),
      button('Show', 'show', { organization_id: organization.id }),
      button('All labels', 'label'),
    ],
    typed: mayChange
      ? md`Type **label** with its name and a word to give it one, or with a minus before the word to take it away.`
      : md`Type **list label** and a word for those that carry it.`,
  });

/** One page of the labels that organizations in sight carry. */
export function labelsMessage({
  labels,
  ...beside
}: PagesBeside & { readonly labels: readonly GivenLabel[] }): CardMessage {
  if (labels.length === 0) {
    return message({
      title: beside.previousPage === undefined ? 'No organization carries a label' : 'There is nothing on this page',
      texts: ['A label is a word by which you list organizations together, whatever their customer.'],
      buttons: [button('List organizations', 'list')],
      typed: md`Type **label** with the name of an organization and a word, for example **label acme gold**.`,
    });
  }
  return message({
    title: 'Labels',
    blocks: [
      {
        kind: 'rows',
        rows: labels.map(({ label, count }) => ({
          name: label,
          state: capitalized(countedUpTo(count, 'organization')),
          button: button('List', 'list', { label }),
        })),
      },
    ],
    buttons: pageButtons(beside, 'label'),
    typed: md`Type **list label**, **expiring label**, **export label** or **notify label** with one of these words.`,
  });
}

/** It carries the label now, or does not any more. */
export function labeledMessage({
  organization,
  outcome,
  act,
  label,
  labels,
  isMoved = false,
}: {
  readonly organization: Named;
  readonly outcome: 'changed' | 'unchanged' | 'too_many';
  readonly isMoved?: boolean;
  readonly act: 'give' | 'take';
  readonly label: string;
  readonly labels: readonly string[];
}): CardMessage {
  const name = shownName(organization.name);
  const about = { organization_id: organization.id };
  const titles = {
    changed: act === 'give' ? `${name} carries the label ${label} now` : `${name} carries the label ${label} no more`,
    unchanged:
      act === 'give' ? `${name} carries the label ${label} already` : `${name} does not carry the label ${label}`,
    too_many: `${name} carries ${MOST_LABELS} labels already`,
  };
  return message({
    mark: outcome === 'too_many' ? '❌' : '✅',
    title: titles[outcome],
    texts: [
      outcome === 'too_many' ? 'Nothing was changed. Take one away first.' : null,
      listWords(labels),
      isMoved ? 'Another space is notified of it from now on: show says which.' : null,
    ],
    buttons: [
      outcome === 'changed' && act === 'give' ? button('Take away', 'label', { ...about, label, act: 'take' }) : null,
      outcome === 'changed' && act === 'take' ? button('Give back', 'label', { ...about, label, act: 'give' }) : null,
      button(`List ${label}`, 'list', { label }),
      button('Show', 'show', about),
    ],
    typed: md`Type **list label ${label}** for all that carry it.`,
  });
}

/** What was typed cannot be a label. */
export const badLabelMessage = ({ typed }: { readonly typed: string }): TextMessage =>
  failureMessage({
    what: `“${shorten(typed, LABEL_MAX)}” cannot be a label.`,
    hint: `A label is one word of up to ${LABEL_MAX} letters, digits, - and _, and begins with a letter: label acme gold.`,
  });
