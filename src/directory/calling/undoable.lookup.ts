// What `undo` answers of an organization that is not deleted: how its calling behaviour stands, with the button that puts it back.

import type { RecordHooks } from '../../organizations/record-hooks.ts';
import { callingMessage } from './calling.view.ts';
import { callingState } from './calling-state.ts';

/** Undefined where nobody can be put back. */
export const undoableCalling: NonNullable<RecordHooks<unknown>['undoable']> = async (db, asked) => {
  const state = await callingState(db, asked);
  if (state.undoable === 0) return undefined;
  return callingMessage({ organization: asked.organization, ...state, now: asked.now });
};
