// Every message about sites, mappings and lists of network devices, each with `value` wherever others write.
import type { Message } from '../../src/chat/message.ts';
import { NO_ORGANIZATION } from '../../src/sites/device-lists/device-list-rules.ts';
import {
  confirmRemoveListMessage,
  deviceListForm,
  deviceListMessage,
  deviceListsMessage,
  howListMessage,
  listElsewhereMessage,
  listGoneMessage,
  listInUseMessage,
  listRemovedMessage,
  listsNotAllowedMessage,
  noListMessage,
  whichListMessage,
} from '../../src/sites/device-lists/device-lists.view.ts';
import {
  howMappingMessage,
  mappingChangedMessage,
  mappingForm,
  mappingGoneMessage,
  mappingsMessage,
  mappingTakenMessage,
  mappingTextMessage,
  misplacedMessage,
  noMappingMessage,
  sitesMovedMessage,
  whichMappingMessage,
} from '../../src/sites/mappings/mappings.view.ts';
import {
  madeBeforeMessage,
  proposalMessage,
  siteGoneMessage,
  siteMessage,
  sitesFileMessage,
  sitesMadeMessage,
  sitesMessage,
} from '../../src/sites/sites.view.ts';

const id = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';
const now = new Date('2026-11-23T12:00:00Z');
const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

export function siteMessages(value: string): Record<string, Message> {
  const named = { id, name: value };
  const words = () => value.slice(0, 100);
  const page = { firstNumber: 11, total: 35, previousPage: 1, nextPage: 3, now };
  const none = { rows: [], total: 0, firstNumber: 1, now, words };
  const site = {
    ...{ id, organizationId: id, locationId: 'Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OLzE', name: value, searchName: value },
    ...{ country: value, address: value, timeZone: value, latitude: value, longitude: value, customerId: id },
    ...{
      deviceListId: id,
      goneAt: now,
      createdAt: now,
      updatedAt: now,
      node: { id, path: '/' },
      deviceListName: value,
    },
  };
  const bare = {
    ...{ ...site, country: null, address: null, timeZone: null, latitude: null, longitude: null, goneAt: null },
    ...{ deviceListId: null, deviceListName: null },
  };
  const placed = { nodeId: id, nodePath: '/', locationId: 'one', name: value, by: value, torn: [] };
  const torn = { ...placed, by: null, torn: [value, value, value, value] };
  const proposal = { organization: named, customer: named, plan: 'a'.repeat(22), words };
  const customer = { ...named, path: '/a/' };
  const mapping = {
    ...{ id, customerId: id, text: value, searchText: value, nodeId: id, createdBy: value, createdAt: now },
    ...{ updatedAt: now, customer, node: { id, path: '/a/b/' } },
  };
  const move = { ...placed, siteId: id, fromId: id, fromPath: '/' };
  const list = {
    ...{ id, customerId: id, name: value, searchName: value, description: value, organizationId: id, cucm: value },
    ...{ cuc: value, createdBy: value, createdAt: now, updatedAt: now, customer, organizationName: value, uses: 12 },
  };
  const blank = { ...list, description: null, organizationName: null, cucm: null, cuc: null, uses: 0 };
  const typed = { name: value, description: value, organization: NO_ORGANIZATION, cucm: value, cuc: value };
  return {
    sites: sitesMessage({ ...page, rows: [...times(8, site), bare, bare], organization: null, gone: 8, words }),
    'sites of one': sitesMessage({ ...page, rows: [site], organization: named, gone: 0, words }),
    'no sites': sitesMessage({ ...none, organization: null, gone: 0 }),
    'no sites of one': sitesMessage({ ...none, organization: named, gone: 0 }),
    'a site': siteMessage({
      site,
      organization: named,
      words,
      lists: times(5, named),
      mayChange: true,
      done: 'It uses it now.',
      now,
    }),
    'a bare site': siteMessage({
      site: { ...bare, goneAt: now },
      organization: null,
      words,
      lists: [],
      mayChange: true,
      now,
    }),
    'sites proposed': proposalMessage({
      ...{ ...page, ...proposal, rows: [...times(7, placed), ...times(3, torn)], newList: value, torn: 3 },
      again: 'Locations or mappings have changed since you saw them: nothing was made.',
    }),
    'one site proposed': proposalMessage({
      ...{ ...none, ...proposal, rows: [{ ...placed, by: null }], total: 1, newList: null, torn: 0 },
    }),
    'sites made': sitesMadeMessage({ organization: named, count: 3, madeList: value, by: value }),
    'a site made': sitesMadeMessage({ organization: named, count: 1, madeList: null, by: value }),
    'sites made before': madeBeforeMessage(named),
    'no such site': siteGoneMessage,
    'sites as a file': sitesFileMessage(50_000),
    'no sites as a file': sitesFileMessage(0),
    mappings: mappingsMessage({
      ...{ ...page, words, customer: null, canChange: true, misplaced: 0 },
      rows: [...times(9, mapping), { ...mapping, node: { id, path: '/b/' } }],
    }),
    'mappings of one': mappingsMessage({
      ...page,
      words,
      customer: named,
      canChange: true,
      misplaced: 3,
      rows: [mapping],
    }),
    'no mappings': mappingsMessage({ ...none, customer: named, canChange: false, misplaced: 0 }),
    'a form of a mapping': mappingForm({
      ...{ customer: named, mappingId: null, text: '', nodeId: '' },
      nodes: times(20, { id, words: words() }),
    }),
    'a form of a mapping with a problem': mappingForm({
      ...{ customer: named, mappingId: id, text: value.slice(0, 100), nodeId: id, nodes: [{ id, words: words() }] },
      problem: 'Type a text that stands in the names of locations.',
    }),
    'a mapping saved': mappingChangedMessage({ customer: named, text: value, node: words(), misplaced: 12 }),
    'a mapping removed': mappingChangedMessage({ customer: named, text: value, node: null, misplaced: 0 }),
    'sites that would move': misplacedMessage({
      ...{ ...page, customer: named, plan: 'a'.repeat(22), words, rows: times(10, move) },
      again: 'Mappings or sites have changed since you saw them: nothing has moved.',
    }),
    'no sites that would move': misplacedMessage({ ...none, customer: named, plan: 'a' }),
    'sites moved': sitesMovedMessage({ customer: named, count: 12, by: value }),
    'a site moved': sitesMovedMessage({ customer: named, count: 1, by: value }),
    'which mapping': whichMappingMessage([mapping, mapping], words),
    'a mapping for the text': mappingTakenMessage({ text: value, customer: named, mappingId: id }),
    'how to map': howMappingMessage('add'),
    'no text of a mapping': mappingTextMessage('Shorten the text to 100 characters.'),
    'no such mapping': noMappingMessage(value),
    'a mapping that is gone': mappingGoneMessage,
    'device lists': deviceListsMessage({ ...page, words, rows: [...times(9, list), blank], addFor: named }),
    'no device lists': deviceListsMessage({ ...none, addFor: null }),
    'a device list': deviceListMessage({ list, words, mayChange: true, done: 'The list is changed.' }),
    'a blank device list': deviceListMessage({ list: blank, words, mayChange: false }),
    'a form of a device list': deviceListForm({
      ...{ customer: named, listId: null, uses: 0, organizations: times(50, named) },
      typed: { name: '', description: '', organization: NO_ORGANIZATION, cucm: '', cuc: '' },
    }),
    'a form of a device list with problems': deviceListForm({
      ...{ customer: named, listId: id, uses: 3, organizations: [named], typed: { ...typed, organization: id } },
      problems: { name: 'Type a name.', cuc: 'Shorten it to 200 characters.' },
    }),
    'remove a device list?': confirmRemoveListMessage(named),
    'a device list removed': listRemovedMessage(named),
    'a device list in use': listInUseMessage({ list: named, uses: 3, what: 'remove' }),
    'a device list in use by one': listInUseMessage({ list: named, uses: 1, what: 'change' }),
    'which device list': whichListMessage([list, blank], words),
    'no such device list': noListMessage(value),
    'how to change a device list': howListMessage,
    'a device list that is gone': listGoneMessage,
    'a device list of another customer': listElsewhereMessage,
    'device lists that one may not change': listsNotAllowedMessage,
  };
}
