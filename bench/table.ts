// Figures as text: medians over rounds, tables in Markdown that line up in a terminal too, and what they were measured on.

import { cpus, loadavg } from 'node:os';

/** The middle value; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
}

/** Three digits at most before a unit is needed: 4.1, 46, 310. */
export function figure(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(value < 10 ? 1 : 0);
}

/** The machine, and how busy it is now. */
export function machine(): string {
  return `Node ${process.versions.node}, ${cpus().length} cores, load before ${(loadavg()[0] ?? 0).toFixed(1)}`;
}

/** Prints a table under its title. The first row holds the headings. */
export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  process.stdout.write(`\n${title}\n\n${table(rows)}\n`);
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  return [lines[0] ?? [], rule, ...lines.slice(1)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
