// Notifies spaces of news that syncs found. In quiet hours it waits.

import { NAMED_IN_NOTICE } from '../../chat/named.ts';
import { claimAndEnqueue, type NotifyDeps } from '../../notices/claim-and-enqueue.ts';
import { unlessQuiet } from '../../settings/awake-space.ts';
import { directoryNewsNotice } from './news.notice.ts';
import { claimDirectoryNews, spacesOfNews } from './news.store.ts';

type Deps = NotifyDeps & {
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
};

/** One notice a space of all that was found since. */
export async function notifyNews(deps: Deps): Promise<void> {
  for (const roomId of await spacesOfNews(deps.db)) {
    const space = await unlessQuiet(deps, roomId);
    if (!space) continue;
    await claimAndEnqueue(deps, space.addressees, async (tx) => {
      const found = await claimDirectoryNews(tx, { roomId });
      if (found.length === 0) return undefined;
      const items = found.slice(0, NAMED_IN_NOTICE).map(({ organizationId, words }) => ({ organizationId, words }));
      return directoryNewsNotice.of({ items, total: found.length });
    });
  }
}
