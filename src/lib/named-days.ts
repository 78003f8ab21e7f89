// What people type where they name something and a number of days.

/** A name and days: each may be left out. A number alone is days. */
export function readNamedDays(argument: string): { named: string; days: number | undefined } {
  const [, named = '', digits] = /^(.*?)\s*(?:(?<=^|\s)(\d{1,6})(?:\s*days?)?)?$/is.exec(argument) ?? [];
  return { named: named.trim(), days: digits === undefined ? undefined : Number(digits) };
}
