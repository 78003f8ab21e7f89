// Unguessable, expiring addresses for pages that need no sign-in: the path is signed, so nothing has to be stored for it.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';

export interface PathSigner {
  /** The path with `?key=…`, valid until `endsAt`. The same path and end give the same result. */
  sign(path: string, endsAt: Date): string;
  check(path: string, key: unknown): 'valid' | 'expired' | 'invalid';
}

/** The first secret signs, all are accepted, so that keys can be rotated. Each is used through HKDF, for nothing else than this. */
export function createPathSigner({ secrets, clock }: { secrets: readonly Buffer[]; clock: Clock }): PathSigner {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'hubkeeper signed paths', 32)));
  const [signing] = keys;
  if (!signing) throw new Error('signed paths need at least one secret');
  const mac = (key: Buffer, path: string, endsAtMs: string) =>
    createHmac('sha256', key).update(`${path}\n${endsAtMs}`).digest('base64url');
  return {
    sign(path, endsAt) {
      const endsAtMs = endsAt.getTime().toString(36);
      return `${path}?key=${endsAtMs}.${mac(signing, path, endsAtMs)}`;
    },
    check(path, key) {
      if (typeof key !== 'string') return 'invalid';
      const [endsAtMs = '', signature = ''] = key.split('.', 2);
      const given = Buffer.from(signature);
      const isOurs = keys.some((candidate) => {
        const due = Buffer.from(mac(candidate, path, endsAtMs));
        return due.length === given.length && timingSafeEqual(due, given);
      });
      if (!isOurs) return 'invalid';
      return Number.parseInt(endsAtMs, 36) > clock.now().getTime() ? 'valid' : 'expired';
    },
  };
}
