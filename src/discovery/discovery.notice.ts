// Notices of what partners manage.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';

/** What came of a request to add organizations. */
export const managedAddedNotice = noticeKind('managed_added', {
  partnerId: z.uuid(),
  total: z.int(),
  added: z.int(),
  failed: z.int(),
  /** Of the first ones that were added. */
  organizationIds: z.array(z.uuid()),
  /** The first ones that were not: `exists`, `invalid`, or Webex's code. */
  failures: z.array(z.object({ name: z.string(), why: z.string() })),
  /**
   * Why it ended: nothing was left to ask for, or the grant of the partner is lost. An earlier version did not say. What is neither added nor failed by `done` was
   * dealt with elsewhere.
   */
  end: z.enum(['done', 'grant_lost']).optional(),
  by: z.string(),
});

/** Webex lists the partner none of its customers: nobody can say what is new or gone. `code` is Webex's, where it refused the list. */
export const managedUnlistedNotice = noticeKind('managed_unlisted', {
  partnerId: z.uuid(),
  outcome: z.enum(['empty', 'refused']),
  code: z.string().optional(),
});

/** What a daily look found: how many are newly managed, and how many of ours are not any more. `names`: of the first ones, which an earlier version did not say. */
export const managedFoundNotice = noticeKind('managed_found', {
  partnerId: z.uuid(),
  new: z.int(),
  gone: z.int(),
  names: z.object({ new: z.array(z.string()), gone: z.array(z.string()) }).optional(),
});

/** How many of ours have another name at Webex since the look before, and the first of them. */
export const managedRenamedNotice = noticeKind('managed_renamed', {
  partnerId: z.uuid(),
  renamed: z.int(),
  first: z.array(z.object({ webexUuid: z.uuid(), name: z.string(), recordName: z.string() })),
});
