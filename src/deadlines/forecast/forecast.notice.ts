// A forecast is saved as what was asked: its picture and its calendar are made when they are delivered.

import { z } from 'zod';
import { noticeKind } from '../../notices/notice.ts';

/** How many connections expire on each of the coming days, as a picture. */
export const forecastPictureNotice = noticeKind('forecast_picture', { days: z.int() });

/** The deadlines of the coming days, as a calendar file. */
export const forecastCalendarNotice = noticeKind('forecast_calendar', { days: z.int() });
