// Whom the provider's administrators are: an e-mail in ADMINS names one, and the person and the organization that Webex shows behind it at first sight are
// that administrator from then on.

import type { Db } from '../db/database.ts';
import { isSameId } from '../webex/ids.ts';
import type { Doubt, Judged } from './actor.ts';
import { type Administrator, findAdministrators, pinAdministrator } from './administrator.store.ts';

/** What is judged: `email` has its ASCII letters in lower case. */
interface Person {
  readonly personId: string;
  readonly email: string;
  readonly webexOrgId: string;
  /** `person`, `bot` or another kind of machine. */
  readonly type: string;
  /** When Webex showed the person so. */
  readonly seenAt: Date;
}

/** What a person may do. Pins the administrator whom nobody has seen before. Machines have no rights. */
export async function judge({ db, admins }: { db: Db; admins: readonly string[] }, person: Person): Promise<Judged> {
  const { personId, email, webexOrgId, type, seenAt } = person;
  if (type !== 'person' || webexOrgId === '') return { rights: 'none' };
  const known = await findAdministrators(db, { email, personId });
  if (!admins.includes(email)) {
    const before = known.find((one) => admins.includes(one.email) && isSameId(one.personId, personId));
    return before ? { rights: 'none', doubt: { admin: before.email, what: 'address' } } : { rights: 'none' };
  }
  const administrator =
    known.find((one) => one.email === email) ??
    (await pinAdministrator(db, { email, personId, webexOrgId, firstSeenAt: seenAt }));
  const what = doubtOf(administrator, person);
  return what ? { rights: 'none', doubt: { admin: email, what } } : { rights: 'administrator' };
}

function doubtOf(administrator: Administrator, { personId, webexOrgId }: Person): Doubt['what'] | undefined {
  if (!isSameId(administrator.personId, personId)) return 'person';
  return isSameId(administrator.webexOrgId, webexOrgId) ? undefined : 'organization';
}
