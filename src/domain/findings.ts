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
