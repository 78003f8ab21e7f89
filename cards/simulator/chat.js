// The chat page: holds who you are and which space is open, and keeps what is shown true to what happens.

import { follow, getStart, listMessages, postMessage, setPolicy, turnClock } from './api.js';
import { createGuide } from './guide.js';
import { createMessageList } from './messages.js';

const element = (id) => document.getElementById(id);
const state = { start: undefined, player: undefined, roomId: undefined, replyTo: undefined, mention: true };
const unread = new Set();

const messageList = createMessageList({
  list: element('thread-list'),
  scroller: element('messages'),
  token: () => state.player.token,
  onReply: (message) => replyTo(message),
  onFocusLost: () => element('composer-text').focus(),
});
const guide = createGuide({
  say: (text) => say(text),
  turnClock: async (days) => guide.showClock((await turnClock(days)).now),
  setPolicy,
  lived: async () => (await getStart()).lived,
});

async function begin() {
  state.start = await getStart();
  const { people } = state.start;
  const remembered = sessionStorage.getItem('player');
  state.player = people.find(({ personId }) => personId === remembered) ?? people[0];
  if (!currentRoom())
    state.roomId = state.player.rooms.find(({ type }) => type === 'group')?.id ?? state.player.rooms[0]?.id;
  guide.showOrganizations(state.start);
  guide.showClock(state.start.now);
  guide.showPolicy(state.start.refreshRenews);
  showPlayers();
  showRooms();
  await showMessages();
}

const currentRoom = () => state.player?.rooms.find(({ id }) => id === state.roomId);

function showPlayers() {
  element('players').replaceChildren(
    ...state.start.people.map((person) => {
      const label = document.createElement('label');
      const radio = Object.assign(document.createElement('input'), {
        type: 'radio',
        name: 'player',
        value: person.personId,
        checked: person.personId === state.player.personId,
      });
      radio.addEventListener('change', () => play(person));
      const text = document.createElement('span');
      const [firstName, ...rest] = person.displayName.split(' ');
      const name = Object.assign(document.createElement('strong'), { textContent: firstName });
      name.append(
        Object.assign(document.createElement('span'), { className: 'rest-of-name', textContent: ` ${rest.join(' ')}` }),
      );
      text.append(
        name,
        Object.assign(document.createElement('span'), { className: 'quiet', textContent: person.title ?? '' }),
      );
      label.append(radio, text);
      return label;
    }),
  );
}

async function play(person) {
  state.player = person;
  sessionStorage.setItem('player', person.personId);
  if (!currentRoom()) state.roomId = person.rooms[0]?.id;
  replyTo(undefined);
  showRooms();
  await showMessages();
}

function showRooms() {
  const room = currentRoom();
  element('rooms').replaceChildren(
    ...state.player.rooms.map(({ id, title, type }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'room';
      if (id === state.roomId) button.setAttribute('aria-current', 'page');
      const icon = Object.assign(document.createElement('span'), {
        className: `avatar ${type === 'direct' ? 'bot' : ''}`,
        textContent: title.charAt(0),
      });
      icon.setAttribute('aria-hidden', 'true');
      const name = Object.assign(document.createElement('span'), { className: 'room-name', textContent: title });
      button.append(icon, name);
      if (unread.has(id)) {
        button.append(Object.assign(document.createElement('span'), { className: 'unread', title: 'New messages' }));
      }
      button.addEventListener('click', () => openRoom(id));
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
  element('room-title').textContent = room?.title ?? 'No space';
  element('room-members').textContent = room?.type === 'group' ? room.members.join(', ') : 'Direct messages';
  const isGroup = room?.type === 'group';
  element('mention').hidden = !isGroup;
  element('mention').textContent = `@${state.start.bot.displayName}`;
  element('composer-text').placeholder = isGroup ? 'Try help or add' : `Write to ${room?.title ?? ''}`;
}

async function openRoom(roomId) {
  state.roomId = roomId;
  unread.delete(roomId);
  replyTo(undefined);
  showRooms();
  element('messages').setAttribute('aria-busy', 'true');
  await showMessages();
}

async function showMessages() {
  const { roomId } = state;
  const placeholder = element('placeholder');
  if (roomId === undefined) return;
  try {
    const { items, earlier } = await listMessages(roomId);
    if (roomId !== state.roomId) return;
    messageList.show(roomId, items, earlier);
    placeholder.hidden = items.length > 0;
    placeholder.textContent = 'Nothing was said here yet. Say add to Hubkeeper, or help to see what it can do.';
  } catch (error) {
    placeholder.hidden = false;
    placeholder.textContent = `The messages could not be read. ${error.message}`;
  } finally {
    element('messages').setAttribute('aria-busy', 'false');
  }
}

function replyTo(message) {
  state.replyTo = message;
  element('replying').hidden = message === undefined;
  if (message === undefined) return;
  element('replying-to').textContent = `Replying to ${message.author}`;
  element('composer-text').focus();
}

/** Posts `text` as the person; whoever types the mention by hand means the same as the button beside the box. */
async function say(text, parentId, file) {
  const { bot } = state.start;
  const typed = `@${bot.displayName}`;
  const isTyped = text.toLowerCase().startsWith(typed.toLowerCase());
  const isMention = currentRoom()?.type === 'group' && (state.mention || isTyped);
  const mention = isMention ? `<@personId:${bot.personId}|${bot.displayName}> ` : '';
  const markdown = mention + (isTyped ? text.slice(typed.length).trimStart() : text);
  messageList.toEnd();
  await postMessage(state.player.token, { roomId: state.roomId, parentId, markdown, file });
}

element('composer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const box = element('composer-text');
  const problem = element('composer-problem');
  const text = box.value.trim();
  const file = element('file').files[0];
  if (text === '' && file === undefined) return;
  problem.hidden = true;
  box.value = '';
  grow(box);
  try {
    await say(text, state.replyTo?.id, file);
    replyTo(undefined);
    attach(undefined);
  } catch (error) {
    box.value = text;
    grow(box);
    problem.textContent = `This was not sent. ${error.message}`;
    problem.hidden = false;
  }
});

function grow(box) {
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
}

element('composer-text').addEventListener('input', (event) => grow(event.target));
element('composer-text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    element('composer').requestSubmit();
  }
  if (event.key === 'Escape') replyTo(undefined);
});
/** Shows the file that goes with the message; undefined takes it off. */
function attach(file) {
  if (file === undefined) element('file').value = '';
  element('attached').hidden = file === undefined;
  element('attached-name').textContent = file?.name ?? '';
}

element('attach').addEventListener('click', () => element('file').click());
element('file').addEventListener('change', (event) => attach(event.target.files[0]));
element('attached-remove').addEventListener('click', () => attach(undefined));
element('replying-cancel').addEventListener('click', () => replyTo(undefined));
element('mention').addEventListener('click', () => {
  state.mention = !state.mention;
  element('mention').setAttribute('aria-pressed', String(state.mention));
  element('composer-text').focus();
});

/** Runs `work` again when something happened while it ran, but never twice at once. */
function coalesced(work) {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await work();
    }
    running = false;
  };
}

const refreshMessages = coalesced(showMessages);

follow({
  happened({ resource, event, roomId }) {
    if (state.start === undefined) return;
    if (resource === 'messages') {
      if (roomId === state.roomId) refreshMessages();
      else if (event === 'created') {
        unread.add(roomId);
        showRooms();
      }
    } else if (
      resource === 'rooms' ||
      resource === 'memberships' ||
      event === 'people' ||
      event === 'clock' ||
      event === 'switches'
    ) {
      restart();
    }
  },
  afresh: restart,
  connected(connected) {
    element('connection').hidden = connected;
    element('connection').textContent = connected ? '' : 'The connection was lost. Trying again…';
  },
});

/** Reads everything again; a half-filled form stays, as only what changed is drawn anew. */
function restart() {
  return begin().catch((error) => {
    element('placeholder').hidden = false;
    element('placeholder').textContent =
      `The simulator could not be reached. ${error.message} Reload this page to try again.`;
  });
}

restart();
