// The buttons of `discover`: add one, these or all, and take or keep a name.

import { z } from 'zod';
import type { Answer } from '../chat/answer.ts';
import { noInputs } from '../chat/click-inputs.ts';
import type { Action, CommandInput } from '../chat/command.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { customerOfForm, offeredCustomer } from '../organizations/customer-of-form.ts';
import { discover } from './discover.command.ts';
import {
  addAllForm,
  addingMessage,
  nameNotTakenMessage,
  noPartnerMessage,
  nothingToAddMessage,
} from './discover.view.ts';
import type { LookDeps } from './look-at-partner.ts';
import { countNew, partnerOf } from './read-sight.ts';
import { requestAdding } from './request-adding.ts';
import { settleName } from './settle-name.ts';

type Deps = Omit<LookDeps, 'jobs'> & { jobs: Jobs };

/** More than a page of a list never stands on a card. */
const mostAtOnce = 50;

const ofPartner = z.object({ partner_id: z.uuid() });
const some = z.object({
  webex_ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()).min(1).max(mostAtOnce)),
});
const one = z.object({ webex_id: z.uuid() });

/** The partner that the button names, where it still serves. */
async function partnerOfCard({ db }: Deps, { inputs }: CommandInput) {
  const sent = ofPartner.safeParse(inputs);
  return sent.success ? partnerOf(db, sent.data.partner_id) : undefined;
}

/** Adds those that the button names, at the customer of the space. */
export const addManagedAction: Action<Deps> = {
  name: 'add-managed',
  needs: 'provider',
  async run(deps, input) {
    const partner = await partnerOfCard(deps, input);
    const sent = some.safeParse(input.inputs);
    const { node } = await offeredCustomer(deps.db, { ...input, inputs: noInputs });
    if (!partner || !sent.success || !node) return { content: noPartnerMessage };
    return begin(deps, input, { partnerId: partner.id, customerId: node.id, webexUuids: sent.data.webex_ids });
  },
};

/** Asks where all that is new is to stand. */
export const askAddAll: Action<Deps> = {
  name: 'ask-add-all',
  needs: 'provider',
  async run(deps, input) {
    const partner = await partnerOfCard(deps, input);
    if (!partner) return { content: noPartnerMessage };
    const { words, node } = await offeredCustomer(deps.db, { ...input, inputs: noInputs });
    const count = await countNew(deps.db, partner.id);
    return { content: addAllForm({ partner, count, customer: words ?? node?.name ?? '' }) };
  },
};

/** Adds all that is new, as the form says where. */
export const addAllManaged: Action<Deps> = {
  name: 'add-all-managed',
  needs: 'provider',
  async run(deps, input) {
    const partner = await partnerOfCard(deps, input);
    if (!partner) return { content: noPartnerMessage };
    const customer = await customerOfForm(deps.db, input);
    if ('problem' in customer) {
      const { value, problem } = customer;
      const count = await countNew(deps.db, partner.id);
      const content = addAllForm({ partner, count, customer: value, problem });
      return { content, replacesMessageId: input.cardMessageId };
    }
    const begun = await begin(deps, input, { partnerId: partner.id, customerId: customer.id, webexUuids: 'all' });
    return { ...begun, replacesMessageId: input.cardMessageId };
  },
};

async function begin(
  deps: Deps,
  { actor: { email, personId }, place }: CommandInput,
  asked: { partnerId: string; customerId: string; webexUuids: readonly string[] | 'all' },
): Promise<Answer> {
  const count = await requestAdding(deps, { ...asked, by: { email, personId }, place });
  return { content: count === 0 ? nothingToAddMessage : addingMessage({ count, partnerId: asked.partnerId }) };
}

/** Gives the record the name that Webex has for it. */
export const takeName: Action<Deps> = {
  name: 'take-name',
  needs: 'provider',
  run: (deps, input) => settle(deps, input, { isTaken: true }),
};

/** Leaves the record's name as it is. */
export const keepName: Action<Deps> = {
  name: 'keep-name',
  needs: 'provider',
  run: (deps, input) => settle(deps, input, { isTaken: false }),
};

/** Answers with what is left of the list, in place of the card. */
async function settle(deps: Deps, input: CommandInput, { isTaken }: { isTaken: boolean }): Promise<Answer | undefined> {
  const partner = await partnerOfCard(deps, input);
  const sent = one.safeParse(input.inputs);
  if (!partner || !sent.success) return { content: noPartnerMessage };
  const about = { partnerId: partner.id, webexUuid: sent.data.webex_id };
  const settled = await settleName(deps, { ...about, isTaken, by: input.actor, roomId: input.place.roomId });
  if (settled.outcome === 'invalid') return { content: nameNotTakenMessage({ ...about, ...settled }) };
  const inputs = { partner_id: partner.id, sight: 'renamed' };
  const answer = await discover.run(deps, { ...input, argument: '', inputs });
  return answer && { ...answer, replacesMessageId: input.cardMessageId };
}
