// `discover`: what a partner manages at Webex against our records.

import { z } from 'zod';
import type { Command } from '../chat/command.ts';
import { pageAsked, pagesBeside } from '../chat/pages.ts';
import { discoverMessage, noPartnerMessage, whichPartnerMessage } from './discover.view.ts';
import { notLookedMessage } from './look.view.ts';
import type { LookDeps } from './look-at-partner.ts';
import { choosePartner, readSight } from './read-sight.ts';
import { SIGHTS, type Sight, TAG_MAX_CHARACTERS } from './sights.ts';

const asked = z.object({
  partner_id: z.uuid().optional(),
  sight: z.enum(SIGHTS).optional(),
  tag: z.string().max(TAG_MAX_CHARACTERS).optional(),
});

/** `gone tag gold`, `tag gold`, `gone`: a tag is whatever stands behind the word, and has blanks perhaps. */
function readTyped(argument: string): { sight: Sight | undefined; tag: string | undefined } {
  const [, words = '', tag] = /^(.*?)(?:(?:^|\s+)tag\s+(.+))?$/i.exec(argument.trim()) ?? [];
  return { sight: SIGHTS.find((one) => one === words.toLowerCase()), tag };
}

export const discover: Command<LookDeps> = {
  name: 'discover',
  needs: 'provider',
  usage: 'discover [new | gone | renamed] [tag <tag>]',
  summary:
    'Compare what your own organization manages as a partner with the records here, and add what is new; with tag, only what carries this tag of Partner Hub.',
  group: 'Connections',
  examples: ['discover', 'discover renamed', 'discover new tag gold'],
  async run(deps, { inputs, argument }) {
    const sent = asked.safeParse(inputs).data ?? {};
    const typed = readTyped(argument);
    const sight = sent.sight ?? typed.sight ?? 'new';
    const tag = sent.tag ?? (typed.tag && Array.from(typed.tag).slice(0, TAG_MAX_CHARACTERS).join(''));
    const partner = await choosePartner(deps.db, sent.partner_id);
    if (Array.isArray(partner)) {
      if (partner.length === 0) return { content: noPartnerMessage };
      return { content: whichPartnerMessage({ partners: partner, sight, ...(tag !== undefined && { tag }) }) };
    }
    const page = pageAsked(inputs['page']);
    const read = await readSight(deps, { partner, sight, tag, page });
    if ('why' in read) return { content: notLookedMessage({ partner, why: read.why }) };
    const list = { firstNumber: page.firstNumber, ...pagesBeside(page, read.total), now: deps.clock.now() };
    return { content: discoverMessage({ ...read, ...list, partner, sight, ...(tag !== undefined && { tag }) }) };
  },
};
