// Text of others as PostgreSQL takes it.

/** Without what no column of text or JSON takes: NUL, and halves of surrogate pairs. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Cs}/gu, '');
}
