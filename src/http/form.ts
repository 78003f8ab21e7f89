// The few pages that hold a form: all others may send none.

import type { Response } from 'express';

const header = 'Content-Security-Policy';

/** Lets this page send a form, to our own address alone. */
export function allowForm(response: Response): void {
  const policy = String(response.getHeader(header) ?? '');
  response.set(header, policy.replace("form-action 'none'", "form-action 'self'"));
}
