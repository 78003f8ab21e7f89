// `export`: organizations as a CSV and a JSON file, without secrets; all in scope, or those that a list of the same words would show.

import type { Command } from '../chat/command.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { inputsOf, queryOfButton, queryTyped } from '../overview/list-filter.ts';
import { exportFiles } from './export.store.ts';
import { exportBegunMessage, nothingToExportMessage } from './export.view.ts';
import { EXPORT_FORMATS, fileBytes } from './export-rules.ts';
import { exportNotice } from './transfer.notice.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** As `list`; without inputs: all. */
    export: { part?: string; filter?: string; label?: string };
  }
}

export const exportCommand: Command<{ db: Db; clock: Clock }> = {
  name: 'export',
  needs: 'viewer',
  usage: 'export [name] [label <word>] [state]',
  summary:
    'Give organizations as a CSV and a JSON file, without tokens and proxies: all, or those that list would show.',
  group: 'Organizations',
  examples: ['export lost', 'export acme', 'export label gold'],
  async run({ db, clock }, { argument, inputs, scope, actor }) {
    const asked = argument === '' ? queryOfButton(inputs) : queryTyped(argument);
    const query = inputsOf(asked);
    const { total, ends } = await exportFiles(db, { scope, query: asked, now: clock.now(), fileBytes });
    if (total === 0) return { content: nothingToExportMessage({ isFiltered: Object.keys(query).length > 0 }) };
    const { personId, email } = actor;
    const bounds = [null, ...ends, null];
    const parts = ends.length + 1;
    return {
      content: exportBegunMessage({ total, parts }),
      further: EXPORT_FORMATS.flatMap((format) =>
        Array.from({ length: parts }, (_, at) =>
          exportNotice.of({
            ...{ format, query, askedBy: { personId, email }, part: at + 1, parts },
            after: bounds[at] ?? null,
            until: bounds[at + 1] ?? null,
          }),
        ),
      ),
    };
  },
};
