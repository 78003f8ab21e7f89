// Formulas in CSV files: a spreadsheet would run a cell that begins like one. Whoever wrote a customer's name or note must not run anything in the sheet of
// whoever opens the export (OWASP, "CSV Injection").

/** What a spreadsheet takes for a formula, full-width forms included, behind any number of apostrophes. */
const formula = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const defused = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** The cell as text: a spreadsheet shows what follows an apostrophe. */
export const defuse = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

/** What `defuse` was given. */
export const unDefused = (cell: string): string => (defused.test(cell) ? cell.slice(1) : cell);
