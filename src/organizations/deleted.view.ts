// What a late message says of an organization that is gone.

import { failureReply } from '../chat/refusals.ts';

export const deletedReply = failureReply({
  what: 'The organization was deleted meanwhile.',
  hint: 'Add it again with "add".',
});
