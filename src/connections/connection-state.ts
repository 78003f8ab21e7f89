// The states of a connection.

/** `failing`: Webex could not be asked; it is tried again. `lost`: Webex refused the grant, and a person must connect again. */
export const CONNECTION_STATES = ['connected', 'failing', 'lost'] as const;

export type ConnectionState = (typeof CONNECTION_STATES)[number];
