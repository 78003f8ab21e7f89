// Renders an Adaptive Card as Webex shows it, and sends what was typed into it as the person.

import { submitCard } from './api.js';

const { AdaptiveCard, HostConfig, SubmitAction, OpenUrlAction } = globalThis.AdaptiveCards;

const color = (name, quiet = name) => ({ default: `var(--${name})`, subtle: `var(--${quiet})` });
const foregroundColors = {
  default: color('text', 'quiet'),
  dark: color('text', 'quiet'),
  light: color('quiet'),
  accent: color('accent'),
  good: color('good'),
  warning: color('warning'),
  attention: color('bad'),
};
const plain = { backgroundColor: 'transparent', borderColor: 'transparent', foregroundColors };

const hostConfig = new HostConfig({
  fontFamily: 'inherit',
  spacing: { small: 4, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  fontSizes: { small: 13, default: 15, medium: 17, large: 20, extraLarge: 25 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  imageSizes: { small: 40, medium: 80, large: 160 },
  containerStyles: {
    default: plain,
    emphasis: { ...plain, backgroundColor: 'var(--hover)' },
    good: plain,
    attention: { ...plain, backgroundColor: 'var(--bad-soft)' },
    warning: plain,
    accent: { ...plain, backgroundColor: 'var(--accent-soft)' },
  },
  actions: {
    // Webex's desktop clients show five buttons of an action set.
    maxActions: 5,
    spacing: 'medium',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', size: 'small', spacing: 'small' },
  },
  factSet: { title: { weight: 'bolder', maxWidth: 250, wrap: true }, value: { wrap: true }, spacing: 16 },
});

/** HTML of every text in the cards shown so far. The server rendered them; a text that it did not see stays as it is. */
const htmlOf = new Map();
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = htmlOf.get(text);
  result.didProcess = result.outputHtml !== undefined;
};

export function renderCard({ messageId, card, cardHtml, token }) {
  const frame = document.createElement('div');
  frame.className = 'card';
  const status = document.createElement('p');
  status.className = 'card-status';
  status.setAttribute('role', 'status');

  for (const [text, html] of Object.entries(cardHtml)) htmlOf.set(text, html);
  const adaptiveCard = new AdaptiveCard();
  adaptiveCard.hostConfig = hostConfig;
  adaptiveCard.onExecuteAction = async (action) => {
    if (action instanceof OpenUrlAction) {
      if (/^https?:/i.test(action.url ?? '')) window.open(action.url, '_blank', 'noopener,noreferrer');
      return;
    }
    if (!(action instanceof SubmitAction)) return;
    status.textContent = 'Sending…';
    frame.classList.remove('failed');
    try {
      await submitCard(token(), messageId, action.data ?? {});
      status.textContent = 'Sent';
    } catch (error) {
      frame.classList.add('failed');
      status.textContent = `This was not sent. ${error.message}`;
    }
  };
  try {
    adaptiveCard.parse(card);
    frame.append(ownIds(adaptiveCard.render(), messageId));
  } catch (error) {
    frame.append(`This card cannot be shown: ${error.message}`);
  }
  frame.append(status);
  // Seen on the way down: cards stop their clicks.
  frame.addEventListener('click', (event) => keepFocus(frame, event.target.closest('button')), { capture: true });
  return frame;
}

/** Attributes that name other elements by their ids. */
const references = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'name'];

/** Ids are a card's own, and two forms may be in sight: each element gets one that the page has once. */
function ownIds(root, messageId) {
  const own = new Map([...root.querySelectorAll('[id]')].map((element) => [element.id, `${messageId}-${element.id}`]));
  for (const [id, unique] of own) root.querySelector(`[id="${CSS.escape(id)}"]`).id = unique;
  for (const name of references) {
    for (const element of root.querySelectorAll(`[${name}]`)) {
      const ids = element.getAttribute(name).split(' ');
      element.setAttribute(name, ids.map((id) => own.get(id) ?? id).join(' '));
    }
  }
  return root;
}

/** A button that hides itself hands the focus on to the first field behind it: there the person goes on. */
function keepFocus(frame, pressed) {
  if (pressed === null) return;
  setTimeout(() => {
    if (!pressed.isConnected || pressed.offsetParent !== null) return;
    const isBehind = (element) => pressed.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    const fields = [...frame.querySelectorAll('input, select, textarea, button')];
    fields.find((element) => isBehind(element) && element.offsetParent !== null)?.focus();
  });
}
