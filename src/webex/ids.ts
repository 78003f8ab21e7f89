// Webex's ids: base64 of `ciscospark://<cluster>/<KIND>/<value>`, and the two ways in which people write an organization's number.

import { withoutInvisible } from '../lib/search-key.ts';

export interface WebexId {
  /** `us` for nearly everybody; others exist, such as `urn:TEAM:eu-central-1_k`. */
  cluster: string;
  /** Upper case: `ORGANIZATION`, `PEOPLE`, `ROOM`, ... */
  kind: string;
  /** A UUID for most kinds, as written in the id. */
  value: string;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const base64Pattern = /^[A-Za-z0-9+/_-]+={0,2}$/;
const uriPattern = /^ciscospark:\/\/([^/\s]+)\/([A-Za-z_]+)\/([^/\s]+)$/;

/** Encodes as Webex does today: base64url without padding. */
export function encodeWebexId(id: WebexId): string {
  return Buffer.from(`ciscospark://${id.cluster}/${id.kind}/${id.value}`).toString('base64url');
}

/**
 * Reads either base64 alphabet, padded or not, any cluster, and the kind in any case, because samples show all of these.
 * Undefined when the text is no Webex id.
 */
export function decodeWebexId(text: string): WebexId | undefined {
  if (!base64Pattern.test(text)) return undefined;
  const match = uriPattern.exec(Buffer.from(text, 'base64').toString('utf8'));
  const [, cluster, kind, value] = match ?? [];
  if (cluster === undefined || kind === undefined || value === undefined) return undefined;
  return { cluster, kind: kind.toUpperCase(), value };
}

/** The lower-case UUID of an organization, which is what organizations are compared by; undefined when `webexId` is no organization's id. */
export function organizationUuid(webexId: string): string | undefined {
  const id = decodeWebexId(webexId);
  return id?.kind === 'ORGANIZATION' && uuidPattern.test(id.value) ? id.value.toLowerCase() : undefined;
}

export interface OrganizationNumber {
  /** Lower case, as Control Hub shows it. */
  uuid: string;
  /** The API's id of the same organization. */
  webexId: string;
}

const whereToFind = 'In Control Hub, open Account and copy the Organization ID.';

/**
 * Reads what a person typed as organization number: the UUID that Control Hub shows, or the API's base64 id; also in braces or quotation marks, with other
 * hyphens or none, with invisible characters, or inside the address of a page of Control Hub.
 */
export function parseOrganizationNumber(text: string): OrganizationNumber | { problem: string } {
  const typed = asNumber(text);
  if (typed === '') return { problem: `The organization number is missing. ${whereToFind}` };
  if (uuidPattern.test(typed)) {
    const uuid = typed.toLowerCase();
    return { uuid, webexId: encodeWebexId({ cluster: 'us', kind: 'ORGANIZATION', value: uuid }) };
  }
  const id = decodeWebexId(typed);
  if (id === undefined) {
    return {
      problem: `This is no organization number: it looks like 000fd0e4-83ef-d398-be23-d06998580fed. ${whereToFind}`,
    };
  }
  if (id.kind !== 'ORGANIZATION') {
    const owner = id.kind === 'PEOPLE' ? 'a person' : `another thing (${id.kind.toLowerCase()})`;
    return { problem: `This is the id of ${owner}, not of an organization. ${whereToFind}` };
  }
  if (!uuidPattern.test(id.value)) {
    return { problem: `This organization id is damaged: there is no UUID inside. ${whereToFind}` };
  }
  const uuid = id.value.toLowerCase();
  return { uuid, webexId: encodeWebexId({ cluster: id.cluster, kind: id.kind, value: uuid }) };
}

const anyHyphen = /[\p{Pd}\u2212\u2043]/gu;
const wrapping = /^[\s([{<"'`“”„‘’«»]+|[\s)\]}>"'`“”„‘’«».,;:]+$/gu;
const bareHex = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i;
const address = /^(?:[a-z]+:\/\/|[\w.-]+\.webex\.com(?:[/?#]|$))/i;
const uuidWithin = /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/gi;
/** In Control Hub's own addresses, and in those of Webex's API. */
const namesOrganization = /(?:org(?:anization)?s?(?:_?id)?|customers?)(?:[/=:]|%2F|%3D)$/i;

/** The number without what people paste along. An address that names no organization, or several, stays as it is. */
function asNumber(text: string): string {
  const typed = withoutInvisible(text).replace(wrapping, '').replace(anyHyphen, '-');
  if (address.test(typed)) return numberInAddress(typed) ?? typed;
  const [, ...groups] = bareHex.exec(typed) ?? [];
  return groups.length > 0 ? groups.join('-') : typed;
}

function numberInAddress(typed: string): string | undefined {
  const uuids = [...typed.matchAll(uuidWithin)].map((match) => ({
    uuid: match[0].toLowerCase(),
    isNamed: namesOrganization.test(typed.slice(0, match.index)),
  }));
  const named = uuids.filter(({ isNamed }) => isNamed);
  const [only, ...others] = new Set((named.length > 0 ? named : uuids).map(({ uuid }) => uuid));
  if (only !== undefined) return others.length === 0 ? only : undefined;
  const [id, ...more] = new Set(typed.split(/[/?#&=]/).filter((part) => organizationUuid(part) !== undefined));
  return more.length === 0 ? id : undefined;
}

/**
 * Whether two ids name the same thing: they are equal, or stand for the same UUID. Webex writes a person's id in several ways: the API's id, of any
 * cluster and padding, or the bare UUID.
 */
export function isSameId(one: string, other: string): boolean {
  if (one === other) return one !== '';
  const uuid = bareUuid(one);
  return uuid !== undefined && uuid === bareUuid(other);
}

/** The lower-case UUID of an API id of any kind, or of a bare UUID; undefined where there is none. */
function bareUuid(id: string): string | undefined {
  const value = uuidPattern.test(id) ? id : decodeWebexId(id)?.value;
  return value !== undefined && uuidPattern.test(value) ? value.toLowerCase() : undefined;
}
