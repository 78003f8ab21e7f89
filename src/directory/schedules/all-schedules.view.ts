// What people read where all schedules are paused, or run again.

import { button, emphasized } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { DISCARD_FORM } from '../../chat/form.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { counted } from '../../lib/text.ts';
import { type Labeled, RESUME_SCHEDULES } from './schedules.view.ts';

/** Asks before all schedules in scope are paused, or run again. */
export function confirmAllMessage(view: {
  readonly isActive: boolean;
  readonly organizations: number;
  readonly label?: string | undefined;
}): CardMessage {
  const { isActive, organizations, label } = view;
  const whose = whoseWords(organizations, label);
  const confirmed = { confirmed: 'yes', ...(label === undefined ? {} : { label }) } as const;
  return message({
    mark: '⚠️',
    title: isActive ? `Resume the syncs of ${whose}?` : `Pause the syncs of ${whose}?`,
    texts: [
      isActive
        ? 'Each schedule runs again when it is next due, also one that somebody paused for one organization. A schedule of users runs again only where it was paused together with others.'
        : 'No schedule runs until it is resumed. Syncs that run now go on. An organization that is added later has its schedules on.',
    ],
    buttons: [
      emphasized(
        isActive
          ? button('Resume all', CONFIRM_RESUME_SCHEDULES, confirmed)
          : button('Pause all', CONFIRM_PAUSE_SCHEDULES, confirmed),
      ),
      button('Cancel', DISCARD_FORM),
    ],
    typed: md`Confirm it with the button on the card.`,
  });
}

const whoseWords = (count: number, label: string | undefined): string =>
  `${counted(count, 'organization')}${label === undefined ? '' : ` with the label ${label}`}`;

/** What the confirming buttons send as `action`. */
export const CONFIRM_PAUSE_SCHEDULES = 'confirm-pause-schedules';
export const CONFIRM_RESUME_SCHEDULES = 'confirm-resume-schedules';

declare module '../../chat/actions.ts' {
  interface Actions {
    [CONFIRM_PAUSE_SCHEDULES]: Labeled & { confirmed: 'yes' };
    [CONFIRM_RESUME_SCHEDULES]: Labeled & { confirmed: 'yes' };
  }
}

/** All in scope are paused, or run again. */
export const allDoneMessage = (view: {
  readonly isActive: boolean;
  readonly changed: number;
  readonly label?: string | undefined;
  readonly by: string;
}): CardMessage => {
  const { isActive, changed, label, by } = view;
  const whose = whoseWords(changed, label);
  const labeled = label === undefined ? {} : { label };
  return message({
    mark: '✅',
    title: isActive
      ? `${shownName(by)} resumed the syncs of ${whose}`
      : `${shownName(by)} paused the syncs of ${whose}`,
    texts: [changed === 0 ? 'The others were so already.' : null],
    buttons: [
      button('Schedules', 'schedules', labeled),
      isActive ? null : button('Resume all', RESUME_SCHEDULES, labeled),
    ],
  });
};

/** Nothing is in scope. */
export const nothingScheduledMessage: CardMessage = message({
  title: 'There are no organizations here whose syncs could be changed',
  buttons: [button('List organizations', 'list')],
});
