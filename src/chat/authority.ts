// Who is obeyed. An e-mail in ADMINS names an administrator of the provider: the person and the organization that Webex shows behind it at first sight. Rights
// that an administrator gave belong to a person and an organization from the start.

import type { Db } from '../db/database.ts';
import { isSameId } from '../webex/ids.ts';
import type { Doubt, Judged } from './actor.ts';
import { type Administrator, findAdministrators, pinAdministrator } from './administrator.store.ts';
import { findRights, type Right } from './rights.store.ts';

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
    const given = judgeRights(await findRights(db, { email, personId }), person);
    if (given.rights !== 'none') return given;
    const before = known.find((one) => admins.includes(one.email) && isSameId(one.personId, personId));
    return before ? { rights: 'none', doubt: { admin: before.email, what: 'address' } } : given;
  }
  const administrator =
    known.find((one) => one.email === email) ??
    (await pinAdministrator(db, { email, personId, webexOrgId, firstSeenAt: seenAt }));
  const what = doubtOf(administrator, person);
  return what ? { rights: 'none', doubt: { admin: email, what } } : { rights: 'configured' };
}

/** Rights belong to the person in the organization to whom they were given, whatever the person's address is now. */
function judgeRights(found: readonly Right[], { personId, webexOrgId }: Person): Judged {
  const [own] = found.filter((right) => isSameId(right.personId, personId));
  if (own) {
    if (isSameId(own.webexOrgId, webexOrgId)) return { rights: 'given' };
    return { rights: 'none', doubt: { admin: own.email, what: 'organization' } };
  }
  const [others] = found;
  return others ? { rights: 'none', doubt: { admin: others.email, what: 'person' } } : { rights: 'none' };
}

function doubtOf(administrator: Administrator, { personId, webexOrgId }: Person): Doubt['what'] | undefined {
  if (!isSameId(administrator.personId, personId)) return 'person';
  return isSameId(administrator.webexOrgId, webexOrgId) ? undefined : 'organization';
}
