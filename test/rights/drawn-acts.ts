// What somebody types or clicks, drawn at random: most of it names something that exists somewhere.
import { actions, commands } from '../helpers/registry.ts';
import type { Asked } from './bare-service.ts';
import { type Node, type Org, pick, type Random, type World } from './random-world.ts';

/** Every name that a message or a button may begin with. */
const words = commands.map(({ name }) => name);
const buttons = [...words, ...actions.map(({ name }) => name)];

/** Buttons that change what the tree, rights and settings are, and so what everything else may do. */
const changes = [
  ...['approve-deletion', 'decline-deletion', 'confirm-deletion', 'undo', 'confirm_import', 'cancel_import'],
  ...['give-right', 'ask-remove-rights', 'remove-rights', 'edit-settings', 'save-settings', 'read-along', 'use'],
  ...['customers-act', 'save-customer', 'move-customer', 'remove-customer', 'move', 'move-organization'],
  ...['label', 'notify', 'notify-by-label', 'confirm-disconnect', 'disconnect'],
];

const nameOf = ({ word, secret }: Node | Org): string => `${word} ${secret}`;

export function drawAct(random: Random, world: World): Asked['what'] {
  return random() < 0.5 ? { text: drawText(random, world) } : { inputs: drawInputs(random, world) };
}

function drawText(random: Random, world: World): string {
  const org = pick(random, world.organizations);
  const node = pick(random, world.nodes);
  const other = pick(random, world.organizations);
  const { email } = pick(random, world.people);
  const argument = pick(random, [
    '',
    org.word,
    org.id,
    org.number,
    org.webexId,
    org.word.slice(0, -1),
    org.grantor,
    `grants ${org.grantor}`,
    String(org.transactionId),
    String(Math.floor(random() * 20)),
    node.word,
    node.id,
    `lost ${org.word}`,
    'not connected',
    'by name',
    `revoke ${org.word}`,
    `${org.word} all`,
    pick(random, ['pause all', 'resume all']),
    `csv ${org.word} 30`,
    email,
    `add ${other.word} to ${node.word}`,
    `${pick(random, ['add', 'change', 'remove'])} list of ${node.word}`,
  ]);
  const whole = pick(random, [
    `admins add ${email} ${pick(random, ['viewer', 'administrator'])} ${pick(random, [node.word, ''])}`,
    `admins remove ${email} ${pick(random, [node.word, ''])}`,
    `admins ${pick(random, ['grants', 'leaving'])} ${pick(random, [org.grantor, email])}`,
    `customers add ${node.word} of ${other.word} under ${node.word}`,
    `customers rename ${node.word} to ${node.word} ${node.secret}`,
    `customers remove ${node.word}`,
    `label ${org.word} ${pick(random, ['gold', '-gold'])}`,
    `move ${org.word} to ${node.word}`,
    `notify label gold ${pick(random, ['', 'off'])}`,
    `audit export ${pick(random, ['', org.word, email])}`,
    `export ${pick(random, ['', 'lost', 'label gold', org.word])}`,
    `use ${node.word}`,
    `settings ${pick(random, [node.word, ''])}`,
  ]);
  return random() < 0.6 ? `${pick(random, words)} ${argument}` : whole;
}

function drawInputs(random: Random, world: World): Record<string, string | number | boolean> {
  const org = pick(random, world.organizations);
  const node = pick(random, world.nodes);
  const other = pick(random, world.organizations);
  const things = pick(random, world.things);
  const inputs = {
    action: pick(random, random() < 0.6 ? buttons : changes),
    organization_id: org.id,
    organization_ids: `${org.id},${other.id}`,
    draft_id: other.draftId,
    customer_id: node.id,
    parent_id: pick(random, world.nodes).id,
    node_id: node.id,
    transaction_id: org.transactionId,
    grantor_of: other.id,
    page: Math.floor(random() * 3),
    part: pick(random, ['', org.word, node.word]),
    filter: pick(random, ['', 'lost', 'failing', 'soon', 'not connected', 'all', 'failed', 'running']),
    order: pick(random, ['', 'name']),
    level: pick(random, ['space', 'customer', 'provider']),
    settings: 'warning_days delete_approval',
    warning_days: String(1 + Math.floor(random() * 90)),
    delete_approval: pick(random, ['yes', 'no']),
    older_than: org.transactionId,
    days: 3650,
    name: 'a name that was typed',
    account_number_external: org.number,
    seen_at: pick(random, ['never', new Date().toISOString()]),
    schedule: pick(random, ['roles_licenses', 'full', 'users']),
    pattern: '0 5 * * *',
    time_zone: 'UTC',
    confirmed: pick(random, ['yes', 100]),
    room_id: pick(random, world.spaces).roomId,
    label: 'gold',
    act: pick(random, ['give', 'take', 'add', 'rename', 'move', 'remove']),
    email: pick(random, world.people).email,
    person_id: pick(random, world.people).personId,
    typed: `${pick(random, world.people).email} ${pick(random, ['viewer', 'administrator'])}`,
    typed_name: random() < 0.5 ? nameOf(org) : other.word,
    under: other.word,
    request_id: pick(random, world.organizations).requestId ?? other.id,
    import_id: pick(random, world.imports).id,
    site_id: other.siteId,
    list_id: things.listId,
    mapping_id: pick(random, world.things).mappingId,
    text: 'a text that was typed',
    organization: other.id,
    plan: 'a plan',
  };
  // These alone make an act another one.
  const rare = { export: 'yes', allow: pick(random, ['yes', 'no']), leaving: other.id, command: pick(random, buttons) };
  const drawn = [
    ...Object.entries(inputs).filter(([name]) => name === 'action' || random() < 0.8),
    ...Object.entries(rare).filter(() => random() < 0.2),
  ];
  return Object.fromEntries(drawn);
}
