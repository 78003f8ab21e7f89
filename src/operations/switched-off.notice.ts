// Cisco has switched an API off: for whoever runs the service.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';

/** `api` is the route as a pattern: `GET /roles`. */
export const switchedOffNotice = noticeKind('api_switched_off', { api: z.string() });
