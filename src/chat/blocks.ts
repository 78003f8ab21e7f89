// The blocks of a message, in the order in which they are read. All texts are plain, not escaped yet: what renders the message does that.

import type { Button } from './buttons.ts';
import type { Fact } from './facts.ts';
import type { Field } from './fields.ts';

/** What counts most about a row, in full size and in the color that says so. */
export interface RowLead {
  readonly text: string;
  readonly tone: 'default' | 'attention';
}

/** A row of a list: an organization, a person, a transaction. */
export interface Row {
  /** As people see and type it. */
  readonly number?: number;
  readonly name: string;
  readonly lead?: RowLead | undefined;
  /** What else there is to say, small; at least this or a lead is there. */
  readonly state?: string | undefined;
  /** The value that the choice beneath the list sends for this row. */
  readonly value?: string;
  /** A button for this row alone. */
  readonly button?: Button;
}

/** A choice that a card offers: `id` is the input's name, `label` and `ask` say what is chosen. */
export interface Pick {
  readonly id: string;
  readonly label: string;
  readonly ask: string;
}

/** Each kind has a template of its name in `cards/blocks/`. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** What went wrong, in the color that says so. */
  | { readonly kind: 'alert'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'section'; readonly title: string; readonly facts: readonly Fact[] }
  | {
      readonly kind: 'rows';
      readonly rows: readonly Row[];
      /** The rows' numbers count up by one, so that Markdown may number the list. */
      readonly isCounted?: boolean;
      /** The buttons beneath are about the row that is chosen; they work without a choice, too. */
      readonly pick?: Pick | undefined;
    }
  /** Words with what they mean, a line each. */
  | {
      readonly kind: 'terms';
      readonly title?: string;
      readonly terms: readonly { readonly term: string; readonly words: string }[];
    }
  | { readonly kind: 'log'; readonly title: string; readonly lines: readonly string[] }
  /** An address that people copy and pass on; `text` says what it is. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** A choice that the buttons need; all its values are in sight. */
  | {
      readonly kind: 'choices';
      readonly pick: Pick;
      readonly choices: readonly { readonly title: string; readonly value: string }[];
    }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  /** Fields that are out of sight until somebody presses the button of this title; one such block a message. */
  | { readonly kind: 'folded'; readonly title: string; readonly fields: readonly Field[]; readonly isOpen: boolean }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] };

/** An empty block is not shown. */
export function isEmpty(block: Block): boolean {
  switch (block.kind) {
    case 'facts':
    case 'section':
      return block.facts.length === 0;
    case 'rows':
      return block.rows.length === 0;
    case 'terms':
      return block.terms.length === 0;
    case 'log':
      return block.lines.length === 0;
    case 'fields':
      return block.fields.length === 0;
    case 'buttons':
      return block.buttons.length === 0;
    default:
      return false;
  }
}
