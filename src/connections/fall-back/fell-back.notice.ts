// What was lost, and is held by its fall-back now.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';
import { WAYS } from '../ways/ways.ts';

const item = z.object({
  organizationId: z.uuid(),
  /** How it was held before, and by whose consent. */
  formerWay: z.enum(WAYS),
  formerEmail: z.string().nullable(),
  /** The name of the partner that holds it now; null where the service app does. */
  partnerName: z.string().nullable(),
});

export type FellBack = z.infer<typeof item>;

export const fellBackNotice = noticeKind('fell_back', { items: z.array(item) });
