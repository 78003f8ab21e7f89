// Keeps a transaction's page true to what happens. The server sends the page's <main> at once and after each change; only what differs is
// touched, so that a screen reader announces that alone and nothing jumps.

const shortestWaitMs = 5000;
const longestWaitMs = 30_000;
let failures = 0;

const main = () => document.querySelector('main');

/** Listens until the transaction has ended. The browser connects again by itself where the connection is cut. */
function follow() {
  const { events } = main().dataset;
  if (events === undefined) return;
  const source = new EventSource(events);
  source.addEventListener('open', reached);
  source.addEventListener('message', ({ data }) => {
    show(data);
    if (main().dataset.events === undefined) source.close();
  });
  source.addEventListener('error', () => {
    // Refused, since many look already or the address has expired: the page itself is asked instead, now and then.
    if (source.readyState === EventSource.CLOSED) setTimeout(lookAgain, waitMs());
    else lost();
  });
}

async function lookAgain() {
  try {
    const response = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    if (response.status >= 500 || response.status === 429) throw new Error(`the page answered ${response.status}`);
    show(await response.text());
    reached();
    follow();
  } catch {
    failures += 1;
    lost();
    setTimeout(lookAgain, waitMs());
  }
}

const waitMs = () => Math.min(longestWaitMs, shortestWaitMs * 2 ** failures);

function reached() {
  failures = 0;
  say('');
}

function lost() {
  say('The connection was lost. Trying again…');
}

function say(text) {
  const line = document.getElementById('connection');
  if (line.textContent !== text) line.textContent = text;
}

function show(html) {
  const next = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
  if (next === null) return;
  bringTo(main(), next);
  document.title = `${main().querySelector('h1').textContent} · Hubkeeper`;
}

/** Makes `node` the same as `next`, keeping every part of it that is the same already. */
function bringTo(node, next) {
  if (node.nodeName !== next.nodeName) {
    node.replaceWith(next);
    return;
  }
  if (!(node instanceof Element)) {
    if (node.nodeValue !== next.nodeValue) node.nodeValue = next.nodeValue;
    return;
  }
  for (const { name } of [...node.attributes]) if (!next.hasAttribute(name)) node.removeAttribute(name);
  for (const { name, value } of next.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  const before = [...node.childNodes];
  const after = [...next.childNodes];
  after.forEach((child, index) => {
    const old = before[index];
    if (old) bringTo(old, child);
    else node.append(child);
  });
  for (const child of before.slice(after.length)) child.remove();
}

follow();
