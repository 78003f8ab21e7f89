// A forecast's two messages, each with a file.

import type { People } from '../../chat/people.ts';
import { type Addressee, placeOf } from '../../chat/place.ts';
import { scopeOf } from '../../chat/standing.ts';
import { everything, type Scope } from '../../db/scope.ts';
import { renders } from '../../notices/notice.ts';
import { forecastCalendarNotice, forecastPictureNotice } from './forecast.notice.ts';
import { type ForecastDeps, renderCalendar, renderPicture } from './forecast-files.render.ts';

interface Deps extends ForecastDeps {
  people: People;
}

export const pictureRenderer = renders(forecastPictureNotice, {
  render: async (deps: Deps, { days, askedBy }, addressee) =>
    renderPicture(deps, { days, scope: await scopeNow(deps, askedBy, addressee) }),
});

export const calendarRenderer = renders(forecastCalendarNotice, {
  render: async (deps: Deps, { days, askedBy }, addressee) =>
    renderCalendar(deps, { days, scope: await scopeNow(deps, askedBy, addressee) }),
});

/** What whoever asked may see when the forecast is told. */
async function scopeNow(
  { db, people }: Deps,
  askedBy: { personId: string } | undefined,
  addressee: Addressee,
): Promise<Scope> {
  return askedBy ? scopeOf(db, await people.whoIs(askedBy.personId), placeOf(addressee).roomId) : everything;
}
