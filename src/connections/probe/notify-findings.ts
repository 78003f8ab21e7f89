// Notifies a space of changed findings. Changes within a few seconds, as when the grantor of many loses a role, are one message.

import { collectedNotice } from '../collected-notice.ts';
import { findingsNotice } from './findings.notice.ts';

/** An item is our id of an organization. */
export const changedFindings = collectedNotice<string>({
  ...{ kind: findingsNotice.kind, queue: 'findings', key: 'findings', most: 1000 },
  itemsIn: (payload) => findingsNotice.read(payload).organizationIds,
  of: (organizationIds) => findingsNotice.of({ organizationIds }),
});
