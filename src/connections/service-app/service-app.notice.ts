// Notices about our service app that nobody asked for.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

/** An organization has authorized the app that a living connection holds in another way. */
export const appAuthorizedNotice = noticeKind('app_authorized', { organizationId: z.uuid() });

/** An organization without a record has authorized the app. `uuid`: its number at Webex, which also names it. */
export const strangerAuthorizedNotice = noticeKind('app_authorized_unknown', {
  name: z.string(),
  uuid: z.string(),
});
