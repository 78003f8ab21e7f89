// Every message about calling behaviour, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import { callingEndedMessage, callingMessage, startAnswer } from '../../src/directory/calling/calling.view.ts';
import { noCounts } from '../../src/directory/calling/calling-rules.ts';
import type { NotApplied } from '../../src/directory/calling/may-apply.ts';
import type { StartCallingResult } from '../../src/directory/calling/start-calling.ts';
import {
  noDomainMessage,
  unreadWorkspacesMessage,
  workspacesMessage,
} from '../../src/directory/workspaces/workspaces.view.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const now = new Date('2026-11-23T12:00:00Z');
const reasons: readonly NotApplied[] = ['no_choice', 'switched_off', 'not_granted', 'other_choice', 'other_look'];

export function callingMessages(value: string): Record<string, Message> {
  const organization = { id, name: value, default_calling_behaviour: value, dirsync_enabled: true };
  const people = { total: 20_000, syncedAt: now };
  const shown = { organization, isOn: true, why: undefined, isConnected: true, people, undoable: 12_000, now };
  const counts = { same: 310, differs: 12_000, own: 1, unreadable: 7, written: 0, refused: 0 };
  const profiles = Array.from({ length: 60 }, (_, index) => ({ id: `profile-${index}`, name: value }));
  const run = { mode: 'look' as const, counts, wanted: 'NATIVE_SIP_CALL_TO_UCM', profiles };
  const applied = { ...run, mode: 'apply' as const, counts: { ...counts, differs: 0, written: 12_000, refused: 2 } };
  const ended = {
    ...{
      transactionId: 12,
      organization,
      title: value,
      isDone: true,
      run,
      why: undefined,
      isFromDirectory: true,
      undoable: 12_000,
    },
    ...{ texts: [], pageUrl: 'https://hub.example/transactions/12' },
  };
  const results: StartCallingResult[] = [
    ...(['running', 'syncing'] as const).map((outcome) => ({ outcome, transactionId: 12 })),
    ...reasons.map((why) => ({ outcome: 'not_applied' as const, why })),
    { outcome: 'more_people', people: 12_000 },
    ...(['nobody', 'not_connected', 'not_synced', 'gone'] as const).map((outcome) => ({ outcome })),
  ];
  return {
    calling: callingMessage(shown),
    'calling without a choice': callingMessage({
      ...{
        ...shown,
        organization: { ...organization, default_calling_behaviour: null },
        why: 'no_choice',
        isOn: false,
      },
      ...{ undoable: 0 },
    }),
    'calling that is switched off': callingMessage({ ...shown, why: 'switched_off', isOn: false }),
    'calling that is not granted': callingMessage({ ...shown, why: 'not_granted' }),
    'calling of people who were not read': callingMessage({ ...shown, people: null }),
    'calling of an organization that is not connected': callingMessage({ ...shown, isConnected: false }),
    'calling dry run': callingEndedMessage(ended),
    'calling dry run that finds nobody': callingEndedMessage({ ...ended, run: { ...run, counts: noCounts } }),
    'calling dry run that cannot be applied': callingEndedMessage({ ...ended, why: 'switched_off' }),
    'calling dry run that failed': callingEndedMessage({ ...ended, isDone: false, texts: [value, value] }),
    'calling set': callingEndedMessage({ ...ended, run: applied }),
    'calling set in part': callingEndedMessage({ ...ended, run: applied, isDone: false, texts: [value, null] }),
    'calling put back': callingEndedMessage({ ...ended, run: { ...applied, mode: 'undo' } }),
    ...Object.fromEntries(
      results.map((result, index) => [
        `calling not started ${index}`,
        startAnswer(result, organization)?.content as Message,
      ]),
    ),
  };
}

/** Every message about workspaces, likewise. */
export function workspaceMessages(value: string): Record<string, Message> {
  const organization = { id, name: value };
  const odd = Array.from({ length: 20 }, (_, index) => ({ name: value, address: index % 2 === 0 ? value : null }));
  const found = { organization, domain: value, total: 812, odd, oddTotal: 45, fresh: 'wt_40817@acme.example' };
  return {
    workspaces: workspacesMessage(found),
    'workspaces that are right': workspacesMessage({ ...found, odd: [], oddTotal: 0 }),
    'no workspaces': workspacesMessage({ ...found, total: 0, odd: [], oddTotal: 0 }),
    'workspaces without a domain': noDomainMessage(organization),
    ...Object.fromEntries(
      (['not_connected', 'lost', 'not_granted'] as const).map((why) => [
        `workspaces not read: ${why}`,
        unreadWorkspacesMessage(organization, why),
      ]),
    ),
  };
}
