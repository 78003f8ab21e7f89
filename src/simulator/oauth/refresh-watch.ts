// A memory of refreshes: how many requests with one grant's refresh token were here at the same time, and which answers left. Tests hold a client to it.

import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { World } from '../world.ts';

export interface WatchedGrant {
  /** E-mail of who gave it. */
  by: string;
  /** Requests with its refresh token that were here at the same time, at most. */
  mostAtOnce: number;
  /** The refreshes that were carried out, the oldest first. */
  refreshes: WatchedRefresh[];
}

export interface WatchedRefresh {
  at: string;
  /** Its answer left whole. False where it was cut off on this side or on the other, or is not sent yet. */
  answered: boolean;
  /** SHA-256 of the refresh token that it gave, in hex. */
  refreshTokenHash: string;
}

export interface RefreshWatch {
  /** Sees each request for a token from its arrival to its end. Its body must have been read as a raw Buffer. */
  middleware: RequestHandler;
  /** Told where a refresh was carried out, before its answer is sent. */
  carriedOut(refresh: { grantId: string | undefined; refreshToken: string; at: Date }): void;
  grants(): readonly WatchedGrant[];
}

export function createRefreshWatch(world: World): RefreshWatch {
  const grants = new Map<string, WatchedGrant & { underWay: number }>();

  return {
    middleware(request, response, next) {
      const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
      const token = world.authorizations.get(new URLSearchParams(body).get('refresh_token') ?? '');
      if (token?.grantId === undefined) return next();
      const by = world.people.get(token.personId)?.email ?? '';
      const grant = grants.get(token.grantId) ?? { by, mostAtOnce: 0, refreshes: [], underWay: 0 };
      grants.set(token.grantId, grant);
      const known = grant.refreshes.length;
      grant.underWay += 1;
      grant.mostAtOnce = Math.max(grant.mostAtOnce, grant.underWay);
      response.once('close', () => {
        grant.underWay -= 1;
        const mine = grant.refreshes[known];
        if (mine && response.writableFinished) mine.answered = true;
      });
      next();
    },
    carriedOut({ grantId, refreshToken, at }) {
      const refreshTokenHash = createHash('sha256').update(refreshToken).digest('hex');
      grants.get(grantId ?? '')?.refreshes.push({ at: at.toISOString(), answered: false, refreshTokenHash });
    },
    grants: () => [...grants.values()].map(({ by, mostAtOnce, refreshes }) => ({ by, mostAtOnce, refreshes })),
  };
}
