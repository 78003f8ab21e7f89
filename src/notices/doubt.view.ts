// Somebody who looks like an administrator is not obeyed: the message to the administrators.

import type { Doubt } from '../chat/actor.ts';
import { shownName } from '../chat/facts.ts';
import { type CardMessage, message } from '../chat/message.ts';

/** `admin` is the administrator's e-mail as in ADMINS, `email` the one that Webex shows now. */
export function doubtMessage({ admin, what, email }: Doubt & { readonly email: string }): CardMessage {
  const name = shownName(admin);
  const happened: Record<Doubt['what'], string> = {
    person: `Another Webex account than the one that I know as ${name} has written to me under this address.`,
    organization: `The account of ${name} belongs to another Webex organization than before, and has written to me.`,
    address: `The account that I know as ${name} has the address ${shownName(email)} now, and has written to me.`,
  };
  const right =
    what === 'address'
      ? 'If this is right, the operator puts the new address into ADMINS in place of the old one, and restarts the service.'
      : 'If this is right, the operator starts the service once without the address in ADMINS, and then again with it.';
  return message({
    mark: '🚨',
    title: `I no longer obey ${name}`,
    texts: [happened[what], right, 'If not, somebody may be posing as an administrator: tell your security team.'],
  });
}
