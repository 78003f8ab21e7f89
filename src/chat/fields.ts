// The inputs of a form: what a person sees of each, and its problem.

interface Input {
  /** The name under which the value is sent. */
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** As the input shows it; `true` or `false` of a toggle. */
  readonly value: string;
  /** Why it is not saved yet. */
  readonly problem?: string | null;
  /** A note beside the input, which a problem replaces. */
  readonly warning?: string | null;
}

export type Field =
  | (Input & { readonly kind: 'toggle' })
  | (Input & {
      readonly kind: 'choice';
      readonly choices: readonly { readonly value: string; readonly label: string }[];
    })
  | (Input & {
      /** `notes` has several lines. */
      readonly kind: 'text' | 'notes';
      readonly maxLength: number;
      readonly isRequired?: boolean;
      /** What the client checks before it sends the form. */
      readonly regex?: string | undefined;
      /** What the client says where its check fails. */
      readonly errorMessage?: string | undefined;
    });
