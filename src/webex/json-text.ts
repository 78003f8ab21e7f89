// JSON that is text already: it goes into a request unchanged, without being parsed and written again.

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
