// What is said of an export.

import { button } from '../chat/buttons.ts';
import { md, paragraphs } from '../chat/markdown.ts';
import { type CardMessage, type FileMessage, message, type TextMessage } from '../chat/message.ts';
import { counted } from '../lib/text.ts';
import type { MessageFile } from '../webex/messages.ts';

/** Files follow, each as a message of its own. */
export function exportBegunMessage({ total, parts }: { readonly total: number; readonly parts: number }): TextMessage {
  const files =
    parts === 1
      ? 'A CSV file and a JSON file follow.'
      : `${parts} CSV files and ${parts} JSON files follow, since Webex takes one file a message.`;
  return {
    text: paragraphs([
      md`**Exporting ${counted(total, 'organization')}**`,
      md`${files} They hold no tokens and no proxies. “kept” stands for a proxy that is stored.`,
    ]),
  };
}

/** The words beside one file. */
export function exportMessage({
  file,
  count,
  part,
  parts,
}: {
  readonly file: MessageFile;
  readonly count: number;
  readonly part: number;
  readonly parts: number;
}): FileMessage | TextMessage {
  if (count === 0)
    return { text: md`There is nothing left to export: the organizations are gone, or yours to see no more.` };
  const which = parts === 1 ? '' : `, file ${part} of ${parts}`;
  return { text: md`Export of ${counted(count, 'organization')}${which}: ${file.name}`, file };
}

/** Nothing was found. */
export function nothingToExportMessage({ isFiltered }: { readonly isFiltered: boolean }): CardMessage {
  return message({
    isBrief: true,
    title: isFiltered ? 'No organization matches this' : 'There are no organizations to export yet',
    texts: [isFiltered ? 'Type export alone for all of them.' : 'Add one, or import a file of them.'],
    buttons: isFiltered
      ? [button('Export all', 'export'), button('List organizations', 'list')]
      : [button('Add organization', 'add'), button('Import', 'import')],
    typed: isFiltered ? md`Type **export**.` : md`Type **add** or **import**.`,
  });
}
