// What people read of deletions: the card that wants the name typed, the approval, what is deleted, and what came of it.

import { button, emphasized, inputsButton } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { formMessage } from '../../chat/form.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { failureMessage } from '../../chat/refusals.ts';
import { counted, shorten } from '../../lib/text.ts';
import { deadlineWords, instantWords } from '../../lib/time-words.ts';
import { APPROVAL_HOURS, GRACE_DAYS } from './deletion-rules.ts';

/** What the buttons send as `action`. */
export const CONFIRM_DELETION = 'confirm-deletion';
export const APPROVE_DELETION = 'approve-deletion';
export const DECLINE_DELETION = 'decline-deletion';

/** The input that holds the typed name. */
export const TYPED_NAME = 'typed_name';

declare module '../../chat/actions.ts' {
  interface Actions {
    delete: { organization_id: string };
    undo: { organization_id?: string };
    [CONFIRM_DELETION]: { organization_id: string; [TYPED_NAME]: string };
    [APPROVE_DELETION]: { request_id: string };
    [DECLINE_DELETION]: { request_id: string };
  }
}

interface Named {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
}

const NAME_INPUT_MAX = 1024;
const TYPED_MAX_CHARACTERS = 200;
const LINE_MAX_CHARACTERS = 160;
const NOTE_MAX_CHARACTERS = 600;

/** Names what goes, and wants the name typed. `typed`: what was typed and is not the name. */
export function confirmDeletionForm(view: {
  readonly organization: Named;
  readonly contents: readonly string[];
  readonly needsApproval: boolean;
  readonly typed?: string;
}): CardMessage {
  const { organization, contents, needsApproval, typed } = view;
  const name = shownName(organization.name);
  const lines = contents.map((line) => shorten(line, LINE_MAX_CHARACTERS));
  return formMessage({
    title: `Delete ${name}?`,
    summary:
      typed === undefined ? null : 'Nothing was deleted: the name that was typed is not the name of this organization.',
    fields: [
      { kind: 'log', title: 'This goes', lines: ['The record', ...lines] },
      {
        kind: 'text',
        text:
          `For ${GRACE_DAYS} days undo brings everything back. Until then the tokens are kept and not used. ` +
          'After that the access is revoked at Webex, and everything is deleted for good; the audit stays.',
      },
      ...(needsApproval
        ? [{ kind: 'text', text: `A second administrator must approve it within ${APPROVAL_HOURS} hours.` } as const]
        : []),
      {
        kind: 'fields',
        fields: [
          {
            kind: 'text',
            id: TYPED_NAME,
            label: 'Name of the organization',
            help: `Type ${name} to delete it.`,
            value: typed === undefined ? '' : shorten(typed, TYPED_MAX_CHARACTERS),
            maxLength: NAME_INPUT_MAX,
            isRequired: true,
            errorMessage: 'The name is missing.',
            problem: typed === undefined ? null : `Type ${name}.`,
          },
        ],
      },
    ],
    save: inputsButton('Delete', CONFIRM_DELETION, { organization_id: organization.id }),
  });
}

/** A deletion that waits for a second administrator. */
export function deletionRequestedMessage(view: {
  readonly organization: Named;
  readonly requestId: string;
  readonly by: string;
  readonly expiresAt: Date;
  readonly now: Date;
}): CardMessage {
  const { organization, by, expiresAt, now } = view;
  const request = { request_id: view.requestId };
  return message({
    mark: '⚠️',
    title: `${shownName(by)} asks to delete ${shownName(organization.name)}`,
    texts: [
      `Another administrator must approve it. The request expires ${deadlineWords(expiresAt, now)}.`,
      `Once approved, undo brings everything back for ${GRACE_DAYS} days.`,
    ],
    buttons: [
      button('Approve', APPROVE_DELETION, request),
      button('Decline', DECLINE_DELETION, request),
      button('Show', 'show', { organization_id: organization.id }),
    ],
    typed: md`Approve or decline with the buttons on the card.`,
  });
}

/** The request came to nothing. `by` is empty where nobody decided in time. */
export function deletionRefusedMessage(view: {
  readonly organization: Named;
  readonly decision: 'declined' | 'withdrawn' | 'expired';
  readonly by: string;
  readonly askedBy: string;
}): CardMessage {
  const { organization, decision, by, askedBy } = view;
  const name = shownName(organization.name);
  const title = {
    declined: `${shownName(by)} declined to delete ${name}`,
    withdrawn: `${shownName(by)} withdrew the request to delete ${name}`,
    expired: `Nobody approved in time that ${name} is deleted`,
  }[decision];
  return message({
    title,
    texts: [
      `${shownName(askedBy)} had asked for it. Nothing was deleted.`,
      decision === 'expired' ? 'To ask again, type delete with its name.' : null,
    ],
    buttons: [button('Show', 'show', { organization_id: organization.id })],
  });
}

/** It is deleted, and can be brought back. */
export function organizationDeletedMessage(view: {
  readonly organization: Named;
  readonly by: string;
  readonly approvedBy: string | null;
  readonly purgeAt: Date;
  readonly now: Date;
}): CardMessage {
  const { organization, by, approvedBy, purgeAt, now } = view;
  const name = shownName(organization.name);
  const approved =
    approvedBy === null ? null : `${shownName(approvedBy)} approved what ${shownName(by)} had asked for.`;
  return message({
    mark: '🗑️',
    title: approvedBy === null ? `${shownName(by)} deleted ${name}` : `${name} is deleted`,
    texts: [
      approved,
      `Undo brings everything back until ${instantWords(purgeAt)}. Until then the tokens are kept and not used, and connect links do not work.`,
      `After that the access is revoked at Webex, and everything is deleted for good (${deadlineWords(purgeAt, now)}).`,
    ],
    buttons: [button('Undo', 'undo', { organization_id: organization.id })],
    typed: md`Type **undo** with its name to bring it back.`,
  });
}

/** One that was deleted is asked for: it is there until its purge. */
export function beingDeletedMessage(view: {
  readonly organization: Named;
  readonly deletion: { readonly deletedBy: string; readonly purgeAt: Date; readonly purgeBegunAt: Date | null };
  /** Somebody wanted to give another record its number: nothing was saved. */
  readonly isDuplicate?: boolean;
}): CardMessage {
  const { organization, deletion, isDuplicate = false } = view;
  const name = shownName(organization.name);
  const isTooLate = deletion.purgeBegunAt !== null;
  return message({
    mark: '🗑️',
    title: isTooLate
      ? `${name} is being deleted for good`
      : `${name} is being deleted until ${instantWords(deletion.purgeAt)}`,
    texts: [
      isDuplicate
        ? 'Nothing was saved: the Organization Account Number in the form is that of this organization.'
        : null,
      isTooLate
        ? 'Its days of grace are over, and undo does not bring it back. It can be added again once that is done.'
        : `${shownName(deletion.deletedBy)} deleted it. Undo brings back its record, its connection and its data.`,
    ],
    buttons: [isTooLate ? null : emphasized(button('Undo', 'undo', { organization_id: organization.id }))],
    typed: isTooLate ? undefined : md`Type **undo** with its name to bring it back.`,
  });
}

/** What can be brought back, the next to be purged first; `typed`: the name that was asked for. */
export function undoListMessage(view: {
  readonly deleted: readonly (Named & { readonly deletion: { readonly deletedBy: string; readonly purgeAt: Date } })[];
  readonly hasMore: boolean;
  readonly typed: string;
  readonly now: Date;
}): CardMessage {
  const { deleted, hasMore, typed, now } = view;
  const asked = shorten(typed, 60);
  if (deleted.length === 0) {
    return message({
      title: asked === '' ? 'Nothing can be undone' : `No deleted organization matches “${asked}”`,
      texts: [
        `A deleted organization can be brought back for ${GRACE_DAYS} days.`,
        asked === '' ? null : 'Type undo alone to see all that can be brought back.',
      ],
      buttons: [asked === '' ? button('List organizations', 'list') : button('Show what can be undone', 'undo')],
    });
  }
  return message({
    title:
      asked === ''
        ? `${counted(deleted.length, 'deleted organization')}${hasMore ? ' and more' : ''} can be brought back`
        : `Several deleted organizations match “${asked}”`,
    texts: [hasMore ? 'There are more: type undo with a name to find the others.' : null],
    blocks: [
      {
        kind: 'rows',
        rows: deleted.map(({ id, name, deletion }) => ({
          name: shownName(name),
          state: `deleted by ${shownName(deletion.deletedBy)}; for good ${deadlineWords(deletion.purgeAt, now)}`,
          button: button('Undo', 'undo', { organization_id: id }),
        })),
      },
    ],
    typed: md`Type **undo** with a name.`,
  });
}

/** Nothing of it is stored any more. */
export function organizationPurgedMessage(view: {
  readonly name: string;
  readonly by: string;
  readonly deletedAt: Date;
  readonly notes: readonly string[];
}): CardMessage {
  const { name, by, deletedAt, notes } = view;
  return message({
    mark: '🗑️',
    title: `${shownName(name)} is deleted for good`,
    texts: [
      `${shownName(by)} deleted it on ${instantWords(deletedAt)}. Its record, tokens and data are gone; the audit stays.`,
      ...notes.map((note) => shorten(note, NOTE_MAX_CHARACTERS)),
    ],
    buttons: [button('List organizations', 'list')],
  });
}

export const nobodyApprovesMessage = failureMessage({
  what: 'A second administrator must approve a delete, and there is no other administrator.',
  hint: 'Add one, or change “A second administrator approves a delete” with settings. Nothing was deleted.',
});

/** Another request waits. */
export const askedAlreadyMessage = (view: {
  readonly organization: Named;
  readonly askedBy: string;
  readonly requestId: string;
  readonly expiresAt: Date;
  readonly now: Date;
}): CardMessage => deletionRequestedMessage({ ...view, by: view.askedBy });

/** Whoever asked has pressed Approve. */
export const ownRequestMessage = failureMessage({
  what: 'You asked for this delete: another administrator must approve it.',
  hint: 'Press Decline to withdraw your request.',
});

export const requestOverMessage = failureMessage({
  what: 'This request is over: it was decided, or it has expired.',
  hint: 'Type delete with the organization’s name to ask again, or undo to see what is deleted.',
});

/** A card outlives the organization that it names. */
export const backAlreadyMessage = failureMessage({
  what: 'This organization is not deleted any more: somebody has brought it back.',
  hint: 'Type list to see it.',
});

export const tooLateMessage = failureMessage({
  what: 'This organization is deleted for good, or about to be: undo does not bring it back.',
  hint: 'Type add to add it again.',
});
