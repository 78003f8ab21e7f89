// The messages about deletions, connections that are ended by hand, and directories that are forgotten, with one value in each place that others write.

import type { Message } from '../../src/chat/message.ts';
import {
  confirmDisconnectMessage,
  disconnectedMessage,
  grantRevokedMessage,
  notConnectedMessage,
} from '../../src/connections/disconnect.view.ts';
import { restoredMessage } from '../../src/connections/restored.view.ts';
import { REVOCATIONS, revocationNotes } from '../../src/connections/revocation.ts';
import { confirmForgetMessage, forgottenMessage, nothingToForgetMessage } from '../../src/directory/forget.view.ts';
import {
  askedAlreadyMessage,
  backAlreadyMessage,
  beingDeletedMessage,
  confirmDeletionForm,
  deletionRefusedMessage,
  deletionRequestedMessage,
  nobodyApprovesMessage,
  organizationDeletedMessage,
  organizationPurgedMessage,
  ownRequestMessage,
  requestOverMessage,
  tooLateMessage,
  undoListMessage,
} from '../../src/organizations/delete/deletion.view.ts';
import { connectionOf, now, organizationId } from './every-message.ts';

const days = (count: number) => new Date(now.getTime() + count * 24 * 60 * 60 * 1000);

export function deletionMessages(value: string): Record<string, Message> {
  const organization = { id: organizationId, name: value };
  const deletion = { deletedBy: value, purgeAt: days(7), purgeBegunAt: null };
  const contents = Array.from({ length: 8 }, () => value);
  const request = { organization, requestId: organizationId, expiresAt: days(1), now };
  const deleted = Array.from({ length: 10 }, () => ({ ...organization, deletion }));
  const connection = connectionOf(value);
  const expired = connectionOf(value, -2);
  const revocation = { organization, email: value, appId: value };
  const refused = (['declined', 'withdrawn', 'expired'] as const).map((decision) => [
    `deletion ${decision}`,
    deletionRefusedMessage({ organization, decision, by: value, askedBy: value }),
  ]);
  const revoked = REVOCATIONS.map((outcome) => [`grant ${outcome}`, grantRevokedMessage({ ...revocation, outcome })]);
  return {
    'confirm deletion': confirmDeletionForm({ organization, contents, needsApproval: true }),
    'confirm deletion again': confirmDeletionForm({ organization, contents, needsApproval: false, typed: value }),
    'deletion requested': deletionRequestedMessage({ ...request, by: value }),
    'deletion requested already': askedAlreadyMessage({ ...request, askedBy: value }),
    ...Object.fromEntries(refused),
    deleted: organizationDeletedMessage({ organization, by: value, approvedBy: null, purgeAt: days(7), now }),
    'deleted, approved': organizationDeletedMessage({
      organization,
      by: value,
      approvedBy: value,
      purgeAt: days(7),
      now,
    }),
    'being deleted': beingDeletedMessage({ organization, deletion }),
    'number of a deleted one': beingDeletedMessage({ organization, deletion, isDuplicate: true }),
    'being purged': beingDeletedMessage({ organization, deletion: { ...deletion, purgeBegunAt: now } }),
    undo: undoListMessage({ deleted, hasMore: true, typed: '', now }),
    'undo of several': undoListMessage({ deleted, hasMore: false, typed: value, now }),
    'undo of nothing': undoListMessage({ deleted: [], hasMore: false, typed: '', now }),
    'undo of nothing by that name': undoListMessage({ deleted: [], hasMore: false, typed: value, now }),
    purged: organizationPurgedMessage({
      name: value,
      by: value,
      deletedAt: days(-7),
      notes: revocationNotes({ outcome: 'unsure', email: value, appId: value }),
    }),
    'nobody approves': nobodyApprovesMessage,
    'own request': ownRequestMessage,
    'request is over': requestOverMessage,
    'back already': backAlreadyMessage,
    'undo too late': tooLateMessage,
    restored: restoredMessage({ organization, connection, by: value, now }),
    'restored, expired': restoredMessage({ organization, connection: expired, by: value, now }),
    'restored, never connected': restoredMessage({ organization, connection: null, by: value, now }),
    'confirm disconnect': confirmDisconnectMessage({ organization, connection, now }),
    disconnected: disconnectedMessage({ organization, by: value }),
    'nothing to disconnect': notConnectedMessage(organization),
    ...Object.fromEntries(revoked),
    'confirm forget': confirmForgetMessage({ organization, counts: contents }),
    forgotten: forgottenMessage({ organization, by: value, counts: contents }),
    'forgotten nothing': forgottenMessage({ organization, by: value, counts: [] }),
    'nothing to forget': nothingToForgetMessage(organization),
  };
}
