// Reads a page of what a partner manages against our records, and asks Webex first where the last answer is old.

import type { Page } from '../chat/pages.ts';
import { listPartners } from '../connections/ways/served.store.ts';
import type { Db } from '../db/database.ts';
import { minuteMs } from '../lib/durations.ts';
import type { Organization } from '../organizations/organization.store.ts';
import { WebexUnavailable } from '../webex/errors.ts';
import { unavailableSentence } from '../webex/unavailable-words.ts';
import { type LookDeps, lookAtPartner } from './look-at-partner.ts';
import { notLookedWords } from './look-words.ts';
import { countSights, countTagged, lastLookAt, listSighted, type SightCounts, type Sighted } from './managed.store.ts';
import type { Sight } from './sights.ts';

/** For so long an answer of Webex serves the further pages of a list. */
const freshMs = 10 * minuteMs;

/** The partner of this id; undefined where it does not serve any more. */
export async function partnerOf(db: Db, id: string): Promise<Organization | undefined> {
  return (await listPartners(db)).find(({ organization }) => organization.id === id)?.organization;
}

/** The partner of this id, or the only one that serves; else those to choose from, none where none serves. */
export async function choosePartner(db: Db, id: string | undefined): Promise<Organization | Organization[]> {
  const partners = (await listPartners(db)).map(({ organization }) => organization);
  const [only, ...others] = partners;
  const meant = id === undefined ? undefined : partners.find((partner) => partner.id === id);
  return meant ?? (only && others.length === 0 ? only : partners);
}

export interface SightRead {
  rows: Sighted[];
  counts: SightCounts;
  /** How many the list has, on all pages. */
  total: number;
  /** False where Webex was asked and did not say which tags there are. */
  isTagged: boolean;
  /** When Webex was asked. */
  lookedAt: Date;
}

/** `why`: a sentence on why Webex could not be asked. */
export async function readSight(
  deps: LookDeps,
  { partner, sight, tag, page }: { partner: Organization; sight: Sight; tag?: string | undefined; page: Page },
): Promise<SightRead | { why: string }> {
  const { db, clock } = deps;
  const { id: partnerId } = partner;
  const before = await lastLookAt(db, partnerId);
  const isFresh = before !== undefined && clock.now().getTime() - before.getTime() < freshMs;
  // Whoever turns a page wants to go on with the list that is on the card.
  const looked = isFresh && page.page > 1 ? { isTagged: true } : await look(deps, partner);
  if ('why' in looked) return looked;
  const counts = await countSights(db, partnerId);
  const listing = { partnerId, sight, tag };
  const rows = await listSighted(db, { ...listing, offset: page.offset, limit: page.limit });
  const total = tag === undefined ? counts[sight] : await countTagged(db, listing);
  const { isTagged } = looked;
  return { rows, counts, total, isTagged, lookedAt: (await lastLookAt(db, partnerId)) ?? clock.now() };
}

/** How many organizations of the partner are new. */
export const countNew = async (db: Db, partnerId: string): Promise<number> => (await countSights(db, partnerId)).new;

async function look(deps: LookDeps, partner: Organization): Promise<{ isTagged: boolean } | { why: string }> {
  try {
    const looked = await lookAtPartner(deps, partner);
    return looked.outcome === 'looked' ? looked : { why: notLookedWords(looked) };
  } catch (error) {
    if (!(error instanceof WebexUnavailable)) throw error;
    return { why: unavailableSentence(error) };
  }
}
