// A forecast's two messages, each with a file.

import { renders } from '../../notices/notice.ts';
import { forecastCalendarNotice, forecastPictureNotice } from './forecast.notice.ts';
import { type ForecastDeps, renderCalendar, renderPicture } from './forecast-files.render.ts';

export const pictureRenderer = renders(forecastPictureNotice, {
  render: (deps: ForecastDeps, { days }) => renderPicture(deps, days),
});

export const calendarRenderer = renders(forecastCalendarNotice, {
  render: (deps: ForecastDeps, { days }) => renderCalendar(deps, days),
});
