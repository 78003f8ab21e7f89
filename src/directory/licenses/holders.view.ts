// Who holds a license, in words.

import { button } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { shorten } from '../../lib/text.ts';
import type { Holder } from '../../webex/directory.ts';
import { notFoundMessage } from '../not-found.view.ts';
import type { License } from './license.store.ts';
import { useWords } from './license-rules.ts';
import { whoHas } from './licenses.view.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const TYPED_MAX_CHARACTERS = 60;

/** A page of the people who hold a license. `next`: where the rest of them is. */
export function holdersMessage(view: {
  readonly organization: Named;
  readonly license: License;
  readonly holders: readonly Holder[];
  readonly isFirst: boolean;
  readonly next: string | null;
}): CardMessage {
  const { organization, license, holders, isFirst, next } = view;
  const about = { organization_id: organization.id };
  const name = shownName(license.name);
  return message({
    title: holders.length > 0 ? `Who holds ${name}` : isFirst ? `Nobody holds ${name}` : `Nobody else holds ${name}`,
    lead: isFirst ? undefined : 'Further people.',
    texts: [
      `${shownName(organization.name)}, as Webex has it now. At the last sync: ${useWords({ total: license.totalUnits, used: license.consumedUnits })}. Nothing of this list is kept.`,
    ],
    blocks: [{ kind: 'log', title: 'People', lines: holders.map(holderWords) }],
    buttons: [
      next === null ? null : button('Next', 'licenses', { ...about, license_id: license.webexId, from: next }),
      button('All licenses', 'licenses', about),
      button('Show', 'show', about),
    ],
    typed: next === null ? undefined : md`Press **Next** on the card for the rest.`,
  });
}

const holderWords = ({ displayName, email, type }: Holder): string => {
  const words = [displayName && shownName(displayName), email && shownName(email)].filter((part) => part !== undefined);
  const whose = type?.toUpperCase() === 'EXTERNAL' ? ' (of another organization)' : '';
  return `${words.join(', ') || 'Somebody without a name'}${whose}`;
};

/** Several licenses match. */
export const whichLicenseMessage = (view: {
  readonly organization: Named;
  readonly licenses: readonly License[];
}): CardMessage =>
  message({
    title: `Which license of ${shownName(view.organization.name)}?`,
    blocks: [
      {
        kind: 'rows',
        rows: view.licenses.map((license) => ({
          name: shownName(license.name),
          state:
            [license.subscriptionId, license.siteUrl]
              .filter((part) => part !== null)
              .map(shownName)
              .join(' · ') || 'No subscription',
          button: whoHas(license),
        })),
      },
    ],
    typed: md`Type more of the license’s name.`,
  });

/** Webex does not find the license. */
export const missingLicenseMessage = (view: { readonly organization: Named; readonly license: License }) =>
  notFoundMessage({ ...view.license, kind: 'licenses', organization: view.organization });

/** No license matches. */
export const noLicenseMessage = (view: { readonly organization: Named; readonly typed: string }): CardMessage =>
  message({
    title:
      view.typed === ''
        ? `This license of ${shownName(view.organization.name)} is not known here any more`
        : `No license of ${shownName(view.organization.name)} matches “${shorten(view.typed, TYPED_MAX_CHARACTERS)}”`,
    texts: ['Look it up among those of the last sync.'],
    buttons: [button('All licenses', 'licenses', { organization_id: view.organization.id })],
    typed: md`Type **licenses** with the organization’s name.`,
  });
