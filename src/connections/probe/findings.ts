// What a probe can find wrong with a connection that Webex still accepts.

/** One thing that the grant cannot do any more, although the record needs it. */
export type Finding =
  /** Webex refuses a read that the record needs: the grantor lost rights or the organization. */
  | { kind: 'read_refused'; feature: Feature; code: string; route: string; trackingId: string | null }
  /** Webex answers the read, but has nothing of the organization. */
  | { kind: 'nothing_there'; feature: FoundFeature }
  /** The contact center answers in another region than the record's; `found` is that region's value. */
  | { kind: 'wrong_region'; found: string }
  /** The grant reaches other organizations than the record's. */
  | { kind: 'organization_gone' };

/** What a record can need reads for. `customers`: those of a partner, without which its grant holds nobody. */
export type Feature = 'organization' | 'wholesale' | 'contact_center' | 'customers';
/** Those of which Webex may answer that there is nothing. */
export type FoundFeature = Exclude<Feature, 'organization'>;

/** A feature whose read has had no usable answer since `since` (ISO). It says nothing of the connection, and is asked again. */
export interface Unanswered {
  kind: 'unanswered';
  feature: Feature;
  since: string;
}

/** What is saved of the last probes: findings, and reads without an answer. */
export type ProbeNote = Finding | Unanswered;

/** What is wrong with the grant. */
export const troublesIn = (notes: readonly ProbeNote[]): Finding[] =>
  notes.filter((note): note is Finding => note.kind !== 'unanswered');

/** What a space is notified of. That a partner sees no customers comes with the daily look at them, once and not from each of them. */
export const toldTroublesIn = (notes: readonly ProbeNote[]): Finding[] =>
  troublesIn(notes).filter((finding) => featureOf(finding) !== 'customers');

/** The features without an answer. */
export const unansweredIn = (notes: readonly ProbeNote[]): Unanswered[] =>
  notes.filter((note): note is Unanswered => note.kind === 'unanswered');

/** The feature whose read has found it. */
export function featureOf(finding: Finding): Feature {
  switch (finding.kind) {
    case 'read_refused':
    case 'nothing_there':
      return finding.feature;
    case 'wrong_region':
      return 'contact_center';
    case 'organization_gone':
      return 'organization';
  }
}

/** Whether both say the same to people. Codes and tracking ids may differ from day to day. */
export function isSameTrouble(one: readonly Finding[], other: readonly Finding[]): boolean {
  const kinds = (findings: readonly Finding[]) => findings.map(kindOf).sort().join(' ');
  return kinds(one) === kinds(other);
}

function kindOf(finding: Finding): string {
  switch (finding.kind) {
    case 'read_refused':
    case 'nothing_there':
      return `${finding.kind}:${finding.feature}`;
    case 'wrong_region':
      return `${finding.kind}:${finding.found}`;
    case 'organization_gone':
      return finding.kind;
  }
}
