// Answers who holds a license: the one that a button names, or the one whose name was typed behind `who`.

import { z } from 'zod';
import type { Answer } from '../../chat/answer.ts';
import type { CommandInput } from '../../chat/command.ts';
import { resolveOrganization } from '../../organizations/organization.lookup.ts';
import type { AskDeps } from '../ask-webex-of.ts';
import { unreadableMessage } from '../sync/sync.view.ts';
import { kindsNamed } from '../sync/sync-rules.ts';
import { holdersMessage, missingLicenseMessage, noLicenseMessage, whichLicenseMessage } from './holders.view.ts';
import { findLicense, searchLicenses } from './license.store.ts';
import { whoHolds } from './who-holds.ts';

/** How many licenses are offered where several match. */
const mostOffered = 10;

interface Asked {
  /** What names the organization, where it was typed. */
  named: string;
  license: { webexId: string } | { part: string };
  /** Where the page before ended; null for the first page. */
  from: string | null;
}

const sentSchema = z.union([
  z.object({
    license_id: z.string().min(1).max(500),
    from: z.string().startsWith('?').max(2_000).nullable().catch(null),
  }),
  z.object({ who: z.string().max(300) }),
]);

/** What is asked; undefined where the command is about something else. */
export function readWho({ argument, inputs }: Pick<CommandInput, 'argument' | 'inputs'>): Asked | undefined {
  const sent = sentSchema.safeParse(inputs);
  if (sent.success) {
    return 'who' in sent.data
      ? { named: '', license: { part: sent.data.who }, from: null }
      : { named: '', license: { webexId: sent.data.license_id }, from: sent.data.from };
  }
  const [, named, part] = /^(.*?)\s*\bwho\b\s*(.*)$/is.exec(argument) ?? [];
  return named === undefined || part === undefined ? undefined : { named, license: { part }, from: null };
}

/** The people who hold it, as Webex says now. */
export async function answerWho(deps: AskDeps, input: CommandInput, { named, license, from }: Asked): Promise<Answer> {
  const { db } = deps;
  const keep = 'part' in license ? { who: license.part } : {};
  const resolved = await resolveOrganization(db, { ...input, argument: named, command: 'licenses', keep });
  if ('answer' in resolved) return resolved.answer;
  const { found: organization } = resolved;
  const whose = { scope: input.scope, organizationId: organization.id };
  const found =
    'part' in license
      ? await searchLicenses(db, { ...whose, part: license.part, limit: mostOffered })
      : [await findLicense(db, { ...whose, webexId: license.webexId })].filter((one) => one !== undefined);
  const typed = 'part' in license ? license.part : '';
  const called = found.filter(({ name }) => name.toLowerCase() === typed.toLowerCase());
  const [only, ...others] = called.length === 1 ? called : found;
  if (!only) return { content: noLicenseMessage({ organization, typed }) };
  if (others.length > 0) return { content: whichLicenseMessage({ organization, licenses: found }) };
  const asked = await whoHolds(deps, { organization, licenseId: only.webexId, from });
  if ('why' in asked) {
    if (asked.why === 'not_found') return { content: missingLicenseMessage({ organization, license: only }) };
    return { content: unreadableMessage({ organization, why: asked.why, kinds: kindsNamed('licenses') }) };
  }
  return { content: holdersMessage({ ...asked, organization, license: only, isFirst: from === null }) };
}
