// The checklist of a customer, from nothing to all done, with values that others write.
import type { Message } from '../../src/chat/message.ts';
import type { OnboardedOrganization } from '../../src/overview/onboard.store.ts';
import { onboardMessage, onboardNewMessage } from '../../src/overview/onboard.view.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';

export function onboardMessages(value: string): Record<string, Message> {
  const node = { id, name: value };
  const none = { names: [], total: 0 };
  const several = { names: [value, value, value], total: 12 };
  const record = (is: boolean): OnboardedOrganization => ({
    ...{ id, name: value, wantsSync: true },
    ...{ isConnected: is, isSynced: is, hasLocations: true, isPlaced: is, isToldInGroup: is },
  });
  const begun = { node, names: [value, value], mayChange: true, mayStandHere: true, othersToldHere: 0 };
  const empty = { ...begun, spaces: none, people: none, organizations: [] };
  const half = { ...begun, spaces: several, people: several, organizations: [record(true), record(false)] };
  return {
    'onboard, begun': onboardMessage(empty),
    'onboard, elsewhere': onboardMessage({ ...empty, mayStandHere: false }),
    'onboard, half done': onboardMessage(half),
    'onboard, to sync': onboardMessage({ ...half, organizations: [{ ...record(true), isSynced: false }] }),
    'onboard, without sync': onboardMessage({ ...half, organizations: [{ ...record(true), wantsSync: false }] }),
    'onboard, without locations': onboardMessage({
      ...half,
      organizations: [{ ...record(true), hasLocations: false }],
    }),
    'onboard, done': onboardMessage({ ...half, organizations: Array.from({ length: 1001 }, () => record(true)) }),
    'onboard, of a viewer': onboardMessage({ ...half, mayChange: false, mayStandHere: false }),
    'onboard, a new one': onboardNewMessage({ typed: value, parent: node }),
    'onboard, nobody': onboardNewMessage({ typed: value, parent: undefined }),
  };
}
