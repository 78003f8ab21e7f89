// The form of an outbound proxy's address: `http(s)://[user:password]@host:port`.

/**
 * What keeps `value` from being a proxy's address, as the end of a sentence that begins with the field's name, or null.
 * Never repeats the value, which may hold a password. RFC 3986 says which characters must be URL encoded.
 */
export function proxyProblem(value: string): string | null {
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(value) ?? [];
  if (scheme === undefined || !/^https?$/i.test(scheme)) return 'must begin with http:// or https://';
  const at = rest.lastIndexOf('@');
  if (
    at >= 0 &&
    !/^(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})+(?::(?:[\w.~!$&'()*+,;=-]|%[0-9a-f]{2})*)?$/i.test(rest.slice(0, at))
  ) {
    return 'has special characters in its user or password that must be URL encoded (@ as %40, : as %3A, / as %2F)';
  }
  const odd = at < 0 ? undefined : oddCredential(rest.slice(0, at));
  if (odd) return `has a ${odd} that is not URL encoded as UTF-8 (é as %C3%A9, ü as %C3%BC, % as %25)`;
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[^:]*)(?::(\d+))?$/i.exec(rest.slice(at + 1)) ?? [];
  if (host === undefined) return 'has something other than a port after its host';
  const isHost = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?)$/i.test(host);
  if (!isHost || !URL.canParse(`http://${host}`)) return 'has no valid host';
  if (port === undefined) return 'has no port';
  return Number(port) >= 1 && Number(port) <= 65535 ? null : 'has a port that is not between 1 and 65535';
}

/** Which part of `user:password` stands for bytes that are no text. */
function oddCredential(credentials: string): 'user' | 'password' | undefined {
  const [user = '', ...rest] = credentials.split(':');
  if (!isText(user)) return 'user';
  return isText(rest.join(':')) ? undefined : 'password';
}

function isText(encoded: string): boolean {
  try {
    decodeURIComponent(encoded);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
