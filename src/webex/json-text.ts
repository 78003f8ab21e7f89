// JSON that is there as text already: it goes into a request as it is, and is read and written once less.

export class JsonText {
  readonly text: string;

  /** @param text valid JSON, which nobody checks here */
  constructor(text: string) {
    this.text = text;
  }

  /** The value, wherever this is stored or looked into. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** The value as JSON. */
export const jsonOf = (value: unknown): string => (value instanceof JsonText ? value.text : JSON.stringify(value));
