// When a change of settings has to be confirmed.

/** A change of more organizations than this is confirmed first. */
export const mostUnconfirmed = 50;

/** Whether the person must be asked. `confirmed`: the number of organizations that the person has agreed to change, and has seen. */
export const mustConfirm = (touched: number, confirmed: number): boolean =>
  touched > Math.max(confirmed, mostUnconfirmed);
