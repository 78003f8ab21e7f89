// What spaces and administrators are told of connections by themselves.

import { z } from 'zod';
import { namedShape, noticeKind } from '../notices/notice.ts';

/** Webex refused the grants: a person must connect again. */
export const connectionsLostNotice = noticeKind('connections_lost', namedShape);

/** Connections cannot be refreshed, and their access tokens come to their end. */
export const connectionsFailingNotice = noticeKind('connections_failing', namedShape);

/** Webex refuses our integration: for whoever runs the service. `code` is Webex's. */
export const misconfiguredNotice = noticeKind('misconfigured', { code: z.string() });

/** These grants, of `total`, do not allow what their records need. */
export const missingScopesNotice = noticeKind('missing_scopes', namedShape);
