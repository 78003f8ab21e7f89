// Why a file could not be read, in words.

import type { ReadContent } from '../webex/contents.ts';
import type { WebexUnavailable } from '../webex/errors.ts';
import type { FileProblem } from './csv-text.ts';
import { fileMaxBytes } from './import-rules.ts';

/** What Webex said of the file, or its size. */
export const contentProblems: Readonly<Record<Extract<ReadContent, string>, FileProblem>> = {
  too_large: {
    what: `The file is larger than ${fileMaxBytes / 1024 / 1024} MB.`,
    hint: 'Split it into several files, each with the row of column names, and send them one by one.',
  },
  infected: {
    what: 'Webex found malware in the file and does not hand it out.',
    hint: 'Have the computer that it comes from checked. Then make the file anew and send it again.',
  },
  unscannable: {
    what: 'Webex could not scan the file for malware, so I do not read it.',
    hint: 'A CSV file is plain text: send it without encryption, password or archive.',
  },
  gone: {
    what: 'The file is gone: its message was deleted, or I am not in its space any more.',
    hint: 'Send import with the file again.',
  },
};

/** Webex did not let go of the file within the time for which it is asked. */
export const notFetchedProblem = ({ status }: WebexUnavailable): FileProblem => ({
  what: status === 423 ? 'Webex is still scanning the file for malware.' : 'Webex did not give me the file.',
  hint: 'Nothing was changed. Send import with the file again in some minutes.',
});

/** A fault of ours. */
export const brokenProblem = (importId: string): FileProblem => ({
  what: 'Something went wrong on my side while I read the file. Nothing was changed.',
  hint: `Send it again; if it happens again, tell the operator to look for “${importId}” in the log.`,
});
