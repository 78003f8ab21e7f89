// What a message says: its Markdown rendered to HTML and text, with the people and groups that it mentions.

import { escapeHtml, type MentionOf, renderMarkdown } from '../markdown.ts';
import type { Parts } from '../parts.ts';
import type { Message } from '../world.ts';
import { membersOf } from './access.ts';

type Said = Pick<Message, 'mentionedPeople' | 'mentionedGroups'> & Partial<Pick<Message, 'text' | 'markdown' | 'html'>>;

/** The texts of a message in a room. Only members of the room can be mentioned; another mention stays as its label. */
export function said(
  deps: Pick<Parts, 'world'>,
  input: { roomId: string; text?: string | undefined; markdown?: string | undefined },
): Said {
  if (!input.markdown) {
    return { ...(input.text === undefined ? {} : { text: input.text }), mentionedPeople: [], mentionedGroups: [] };
  }
  const members = membersOf(deps, input.roomId);
  const people = new Set<string>();
  const groups = new Set<string>();
  const mentionOf: MentionOf = (kind, value, label) => {
    if (kind === 'all') {
      groups.add('all');
      return {
        html: '<spark-mention data-object-type="groupMention" data-group-type="all">All</spark-mention>',
        text: 'All',
      };
    }
    const member = members.find((one) =>
      kind === 'personId' ? one.personId === value : one.personEmail === value.toLowerCase(),
    );
    if (member === undefined) return undefined;
    people.add(member.personId);
    const name = label || member.personDisplayName;
    return {
      html: `<spark-mention data-object-type="person" data-object-id="${member.personId}">${escapeHtml(name)}</spark-mention>`,
      text: name,
    };
  };
  const { html, text } = renderMarkdown(input.markdown, mentionOf);
  return {
    markdown: input.markdown,
    html,
    text: text || (input.text ?? ''),
    mentionedPeople: [...people],
    mentionedGroups: [...groups],
  };
}
