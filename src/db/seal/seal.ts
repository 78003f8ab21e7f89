// Seals secrets before they go into a row: AES-256-GCM, with the row's place as additional data, so that a sealed value opens where it was
// put and nowhere else.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface SealKey {
  /** Letters, digits, `-` and `_`; stands in front of every value that the key sealed. */
  id: string;
  /** 32 bytes. */
  key: Buffer;
}

/** Where a sealed value stands. */
export interface SealedPlace {
  table: string;
  column: string;
  /** The row's primary key. */
  id: string;
}

export interface Sealer {
  seal(plain: string, place: SealedPlace): string;
  /** Throws a SealError; never answers with a wrong text. */
  open(sealed: string, place: SealedPlace): string;
}

/** `malformed`: not a whole sealed value. `unknown_key`: no such key here. `rejected`: a wrong key, a moved row or a changed bit. */
export type SealFailure = 'malformed' | 'unknown_key' | 'rejected';

/** A sealed value does not open. Says where it stands and why, never what is in it. */
export class SealError extends Error {
  override readonly name = 'SealError';
  readonly failure: SealFailure;

  constructor(failure: SealFailure, place: SealedPlace, detail: string) {
    super(`${place.table}.${place.column} of ${place.id} does not open: ${detail}`);
    this.failure = failure;
  }
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID = /^[\w-]+$/;
const SEALED = /^v1\.([\w-]+)\.([\w-]+)$/;

/** The first key seals, all of them open. A sealed value reads `v1.<key id>.<base64url(nonce, ciphertext, tag)>`. */
export function createSealer(keys: SealKey[]): Sealer {
  const [first] = keys;
  if (first === undefined) {
    throw new Error('sealing needs at least one key');
  }
  const byId = new Map(keys.map(({ id, key }) => [id, key]));
  if (byId.size !== keys.length || keys.some(({ id, key }) => !KEY_ID.test(id) || key.length !== KEY_BYTES)) {
    throw new Error(`each key needs an id of its own (letters, digits, - and _) and ${KEY_BYTES} bytes`);
  }

  const { id: sealingKeyId, key: sealingKey } = first;

  function seal(plain: string, place: SealedPlace): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, sealingKey, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(additionalData(sealingKeyId, place));
    const box = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `v1.${sealingKeyId}.${box.toString('base64url')}`;
  }

  function open(sealed: string, place: SealedPlace): string {
    const [, keyId, text] = SEALED.exec(sealed) ?? [];
    if (keyId === undefined || text === undefined) {
      throw new SealError('malformed', place, 'it is not a sealed value');
    }
    const key = byId.get(keyId);
    if (key === undefined) {
      throw new SealError(
        'unknown_key',
        place,
        `it was sealed with the key "${keyId}", which ENCRYPTION_KEYS does not have`,
      );
    }
    const box = Buffer.from(text, 'base64url');
    // Node ignores stray bits at the end of base64; a value that was changed there was changed all the same.
    if (box.length < NONCE_BYTES + TAG_BYTES || box.toString('base64url') !== text) {
      throw new SealError('malformed', place, 'it is cut off or damaged');
    }
    const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(additionalData(keyId, place));
    decipher.setAuthTag(box.subarray(-TAG_BYTES));
    const start = decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES));
    try {
      return Buffer.concat([start, decipher.final()]).toString('utf8');
    } catch {
      throw new SealError(
        'rejected',
        place,
        `the key "${keyId}" is not the one that sealed it, or it was changed or moved here`,
      );
    }
  }

  return { seal, open };
}

/** JSON, so that no two places can read the same: `a.b` + `c` is not `a` + `b.c`. */
function additionalData(keyId: string, { table, column, id }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([keyId, table, column, id]));
}
