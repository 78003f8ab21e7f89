// Keeps what Webex gave: its answer may hold the only copy of a grant, so it is saved from memory until that succeeds, and before anybody is told.

import type { Db } from '../../db/database.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import { tokenPlace } from '../../db/seal/sealed-places.ts';
import { willPass } from '../../db/unavailable.ts';
import type { Clock } from '../../lib/clock.ts';
import { retryUntilSaved } from '../../lib/retry-until-saved.ts';
import type { Log } from '../../log.ts';
import type { Grant } from '../../webex/oauth.ts';
import { isByOwnApp } from '../ways/ways.ts';
import { saveWithdrawn } from '../withdrawn.store.ts';
import { type Attempt, journalEntry } from './attempt.ts';
import { endRefresh } from './refresh.store.ts';
import { isMoved, judgeRenewal, type Renewal, refreshDueAt } from './refresh-rules.ts';
import { gainWords } from './refresh-words.ts';
import { saveRefreshed, saveTokensAlone } from './saved.store.ts';

interface Deps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  log: Log;
}

export type Kept = Renewal & { accessTokenExpiresAt: Date; refreshTokenExpiresAt: Date };

/** Where the whole cannot be saved so often in a row, the tokens are saved alone: the fault may be in the journal or the transaction. */
const triesOfWhole = 3;

/** Undefined where the connection was replaced meanwhile: what is stored now counts. */
export async function keepTokens(deps: Deps, attempt: Attempt, grant: Grant): Promise<Kept | undefined> {
  const { db, sealer, clock } = deps;
  const { held } = attempt;
  const { organizationId } = held;
  const after = {
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken || attempt.refreshToken,
    // What Webex did not say stays as it was.
    accessTokenExpiresAt: grant.accessTokenExpiresAt ?? held.accessTokenExpiresAt,
    refreshTokenExpiresAt: grant.refreshTokenExpiresAt ?? held.refreshTokenExpiresAt,
    obtainedAt: grant.obtainedAt,
    scopes: grant.scopes ?? held.scopes,
  };
  const renewal = judgeRenewal({ ...held, accessToken: attempt.accessToken }, after);
  const toSave = {
    readRefreshToken: held.refreshToken,
    refreshed: {
      ...after,
      accessToken: sealer.seal(after.accessToken, tokenPlace('access_token', organizationId)),
      refreshToken: sealer.seal(after.refreshToken, tokenPlace('refresh_token', organizationId)),
      refreshDueAt: refreshDueAt(grant, attempt.settings, Math.random()),
    },
    rules: isMoved(renewal) ? attempt.settings : undefined,
  };
  const message = gainWords(renewal);
  const log = deps.log.child({ organizationId, transactionId: attempt.transactionId });
  let failures = 0;
  const saved = await retryUntilSaved({ clock, log }, async () => {
    const save = () =>
      saveRefreshed(db, {
        ...attempt,
        ...toSave,
        entry: journalEntry(attempt, { outcome: renewal.outcome, at: clock.now(), after }),
        message,
        // An app of the organization's own says nothing of ours.
        hasFailedBefore: held.failures > 0 && !isByOwnApp(held),
      });
    try {
      if (await save()) return true;
      // Its organization was deleted or disconnected while Webex was asked. Once more: an undo may have come in between.
      const withdrawn = { organizationId, readRefreshToken: held.refreshToken, tokens: toSave.refreshed };
      return !(await saveWithdrawn(db, withdrawn)) && (await save());
    } catch (error) {
      if (!willPass(error)) failures += 1;
      if (failures < triesOfWhole) throw error;
      const isKept = await saveTokensAlone(db, { organizationId, ...toSave });
      log.error({ err: error }, 'new tokens were saved without their journal and transaction, which cannot be written');
      if (isKept) await endAlone({ ...deps, log }, attempt, message);
      return isKept;
    }
  });
  return saved ? { ...renewal, ...after } : undefined;
}

/** The next refresh takes up a transaction that cannot be ended now. */
async function endAlone({ db, clock, log }: Deps, attempt: Attempt, message: string): Promise<void> {
  try {
    await db.transaction((tx) => endRefresh(tx, { ...attempt, status: 'success', message, now: clock.now() }));
  } catch (error) {
    log.error({ err: error }, 'a refresh that saved its tokens stays open');
  }
}
