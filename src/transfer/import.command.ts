// `import`: takes the CSV file on the message. It is read and checked in a job, since Webex may take its time to scan it.

import { randomUUID } from 'node:crypto';
import type { Answer } from '../chat/answer.ts';
import type { Command, CommandInput } from '../chat/command.ts';
import { failureMessage } from '../chat/refusals.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { contentIdOf } from '../webex/contents.ts';
import { beginImport } from './begin-import.ts';
import { howToImportMessage, importBegunMessage } from './import.view.ts';
import { importTemplateNotice } from './transfer.notice.ts';

declare module '../chat/actions.ts' {
  interface Actions {
    /** `what` is `template`. */
    import: { what?: string };
  }
}

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
}

export const importCommand: Command<Deps> = {
  name: 'import',
  usage: 'import',
  summary:
    'Add and change organizations by a CSV file that is sent with this word; import template gives one to fill in.',
  group: 'Organizations',
  examples: ['import template'],
  async run(deps, input) {
    const { argument, inputs, files } = input;
    const [file, another] = files;
    if (file !== undefined) return another === undefined ? take(deps, input, file) : { content: oneFileMessage };
    const what = argument === '' ? inputs['what'] : argument.toLowerCase();
    return { content: what === 'template' ? importTemplateNotice.of({}) : howToImportMessage };
  },
};

async function take(deps: Deps, { actor, place, eventId }: CommandInput, file: string): Promise<Answer> {
  const contentId = contentIdOf(file);
  if (contentId === undefined) throw new Error('a message has a file at an address that is none of Webex');
  await beginImport(deps, { id: randomUUID(), eventId, contentId, actor, place });
  return { content: importBegunMessage };
}

const oneFileMessage = failureMessage({
  what: 'There are several files on your message.',
  hint: 'Send import with one CSV file; for another file, send it again.',
});
