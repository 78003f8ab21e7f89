// Shows the messages of a space with their threads, and changes only what changed, so that a half-filled form stays as it is.

import { renderCard } from './card.js';

const timeOf = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayOf = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

const initials = (name) =>
  name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2);

function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

export function createMessageList({ list, scroller, token, onReply, onFocusLost }) {
  /** What is shown, by message id: the node and how often the message was edited when it was made. */
  let shown = new Map();
  let shownRoomId;
  /** Whether the reader stands at the end, and so wants to see what comes next. */
  let atEnd = true;
  scroller.addEventListener('scroll', () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  });

  function show(roomId, messages, earlier) {
    const otherRoom = roomId !== shownRoomId;
    if (otherRoom) shown = new Map();
    shownRoomId = roomId;
    const wasAtEnd = atEnd || otherRoom;
    const added = messages.filter(({ id }) => !shown.has(id));

    const focused = document.activeElement;
    const hadFocus = list.contains(focused);

    const next = new Map(messages.map((message) => [message.id, itemOf(message)]));
    shown = next;
    place(messages, earlier);
    // A form that went away, by Cancel or because it was saved, takes the focus along.
    if (hadFocus && !focused.isConnected) onFocusLost();
    const newest = added.at(-1);
    if (wasAtEnd) scroller.scrollTop = scroller.scrollHeight;
    if (newest === undefined || otherRoom) return;
    const { node } = next.get(newest.id);
    // A long form is read from its beginning, and a reply may stand in a thread further up.
    if (wasAtEnd && node.offsetHeight > scroller.clientHeight) node.scrollIntoView({ block: 'start' });
    else if (newest.parentId !== undefined) node.scrollIntoView({ block: 'nearest' });
  }

  function itemOf(message) {
    const before = shown.get(message.id);
    if (before?.edits === message.edits) return before;
    return { edits: message.edits, node: messageNode(message) };
  }

  /** Puts roots in order with a line for each new day, and replies below their root. */
  function place(messages, earlier) {
    const present = new Set(messages.map(({ id }) => id));
    const isReply = ({ parentId }) => parentId !== undefined && present.has(parentId);
    const rows = [];
    if (earlier > 0) rows.push(make('li', 'day', `${earlier} earlier messages are not shown`));
    let day;
    for (const message of messages) {
      if (isReply(message)) continue;
      const itsDay = dayOf.format(new Date(message.created));
      if (itsDay !== day) rows.push(make('li', 'day', itsDay));
      day = itsDay;
      rows.push(shown.get(message.id).node);
    }
    sync(list, rows);
    const replies = groupByParent(messages.filter(isReply));
    for (const { id } of messages.filter((message) => !isReply(message))) {
      const thread = shown.get(id).node.querySelector(':scope > .message-body > .thread');
      sync(
        thread,
        (replies.get(id) ?? []).map((reply) => shown.get(reply.id).node),
      );
    }
  }

  function messageNode(message) {
    const avatar = make('span', `avatar ${message.isBot ? 'bot' : ''}`, initials(message.author));
    avatar.setAttribute('aria-hidden', 'true');
    const time = make('time', 'quiet', timeOf.format(new Date(message.created)));
    time.dateTime = message.created;
    const head = make('div', 'message-head', make('strong', '', message.author));
    if (message.isBot) head.append(make('span', 'badge', 'Bot'));
    head.append(time);
    if (message.edits > 0) head.append(make('span', 'quiet', '(edited)'));
    if (message.parentId === undefined) {
      const reply = make('button', 'link reply', 'Reply in thread');
      reply.type = 'button';
      reply.addEventListener('click', () => onReply(message));
      head.append(reply);
    }

    const body = make('div', 'message-body', head);
    // A card's text is for clients that show no cards.
    if (message.hasText && !message.card) body.append(textNode(message.html));
    for (const file of message.files) body.append(fileNode(file));
    if (message.card) body.append(cardNode(message));
    body.append(make('ol', 'thread'));
    return make('li', 'message', avatar, body);
  }

  function cardNode(message) {
    return renderCard({ messageId: message.id, card: message.card, cardHtml: message.cardHtml, token });
  }

  /** Whoever writes wants to see what comes of it, wherever the reader stood. */
  const toEnd = () => {
    atEnd = true;
    scroller.scrollTop = scroller.scrollHeight;
  };

  return { show, toEnd };
}

/** The server rendered and escaped this HTML; it is parsed here without running anything. */
function textNode(html) {
  const text = make('div', 'message-text');
  text.append(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
  return text;
}

function fileNode({ id, name, isImage }) {
  const link = make('a', isImage ? 'file image' : 'file');
  link.href = `/chat/files/${encodeURIComponent(id)}`;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  if (isImage) link.append(Object.assign(document.createElement('img'), { src: link.href, alt: name }));
  else link.append(name);
  return link;
}

function groupByParent(replies) {
  const groups = new Map();
  for (const reply of replies) groups.set(reply.parentId, [...(groups.get(reply.parentId) ?? []), reply]);
  return groups;
}

/** Makes `parent` hold exactly `nodes`, touching only those that are new, gone or moved. */
function sync(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const node of nodes) {
    if (node === at) at = at.nextElementSibling;
    else parent.insertBefore(node, at);
  }
}
