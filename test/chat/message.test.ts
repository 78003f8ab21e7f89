// The message model by itself: any message, and what a button may name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { button, emphasized, inputsButton, linkButton } from '../../src/chat/buttons.ts';
import { readClickInputs } from '../../src/chat/click-inputs.ts';
import { cutToBytes, md } from '../../src/chat/markdown.ts';
import { type CardMessage, message } from '../../src/chat/message.ts';
import { messageMarkdown } from '../../src/chat/message-markdown.ts';
import { answerClick } from '../../src/chat/router.ts';
import type { Parts } from '../../src/parts.ts';
import { actions, commands } from '../helpers/registry.ts';
import { everyMessage, organizationId } from './every-message.ts';
import { hostileText } from './hostile-text.ts';
import { activeCharacters, faultsOf, partsOf, readMarkdown, renderMessage, shapeOf, textsOf } from './read-card.ts';

/** What a message is made of, without its texts: `texts` fills them in, by turns. */
const structures = fc.record({
  mark: fc.constantFrom('✅', '❌', '⚠️', '🚨', '⚪', undefined),
  hasLead: fc.boolean(),
  isBrief: fc.boolean(),
  hasTyped: fc.boolean(),
  blocks: fc.uniqueArray(
    fc.constantFrom(
      'text',
      'alert',
      'facts',
      'section',
      'rows',
      'terms',
      'log',
      'link',
      'choices',
      'fields',
      'folded',
      'buttons',
    ),
    { maxLength: 8 },
  ),
  length: fc.integer({ min: 1, max: 12 }),
  isCounted: fc.boolean(),
  hasNumbers: fc.boolean(),
});
type Structure = typeof structures extends fc.Arbitrary<infer T> ? T : never;

function messageOf(structure: Structure, texts: readonly string[]): CardMessage {
  let next = 0;
  const text = () => texts[next++ % texts.length] ?? '';
  const list = <T>(item: (index: number) => T): T[] =>
    Array.from({ length: structure.length }, (_, index) => item(index));
  const facts = () => list(() => ({ title: text(), value: text() }));
  const fields = (name: string) =>
    list((index) => {
      const input = {
        id: `${name}${index}`,
        label: text(),
        help: text(),
        value: text(),
        problem: index % 2 ? text() : null,
      };
      const kind = (['toggle', 'choice', 'text', 'notes'] as const)[index % 4] ?? 'text';
      return { ...input, kind, warning: text(), maxLength: 50, choices: [{ value: 'a', label: text() }] };
    });
  const buttons = () => [
    emphasized(button(text(), 'list')),
    inputsButton(text(), 'show'),
    linkButton(text(), 'https://hubkeeper.example.com/x'),
    ...list(() => button(text(), 'show', { organization_id: organizationId })),
  ];
  const make = {
    text: () => ({ kind: 'text', text: text() }) as const,
    alert: () => ({ kind: 'alert', text: text() }) as const,
    facts: () => ({ kind: 'facts', facts: facts() }) as const,
    section: () => ({ kind: 'section', title: text(), facts: facts() }) as const,
    rows: () =>
      ({
        kind: 'rows',
        isCounted: structure.isCounted,
        pick: { id: 'picked', label: text(), ask: text() },
        rows: list((index) => ({
          ...(structure.hasNumbers ? { number: index + 7 } : {}),
          name: text(),
          state: text(),
          value: `row ${index}`,
          ...(index % 2 ? { button: button(text(), 'refresh', { organization_id: organizationId }) } : {}),
        })),
      }) as const,
    terms: () => ({ kind: 'terms', terms: list(() => ({ term: text(), words: text() })) }) as const,
    log: () => ({ kind: 'log', title: text(), lines: list(text) }) as const,
    link: () => ({ kind: 'link', text: text(), url: 'https://hubkeeper.example.com/connect/a_b-c?d=(e)' }) as const,
    choices: () =>
      ({
        kind: 'choices',
        pick: { id: 'chosen', label: text(), ask: text() },
        choices: list((index) => ({ title: text(), value: `choice ${index}` })),
      }) as const,
    fields: () => ({ kind: 'fields', fields: fields('usual') }) as const,
    folded: () => ({ kind: 'folded', title: text(), fields: fields('more'), isOpen: structure.isCounted }) as const,
    buttons: () => ({ kind: 'buttons', buttons: buttons() }) as const,
  };
  return message({
    mark: structure.mark,
    title: text(),
    lead: structure.hasLead ? text() : undefined,
    isBrief: structure.isBrief,
    blocks: structure.blocks.map((kind) => make[kind]()),
    typed: structure.hasTyped ? md`Type **list**.` : undefined,
  });
}

const texts = fc.array(hostileText, { minLength: 1, maxLength: 12 });
const wholeMarkdown = (one: CardMessage): string => cutToBytes(messageMarkdown(one), Number.MAX_SAFE_INTEGER);

describe('any message', () => {
  it('has a valid card, of which every text stands in its Markdown', () => {
    fc.assert(
      fc.property(structures, texts, (structure, written) => {
        const one = messageOf(structure, written);
        const { card, markdown } = renderMessage(one);
        if (card === undefined) throw new Error('there is no card');
        expect(faultsOf(card)).toEqual([]);
        const whole = wholeMarkdown(one);
        const read = readMarkdown(whole);
        expect(textsOf(one, card).filter((text) => !read.includes(text))).toEqual([]);
        expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(7439);
        if (Buffer.byteLength(whole) <= 7439) expect(markdown).toBe(whole);
        else expect(whole.startsWith(markdown.slice(0, -1).trimEnd())).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps its shape whatever is written into it', () => {
    fc.assert(
      fc.property(structures, texts, (structure, written) => {
        const [hostile, harmless] = [messageOf(structure, written), messageOf(structure, ['x'])];
        expect(shapeOf(renderMessage(hostile).card)).toEqual(shapeOf(renderMessage(harmless).card));
        expect(activeCharacters(wholeMarkdown(hostile))).toEqual(activeCharacters(wholeMarkdown(harmless)));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a row', () => {
  const rows = [
    { number: 3, name: 'Acme', state: '❌ Lost: connect it again', value: 'a' },
    { number: 4, name: 'Borealis', state: '✅ Connected, 90 days left', value: 'b' },
  ];

  it('may carry its own button, beside its words on the card', () => {
    const [lost, well] = rows;
    if (!lost || !well) throw new Error('there are two rows');
    const reconnect = emphasized(button('Reconnect', 'connect', { organization_id: organizationId }));
    const one = message({
      title: '2 organizations',
      blocks: [{ kind: 'rows', rows: [{ ...lost, button: reconnect }, well], isCounted: true }],
    });
    const { card, markdown } = renderMessage(one);
    const [withButton, without] = partsOf(card?.body).filter(({ type }) => type === 'ColumnSet');
    expect(partsOf(withButton).filter(({ type }) => type === 'Action.Submit')).toEqual([
      {
        type: 'Action.Submit',
        title: 'Reconnect',
        data: { action: 'connect', organization_id: organizationId },
        style: 'positive',
        associatedInputs: 'none',
      },
    ]);
    expect(JSON.stringify(withButton)).toContain('Acme');
    expect(JSON.stringify(without)).not.toContain('Action');
    expect(markdown).toBe(
      '**2 organizations**\n\n3. **Acme** – ❌ Lost: connect it again  \n4. **Borealis** – ✅ Connected, 90 days left',
    );
  });

  it.each([
    [true, '3. **Acme** –'],
    [false, '- 3: **Acme** –'],
  ])('has its number in Markdown as it counts (%s): %s', (isCounted, start) => {
    expect(renderMessage(message({ title: 'List', blocks: [{ kind: 'rows', rows, isCounted }] })).markdown).toContain(
      start,
    );
  });
});

describe('a button', () => {
  it('of an unknown action, or without what the action needs, does not compile', () => {
    // @ts-expect-error: nobody answers this
    button('Fly', 'fly');
    // @ts-expect-error: of which organization?
    button('Show', 'show');
    // @ts-expect-error: no input of this action
    button('Show', 'show', { organization_id: organizationId, colour: 'red' });
    // @ts-expect-error: a number of days
    button('Snooze', 'snooze', { organization_id: organizationId, days: 'three' });
    expect(inputsButton('Show', 'show').data).toEqual({ action: 'show' });
  });

  it.each(Object.entries(everyMessage('Acme')))('of “%s” names an action that the router knows', async (_name, one) => {
    const submits = partsOf(renderMessage(one).card?.body).filter(({ type }) => type === 'Action.Submit');
    for (const { data } of submits) expect(await actionOf(data as Record<string, unknown>)).not.toBe('unknown');
  });

  it('of another version is told from those', async () => {
    expect(await actionOf({ action: 'fly' })).toBe('unknown');
  });
});

/** The action that the router sees in a click; `unknown` where it sees none. Nobody is let through, so that nothing is done. */
async function actionOf(inputs: Record<string, unknown>): Promise<unknown> {
  const seen: unknown[] = [];
  const count = (_metric: unknown, { command }: Record<string, string>) => seen.push(command);
  const db = { transaction: () => Promise.resolve() };
  const deps = { db, clock: { now: () => new Date() }, log: { info: () => {} }, meter: { count } } as unknown as Parts;
  await answerClick(
    deps,
    { commands, actions },
    {
      inputs: readClickInputs(inputs),
      actor: { personId: 'p', email: 'ada@example.com', webexOrgId: 'o', type: 'person', rights: 'none' },
      standing: {
        customer: { id: 'c', path: '/c/', name: 'C', kind: 'customer' },
        space: undefined,
        lastList: undefined,
        held: [],
        decided: [],
      },
      place: { roomId: 'r', parentMessageId: null },
      isDirect: true,
      eventId: 'e',
      cardMessageId: 'm',
    },
  );
  return seen[0];
}
