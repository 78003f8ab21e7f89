// What a late message says of an organization that is gone.

import { failureMessage } from '../chat/refusals.ts';

export const deletedMessage = failureMessage({
  what: 'The organization was deleted meanwhile.',
  hint: 'Type undo to see what can be brought back, or add to add it again.',
});
