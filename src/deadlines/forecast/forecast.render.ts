// A forecast's two messages, each with a file.

import { actorOf, scopeOf } from '../../chat/actor.ts';
import type { KnownPerson } from '../../chat/people.ts';
import { type Addressee, placeOf } from '../../chat/place.ts';
import { everything, type Scope } from '../../db/scope.ts';
import { renders } from '../../notices/notice.ts';
import { forecastCalendarNotice, forecastPictureNotice } from './forecast.notice.ts';
import { type ForecastDeps, renderCalendar, renderPicture } from './forecast-files.render.ts';

interface Deps extends ForecastDeps {
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
}

export const pictureRenderer = renders(forecastPictureNotice, {
  render: (deps: Deps, { days, askedBy }, addressee) =>
    renderPicture(deps, { days, scope: scopeNow(deps, askedBy, addressee) }),
});

export const calendarRenderer = renders(forecastCalendarNotice, {
  render: (deps: Deps, { days, askedBy }, addressee) =>
    renderCalendar(deps, { days, scope: scopeNow(deps, askedBy, addressee) }),
});

/** What whoever asked may see in that space when the forecast is told. */
function scopeNow({ admins }: Deps, askedBy: KnownPerson | undefined, addressee: Addressee): Scope {
  return askedBy ? scopeOf(actorOf(askedBy, admins), placeOf(addressee).roomId) : everything;
}
