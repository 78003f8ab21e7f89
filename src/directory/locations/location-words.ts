// A location's place in words.

import { shorten } from '../../lib/text.ts';
import type { locations } from '../directory.schema.ts';

const ADDRESS_MAX_CHARACTERS = 160;

type Place = Pick<
  typeof locations.$inferSelect,
  'address1' | 'address2' | 'city' | 'state' | 'postalCode' | 'country' | 'timeZone'
>;

/** `1 Foundry Road, Detroit MI 48201, US; America/Detroit` */
export function placeWords(location: Place): string {
  const inARow = (parts: readonly (string | null)[], between: string) =>
    parts.filter((part) => part !== null && part !== '').join(between);
  const city = inARow([location.city, location.state, location.postalCode], ' ');
  const address = inARow([location.address1, location.address2, city, location.country], ', ');
  return shorten(inARow([address, location.timeZone], '; '), ADDRESS_MAX_CHARACTERS) || 'No address';
}
