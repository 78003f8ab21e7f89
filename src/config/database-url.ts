// Reads DATABASE_URL as libpq and the common hosts write it: several servers, sockets, TLS, and parameters that other clients need.

/** How TLS is used, in libpq's words; `allow` is read as `prefer`. */
type TlsMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

export interface Tls {
  mode: TlsMode;
  /** Without asking the server first; PostgreSQL 17 and later. */
  isDirect: boolean;
  /** Files in PEM. `system`: the authorities that Node.js trusts. */
  rootCertificate?: string;
  certificate?: string;
  key?: string;
  keyPassword?: string;
  leastVersion?: string;
}

/** A connection as the driver is to make it. */
export interface PostgresAddress {
  /** At least one; the first that answers and fits `targetSession` is used. A host that begins with a slash is the folder of a socket. */
  servers: { host: string; port: number }[];
  /** Undefined: the driver's own defaults. */
  user?: string;
  password?: string;
  database?: string;
  tls: Tls;
  targetSession?: TargetSession;
  /** Seconds. */
  connectTimeout?: number;
  /** Connections for statements. */
  poolSize?: number;
  /** What the server is told when a session begins, by the names of its own parameters. */
  session: Readonly<Record<string, string>>;
}

const targetSessions = ['read-write', 'read-only', 'primary', 'standby', 'prefer-standby'] as const;
type TargetSession = (typeof targetSessions)[number];

export type DatabaseUrl =
  /** `warnings` name parameters that do not count as they stand. */
  { ok: true; address: PostgresAddress; warnings: string[] } | { ok: false; problems: string[] };

/** Parameters of other clients that change nothing here: pools, caches and marks of hosts, and what libpq does by default. */
const withoutEffect = new Set([
  ...['pool_timeout', 'pool_mode', 'socket_timeout', 'statement_cache_size', 'prepared_statements', 'uselibpqcompat'],
  ...['supa', 'workaround', 'sslsni', 'sslcompression', 'gssencmode', 'gsslib', 'krbsrvname', 'keepalives'],
  ...['keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout', 'client_encoding'],
  ...['fallback_application_name', 'load_balance_hosts', 'sslcertmode', 'sslidentity', 'max_idle_connection_lifetime'],
]);

/** Parameters by which libpq refuses servers, and which our driver cannot keep. */
const cannotKeep: Readonly<Record<string, string>> = {
  sslcrl: 'lists of revoked certificates are not read',
  sslcrldir: 'lists of revoked certificates are not read',
  requirepeer: 'the owner of a socket is not checked',
  require_auth: 'the way of signing in is not checked',
  ssl_max_protocol_version: 'the newest version of TLS is used',
  hostaddr: 'name the server in the URL',
  service: 'service files are not read',
  passfile: 'password files are not read',
  replication: 'a replication session takes no statements',
};

const tlsModes: Readonly<Record<string, TlsMode>> = {
  disable: 'disable',
  allow: 'prefer',
  prefer: 'prefer',
  require: 'require',
  // Of Heroku and node-postgres: encrypted, with whatever certificate.
  'no-verify': 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
};

/** Ways to write a switch. */
const isOn = (value: string): boolean => /^(1|true|on|yes)$/i.test(value);
const isOff = (value: string): boolean => /^(0|false|off|no|disable)$/i.test(value);

const hint =
  'give a URL like postgres://user:password@host:5432/database, with # / ? @ and % in its parts written as %23 %2F %3F %40 %25';

/** The parts of a URL as RFC 3986 has them. `URL` knows neither several hosts nor an empty one. */
const shape =
  /^postgres(?:ql)?:\/\/(?:(?<user>[^@/?#]*)@)?(?<hosts>[^@/?#]*)(?:\/(?<database>[^@/?#]*))?(?:\?(?<query>[^#]*))?$/i;

/** Reads the whole URL, or says all that is wrong with it. No text repeats a user, a password, or another value that may be secret. */
export function readDatabaseUrl(text: string): DatabaseUrl {
  const parts = shape.exec(text)?.groups;
  if (parts === undefined) return { ok: false, problems: [hint] };
  const { user: userInfo = '', hosts = '', database = '', query = '' } = parts;
  const [user, password, decodedHosts, name] = [
    ...[userInfo.replace(/:.*/s, ''), userInfo.includes(':') ? userInfo.replace(/^[^:]*:/, '') : ''],
    ...[hosts, database],
  ].map(decoded);
  if (user === undefined || password === undefined || decodedHosts === undefined || name === undefined) {
    return { ok: false, problems: [hint] };
  }
  const given = new Map(new URLSearchParams(query));
  const fromUrl = { user, password, dbname: name };
  for (const [parameter, value] of Object.entries(fromUrl)) if (value !== '') given.set(parameter, value);
  return readParameters(given, decodedHosts);
}

/** Undefined where a percent sign stands alone. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Reads the parameters, each of which is taken out of `given`. What is left is for the server. */
function readParameters(given: Map<string, string>, hosts: string): DatabaseUrl {
  const problems: string[] = [];
  const warnings: string[] = [];
  const take = (name: string): string | undefined => {
    const value = given.get(name);
    given.delete(name);
    return value === '' ? undefined : value;
  };
  function whole(name: string, most: number): number | undefined {
    const value = take(name);
    if (value === undefined) return undefined;
    if (/^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= most) return Number(value);
    problems.push(`remove ${name}, or give a number from 1 to ${most}`);
    return undefined;
  }
  for (const [name, why] of Object.entries(cannotKeep))
    if (take(name) !== undefined) problems.push(`remove ${name}: ${why}`);
  for (const name of withoutEffect) given.delete(name);

  const port = whole('port', 65_535) ?? 5432;
  const servers = (hosts || take('host') || '').split(',').flatMap((one) => serverOf(one, port) ?? []);
  given.delete('host');
  if (servers.length === 0 || servers.length < hosts.split(',').length)
    problems.push(`name the host and its port: ${hint}`);

  const tls = readTls(take, problems);
  const binding = take('channel_binding');
  if (binding === 'require' && (tls.mode === 'disable' || tls.mode === 'prefer')) {
    problems.push('remove channel_binding=require, which needs TLS, or add sslmode=verify-full');
  } else if (binding === 'require' && tls.mode !== 'verify-full') {
    warnings.push(
      'channel_binding=require has no effect; add sslmode=verify-full, so that the server proves who it is',
    );
  }
  const schema = take('schema') ?? take('currentSchema');
  given.delete('currentSchema');
  if (schema !== undefined && schema !== 'public') {
    problems.push(
      'remove schema: the tables stand in the schemas public, drizzle and pgboss of a database of their own',
    );
  }
  if (isOn(take('pgbouncer') ?? '')) {
    warnings.push(
      'pgbouncer=true has no effect; the pooler must keep sessions (pool_mode=session), for LISTEN and prepared statements',
    );
  }
  const target = take('target_session_attrs') ?? 'any';
  const targetSession = targetSessions.find((known) => known === target);
  if (target !== 'any' && targetSession === undefined) {
    problems.push(`remove target_session_attrs, or give any, ${targetSessions.join(', ')}`);
  }
  const user = take('user') ?? take('username');
  const password = take('password');
  const database = take('dbname') ?? take('database');
  const connectTimeout = whole('connect_timeout', 3600);
  const poolSize = whole('connection_limit', 100) ?? whole('pool_size', 100) ?? whole('max', 100);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    warnings,
    address: {
      servers,
      tls,
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
      ...(database === undefined ? {} : { database }),
      ...(targetSession === undefined ? {} : { targetSession }),
      ...(connectTimeout === undefined ? {} : { connectTimeout }),
      ...(poolSize === undefined ? {} : { poolSize }),
      session: Object.fromEntries([...given].filter(([, value]) => value !== '')),
    },
  };
}

/** A server as a URL names it: `host`, `host:5433`, `[::1]:5433` or `/folder`. */
function serverOf(text: string, defaultPort: number): { host: string; port: number } | undefined {
  if (text.startsWith('/')) return { host: text, port: defaultPort };
  const [, address, name, digits] = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = address ?? name;
  const port = digits === undefined ? defaultPort : Number(digits);
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port };
}

function readTls(take: (name: string) => string | undefined, problems: string[]): Tls {
  const sslmode = take('sslmode');
  const ssl = take('ssl');
  const accept = take('sslaccept');
  const [rootCertificate, certificate, key] = [take('sslrootcert'), take('sslcert'), take('sslkey')];
  const keyPassword = take('sslpassword');
  const leastVersion = take('ssl_min_protocol_version');
  const negotiation = take('sslnegotiation') ?? 'postgres';
  let mode = tlsModes[sslmode ?? 'disable'];
  if (mode === undefined) {
    problems.push(`remove sslmode, or give one of ${Object.keys(tlsModes).join(', ')}`);
  } else if (sslmode === undefined && ssl !== undefined) {
    // Of JDBC, node-postgres and others.
    if (Object.hasOwn(tlsModes, ssl)) mode = tlsModes[ssl];
    else if (isOn(ssl)) mode = 'require';
    else if (!isOff(ssl)) problems.push('remove ssl, or give true or false');
  }
  if (accept === 'strict') mode = 'verify-full';
  // libpq compares the certificate where it is given one to compare with.
  if (rootCertificate === 'system') mode = 'verify-full';
  else if (rootCertificate !== undefined && mode === 'require') mode = 'verify-ca';
  if (!['postgres', 'direct'].includes(negotiation)) problems.push('remove sslnegotiation, or give postgres or direct');
  if ((certificate === undefined) !== (key === undefined))
    problems.push('give both sslcert and sslkey, or remove them');
  if (leastVersion !== undefined && !/^TLSv1(\.[123])?$/.test(leastVersion)) {
    problems.push('remove ssl_min_protocol_version, or give TLSv1.2 or TLSv1.3');
  }
  return {
    mode: mode ?? 'disable',
    isDirect: negotiation === 'direct',
    ...(rootCertificate === undefined ? {} : { rootCertificate }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(keyPassword === undefined ? {} : { keyPassword }),
    ...(leastVersion === undefined ? {} : { leastVersion }),
  };
}
