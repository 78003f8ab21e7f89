// What is read from a proxy's address: where it stands, how its credentials are sent, and a name for it that may be shown.

export interface ProxyAddress {
  isTls: boolean;
  hostname: string;
  port: number;
  /** The value of `Proxy-Authorization`; absent where the address has no user. Secret. */
  authorization: string | undefined;
  /** `proxy.example:3128`: without user and password. */
  name: string;
}

/** Reads `http(s)://[user:password]@host:port`. Throws on anything else, without repeating it. */
export function readProxyAddress(address: string): ProxyAddress {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Error('The proxy address is no URL like http(s)://[user:password]@host:port.');
  }
  const { hostname, username, password } = url;
  const isTls = url.protocol === 'https:';
  const port = Number(url.port) || (isTls ? 443 : 80);
  const credentials = Buffer.concat([decoded(username), Buffer.from(':'), decoded(password)]);
  return {
    isTls,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    authorization: username === '' && password === '' ? undefined : `Basic ${credentials.toString('base64')}`,
    name: `${hostname}:${port}`,
  };
}

/** The bytes that a URL-encoded text stands for: those of UTF-8, or others where a proxy takes others, such as Latin-1. */
function decoded(text: string): Buffer {
  return Buffer.from(
    text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
