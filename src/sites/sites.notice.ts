// The notice of where the locations of an organization would go.

import { z } from 'zod';
import { noticeKind } from '../notices/notice.ts';

export const proposalNotice = noticeKind('sites_proposal', { organizationId: z.uuid() });
