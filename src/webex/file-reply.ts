// Reads an answer that is a file, with its name.

import type { Answer } from './answer.ts';
import type { Reading } from './reply.ts';

/** A file as Webex holds it. */
export interface WebexFile {
  /** As its sender called it; empty where Webex does not say. */
  name: string;
  bytes: Buffer;
}

/** The file in an answer; `too_large` where it has more bytes than were wanted. */
export function readFile({ file, headers }: Answer): Reading<WebexFile | 'too_large'> {
  if (file === undefined) return { problem: 'no file' };
  if (file === 'too_large') return { value: file };
  return { value: { name: fileNameIn(headers.get('content-disposition') ?? ''), bytes: file } };
}

/** The name in a Content-Disposition header (RFC 6266), without a path. */
function fileNameIn(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1] ?? /filename=([^;]+)/i.exec(disposition)?.[1];
  const name = encoded === undefined ? (plain ?? '') : decoded(encoded);
  return name.split(/[/\\]/).at(-1)?.trim() ?? '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
