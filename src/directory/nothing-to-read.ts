// Why a kind of data cannot be read, where the kind itself knows more than Webex's refusal says.

/** Thrown by a kind's `read`. It fails the step alone: what was read before stays. */
export class NothingToRead extends Error {
  override readonly name = 'NothingToRead';
  /** A code, such as `wrong_region`. */
  readonly reason: string;
  /** What to do next, as a sentence. */
  readonly hint: string;

  /** @param message as people read it, with the organization's name */
  constructor(message: string, { reason, hint }: { reason: string; hint: string }) {
    super(message);
    this.reason = reason;
    this.hint = hint;
  }
}
