// What a proof of life can find wrong with a grant that Webex still takes.

/** One thing that the grant cannot do any more, although the record needs it. */
export type Finding =
  /** Webex refuses a read that the record needs: the administrator who gave the grant lost rights or the organization. */
  | { kind: 'read_refused'; feature: Feature; code: string; route: string; trackingId: string | null }
  /** The contact center answers in another region than the record's; `found` is that region's value. */
  | { kind: 'wrong_region'; found: string }
  /** The grant reaches other organizations than the record's. */
  | { kind: 'organization_gone' };

/** What a record can need reads for. */
export type Feature = 'organization' | 'wholesale' | 'contact_center';

/** A feature whose read brought no usable answer, the first time at `since` (ISO): it says nothing of the grant, and is asked again. */
export interface Unanswered {
  kind: 'unanswered';
  feature: Feature;
  since: string;
}

/** What is kept of a connection's last proofs of life: what is wrong, and what nobody could say. */
export type ProbeNote = Finding | Unanswered;

/** What is wrong with the grant. */
export const troublesIn = (notes: readonly ProbeNote[]): Finding[] =>
  notes.filter((note): note is Finding => note.kind !== 'unanswered');

/** The features of which nobody could say. */
export const unansweredIn = (notes: readonly ProbeNote[]): Unanswered[] =>
  notes.filter((note): note is Unanswered => note.kind === 'unanswered');

/** Whose read has found it. */
export function featureOf(finding: Finding): Feature {
  switch (finding.kind) {
    case 'read_refused':
      return finding.feature;
    case 'wrong_region':
      return 'contact_center';
    case 'organization_gone':
      return 'organization';
  }
}

/** Whether people were told the same already: codes and tracking ids may differ from day to day. */
export function isSameTrouble(one: readonly Finding[], other: readonly Finding[]): boolean {
  const kinds = (findings: readonly Finding[]) => findings.map(kindOf).sort().join(' ');
  return kinds(one) === kinds(other);
}

function kindOf(finding: Finding): string {
  switch (finding.kind) {
    case 'read_refused':
      return `${finding.kind}:${finding.feature}`;
    case 'wrong_region':
      return `${finding.kind}:${finding.found}`;
    case 'organization_gone':
      return finding.kind;
  }
}
