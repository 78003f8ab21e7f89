// The PostgreSQL of DATABASE_URL: options of the driver, and hints where the server does not take them.

import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, type SecureVersion } from 'node:tls';
import type postgres from 'postgres';
import { type PostgresAddress, readDatabaseUrl, type Tls } from '../../config/database-url.ts';

export interface Server {
  /** Where it is, who signs in, TLS, and what a session begins with. */
  options: postgres.Options<Record<string, postgres.PostgresType>>;
  /** Connections for statements, where DATABASE_URL says how many. */
  poolSize: number | undefined;
  /** `database at host:port`, without user and password. */
  name: string;
  /** What to change in DATABASE_URL after this error; undefined where the error does not tell. */
  hint(error: { message: string; code: string | undefined }): Hint | undefined;
}

interface Hint {
  sentence: string;
  /** Whether the error stays until DATABASE_URL or the server's settings change. */
  isCertain: boolean;
}

/** @throws where the URL or a file that it names cannot be used: a sentence that names the parameter, never a password */
export async function readServer(url: string): Promise<Server> {
  const read = readDatabaseUrl(url);
  if (!read.ok) throw new Error(`DATABASE_URL: ${read.problems.join('; ')}`);
  const { address } = read;
  const { servers, user, password, database, targetSession, connectTimeout, poolSize } = address;
  const [first] = servers;
  const socket = first?.host.startsWith('/') ? `${first.host}/.s.PGSQL.${first.port}` : undefined;
  return {
    options: {
      ...(socket === undefined ? {} : { path: socket }),
      // The types of the driver know a single host; its code takes the list of a URL with several.
      host: servers.map(({ host }) => host) as unknown as string,
      port: servers.map(({ port }) => port) as unknown as number,
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
      ...(database === undefined ? {} : { database }),
      ...(targetSession === undefined ? {} : { target_session_attrs: targetSession }),
      ...(connectTimeout === undefined ? {} : { connect_timeout: connectTimeout }),
      ssl: socket === undefined ? await tlsOptions(address) : false,
      // Of the driver's own way to begin with TLS at once, its types know nothing.
      ...(address.tls.isDirect ? { sslnegotiation: 'direct' } : {}),
      connection: { ...address.session },
    },
    poolSize,
    name: `${database ?? 'the database'} at ${servers.map(({ host, port }) => `${host}:${port}`).join(', ')}`,
    hint: (error) => hintFor(address, error),
  };
}

/** As the driver takes it: false, a mode that it knows, or options of Node's TLS. */
async function tlsOptions({ tls, servers }: PostgresAddress): Promise<false | 'prefer' | ConnectionOptions> {
  if (tls.mode === 'disable') return false;
  if (tls.mode === 'prefer') return 'prefer';
  const [first] = servers;
  const { rootCertificate } = tls;
  const ca =
    rootCertificate === undefined || rootCertificate === 'system'
      ? undefined
      : await pem('sslrootcert', rootCertificate);
  return {
    rejectUnauthorized: tls.mode !== 'require',
    ...(ca === undefined ? {} : { ca }),
    ...(await ownCertificate(tls)),
    ...(tls.leastVersion === undefined ? {} : { minVersion: tls.leastVersion as SecureVersion }),
    ...(tls.mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
    // The driver gives Node no name to compare where the server is an IP address.
    ...(tls.mode === 'verify-full' && first !== undefined && servers.length === 1 && isIP(first.host) !== 0
      ? { checkServerIdentity: (_: string, certificate) => checkServerIdentity(first.host, certificate) }
      : {}),
  } satisfies ConnectionOptions;
}

async function ownCertificate({ certificate, key, keyPassword }: Tls): Promise<ConnectionOptions> {
  if (certificate === undefined || key === undefined) return {};
  const files = { cert: await pem('sslcert', certificate), key: await pem('sslkey', key) };
  return keyPassword === undefined ? files : { ...files, passphrase: keyPassword };
}

async function pem(parameter: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `DATABASE_URL: the file of ${parameter} cannot be read (${code}); correct its path, or remove ${parameter}`,
      {
        cause: error,
      },
    );
  }
}

function hintFor(
  { session, tls }: PostgresAddress,
  { message, code }: { message: string; code: string | undefined },
): Hint | undefined {
  // PostgreSQL and poolers name the parameter that they do not know or whose value does not fit.
  const named = Object.keys(session).find((name) => message.toLowerCase().includes(name.toLowerCase()));
  if (named !== undefined) return { sentence: `Remove ${named} from DATABASE_URL`, isCertain: true };
  if (tls.mode === 'disable') {
    const wantsTls = code === '28000' && /encrypt|ssl/i.test(message);
    return wantsTls ? { sentence: 'Add sslmode=require to DATABASE_URL', isCertain: true } : undefined;
  }
  // The driver begins TLS also where the server has said that it has none.
  if (code === 'ECONNRESET' || code === 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return {
      sentence: 'The server may have no TLS: remove sslmode from DATABASE_URL where the way to it is safe',
      isCertain: false,
    };
  }
  const isCertificate =
    /certificate|altname/i.test(message) || /^(CERT_|ERR_TLS_|UNABLE_|DEPTH_|SELF_)/.test(code ?? '');
  return isCertificate
    ? { sentence: 'Give the authority that signed the certificate as sslrootcert in DATABASE_URL', isCertain: true }
    : undefined;
}
