// A forecast is saved as what was asked, and by whom: its picture and its calendar are made when they are delivered, of what that person may see.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

const asked = {
  days: z.int(),
  /** Absent in what an older version has saved: then everything could be seen. */
  askedBy: z.object({ personId: z.string(), email: z.string(), webexOrgId: z.string().nullable() }).optional(),
};

/** How many connections expire on each of the coming days, as a picture. */
export const forecastPictureNotice = noticeKind('forecast_picture', asked);

/** The deadlines of the coming days, as a calendar file. */
export const forecastCalendarNotice = noticeKind('forecast_calendar', asked);
