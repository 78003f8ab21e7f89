// The regions in which Webex's contact center runs.

/** Contact-center regions by the value that is stored. */
export const CONTACT_CENTER_REGIONS = [
  { value: 'us', label: 'US' },
  { value: 'anz', label: 'ANZ' },
  { value: 'uk', label: 'UK' },
  { value: 'eu', label: 'EU (Frankfurt)' },
  { value: 'jp', label: 'Japan' },
  { value: 'ca', label: 'Canada' },
  { value: 'sg', label: 'Singapore' },
] as const;

/** What people call a contact-center region; a value that this version does not know, as it is. */
export function regionLabel(value: string): string {
  return CONTACT_CENTER_REGIONS.find((region) => region.value === value)?.label ?? value;
}
