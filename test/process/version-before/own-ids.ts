// Ids that the recorded journeys have made. In the record names in braces stand for them, so that each replay makes rows of its own.
import { createSealer } from '../../../src/db/seal/seal.ts';
import {
  codeVerifierPlace,
  pendingPlace,
  proxyPlace,
  replacedGrantPlace,
  tokenPlace,
} from '../../../src/db/seal/sealed-places.ts';
import { encryptionKey } from '../../helpers/test-app.ts';

/** Where the numbers of what is recorded begin, by table: no other number looks so. */
export const firstNumbers = { transactions: 700_001, refreshes: 800_001, transaction_log: 900_001 } as const;

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const webexId = /Y2lzY29zcGFyazov[\w-]+/g;
const hash = /\b[0-9a-f]{64}\b/g;
const sealed = /v1\.test\.[\w-]+/g;
const number = /\b[789]0\d{4}\b/g;

const sealer = createSealer([{ id: 'test', key: encryptionKey }]);

/** Every place where a value of this id may be sealed. */
const placesOf = (id: string) => [
  tokenPlace('access_token', id),
  tokenPlace('refresh_token', id),
  proxyPlace('http_proxy', id),
  proxyPlace('https_proxy', id),
  codeVerifierPlace(id),
  replacedGrantPlace(id),
  ...(/^\d+$/.test(id) ? [pendingPlace(Number(id))] : []),
];

/** Names what stands in no dump. `all` is everything that was recorded, in which the ids of sealed values are looked for. */
export function createNames({ dump, all }: { dump: string; all: string }): (text: string) => string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const nameOf = (kind: string, value: string): string => {
    const known = names.get(value);
    if (known) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    names.set(value, `{{${kind}:${count}}}`);
    return `{{${kind}:${count}}}`;
  };
  const candidates = [
    ...new Set([...(all.match(uuid) ?? []), ...(dump.match(uuid) ?? []), ...(all.match(number) ?? [])]),
  ];
  const own = (kind: string) => (value: string) => (dump.includes(value) ? value : nameOf(kind, value));
  const tables = Object.entries(firstNumbers);

  const named = (text: string): string =>
    text
      .replace(sealed, (value) => {
        if (dump.includes(value)) return value;
        for (const id of candidates) {
          for (const place of placesOf(id)) {
            if (!opens(value, place)) continue;
            return nameOf(`sealed:${place.table}.${place.column}:${named(id).replace(/[{}]/g, '')}`, value);
          }
        }
        throw new Error(`a sealed value opens nowhere`);
      })
      .replace(webexId, (value) => {
        if (dump.includes(value)) return value;
        const [, cluster, kind, id = ''] =
          /^ciscospark:\/\/([^/]+)\/([^/]+)\/(.*)$/.exec(Buffer.from(value, 'base64url').toString()) ?? [];
        const inner = own('uuid')(id.match(uuid)?.[0] === id ? id : value);
        return inner === value ? value : `{{webex:${cluster}/${kind}:${inner.replace(/[{}]/g, '')}}}`;
      })
      .replace(uuid, own('uuid'))
      .replace(hash, own('hash'))
      .replace(number, (value) => {
        const [table] = tables.findLast(([, first]) => Number(value) >= first) ?? [];
        return table && Number(value) - firstNumbers[table as keyof typeof firstNumbers] < 1_000
          ? `{{${table}:${value}}}`
          : value;
      });
  return named;
}

function opens(value: string, place: Parameters<typeof sealer.open>[1]): boolean {
  try {
    sealer.open(value, place);
    return true;
  } catch {
    return false;
  }
}
