// What a late message says of an organization that is gone.

import { failureMessage } from '../chat/refusals.ts';

export const deletedMessage = failureMessage({
  what: 'The organization was deleted meanwhile.',
  hint: 'Type add to add it again.',
});
