// Notices about connections that nobody asked for.

import { z } from 'zod';
import { namedShape, noticeKind } from '../notices/notice.ts';
import { REVOCATIONS } from './revocation.ts';

/** Webex refused the grants: a person must reconnect. */
export const connectionsLostNotice = noticeKind('connections_lost', namedShape);

/** Connections cannot be refreshed, and their access tokens expire soon. */
export const connectionsFailingNotice = noticeKind('connections_failing', namedShape);

/** Webex refuses our integration: for whoever runs the service. `code` is Webex's. */
export const misconfiguredNotice = noticeKind('misconfigured', { code: z.string() });

/** Webex refused the grants of many unrelated people together, of which `byApp` are those of our service app: for whoever runs the service. */
export const refusedTogetherNotice = noticeKind('refused_together', {
  count: z.int(),
  byApp: z.int().default(0),
});

/** These grants, of `total`, do not allow what their records need. */
export const missingScopesNotice = noticeKind('missing_scopes', namedShape);

const about = { organizationId: z.uuid() };

/** An administrator has ended the connection. */
export const disconnectedNotice = noticeKind('disconnected', { ...about, by: z.string() });

/** What became of its grant at Webex. `email`: of the grantor; null where no person's consent held it. */
export const grantRevokedNotice = noticeKind('grant_revoked', {
  ...about,
  outcome: z.enum(REVOCATIONS),
  email: z.string().nullable(),
});
