// How the page reads and writes: messages and card inputs go through the REST API as the person, the rest through the page's own door.

async function request(path, { method = 'GET', token, body } = {}) {
  const isJson = body !== undefined && !(body instanceof FormData);
  const headers = {
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(isJson ? { 'Content-Type': 'application/json' } : {}),
  };
  const response = await fetch(path, { method, headers, body: isJson ? JSON.stringify(body) : body });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new Error(answer?.message ?? `The simulator answered ${response.status}.`);
  return answer;
}

export const getStart = () => request('/chat/start');

export const listMessages = (roomId) => request(`/chat/rooms/${encodeURIComponent(roomId)}/messages`);

export const turnClock = (days) => request('/chat/clock', { method: 'POST', body: { days } });

/** Whether Webex renews the refresh token's 90 days with each refresh. */
export const setPolicy = (refreshRenews) => request('/chat/policy', { method: 'POST', body: { refreshRenews } });

/** A message with a file goes as a form, as Webex takes it. */
export function postMessage(token, { file, ...message }) {
  if (file === undefined) return request('/v1/messages', { method: 'POST', token, body: message });
  const form = new FormData();
  for (const [name, value] of Object.entries(message)) if (value) form.set(name, value);
  form.set('files', file, file.name);
  return request('/v1/messages', { method: 'POST', token, body: form });
}

export const submitCard = (token, messageId, inputs) =>
  request('/v1/attachment/actions', { method: 'POST', token, body: { type: 'submit', messageId, inputs } });

/**
 * Follows what happens. The browser connects again by itself and names the last event it saw, so that nothing is missed;
 * `afresh` is called where too much was missed, or the simulator was started anew.
 */
export function follow({ happened, afresh, connected }) {
  const events = new EventSource('/chat/events');
  events.addEventListener('open', () => connected(true));
  events.addEventListener('error', () => connected(false));
  events.addEventListener('message', (event) => happened(JSON.parse(event.data)));
  events.addEventListener('afresh', () => afresh());
}
