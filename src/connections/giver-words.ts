// Who can give the grant of an organization, in words.

/** What of a record decides that. */
export interface GivenFor {
  /** Only its service provider can give the grant. */
  readonly wholesale_status: boolean;
  /** It is a partner's, whose grant serves the organizations that it manages. */
  readonly servesAsPartner: boolean;
}

/** `a full administrator of the organization`; `ofWhat` is its end. */
export function giverWords({ wholesale_status, servesAsPartner }: GivenFor, ofWhat: string): string {
  if (servesAsPartner) return `a Partner Full Administrator ${ofWhat}`;
  return wholesale_status
    ? 'an administrator of the service provider with wholesale rights'
    : `a full administrator ${ofWhat}`;
}
