// Records whose grant holds other organizations: partners, and the owner of the service app. They are held by a consent alone, and stand at the provider.

/**
 * Whether the record's own grant brings what holds others. A machine account gets no tokens of the service app, and manages no customers: so a consent holds
 * the record. It stays at the provider, since people of a branch would read of all that hangs on it.
 */
export const holdsOthers = (record: {
  ownsServiceApp: boolean;
  toOwnServiceApp: boolean;
  servesAsPartner: boolean;
}): boolean => record.ownsServiceApp || record.toOwnServiceApp || record.servesAsPartner;
