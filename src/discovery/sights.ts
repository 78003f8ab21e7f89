// What of a partner's organizations is looked at.

/**
 * `new`: managed, and without a record. `gone`: with a record that the partner's grant holds, and not listed any more. `renamed`: with a record of another name
 * than Webex has given it since.
 */
export const SIGHTS = ['new', 'gone', 'renamed'] as const;
export type Sight = (typeof SIGHTS)[number];

/** The most that Webex allows for a tag (OpenAPI webex-admin, assignTags). */
export const TAG_MAX_CHARACTERS = 25;
