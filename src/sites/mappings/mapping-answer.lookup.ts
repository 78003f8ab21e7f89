// Changes mappings and answers with what that means for the sites that exist.

import type { Answer } from '../../chat/answer.ts';
import type { ChangeDeps, Changing } from '../changing.ts';
import { nodeWords } from '../node-words.ts';
import { removeMapping, saveMapping } from './change-mapping.ts';
import { mappingChangedMessage, mappingGoneMessage, mappingTakenMessage } from './mappings.view.ts';
import { movesOf } from './moves.ts';

/** Saves a mapping. */
export async function answerMapping(
  deps: ChangeDeps,
  asked: Changing & { id?: string | undefined; nodeId: string; text: string },
): Promise<Answer> {
  const { db } = deps;
  const result = await saveMapping(deps, asked);
  switch (result.outcome) {
    case 'gone':
      return { content: mappingGoneMessage };
    case 'taken': {
      const { customer, existing } = result;
      return { content: mappingTakenMessage({ text: existing.text, customer, mappingId: existing.id }) };
    }
    case 'saved': {
      const { customer, node, text } = result;
      const words = await nodeWords(db, { scope: asked.scope, nodes: [node] });
      const { moves } = await movesOf(db, customer);
      return { content: mappingChangedMessage({ customer, text, node: words(node.id), misplaced: moves.length }) };
    }
  }
}

/** Removes a mapping. */
export async function answerRemoval(deps: ChangeDeps, asked: Changing & { id: string }): Promise<Answer> {
  const result = await removeMapping(deps, asked);
  if (result.outcome === 'gone') return { content: mappingGoneMessage };
  const { customer, text } = result;
  const { moves } = await movesOf(deps.db, customer);
  return { content: mappingChangedMessage({ customer, text, node: null, misplaced: moves.length }) };
}
