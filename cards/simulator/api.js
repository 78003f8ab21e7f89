// How the page reads and writes: messages and card inputs go through the REST API as the person, the rest through the page's own door.

async function request(path, { method = 'GET', token, body } = {}) {
  const headers = {
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
  const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new Error(answer?.message ?? `The simulator answered ${response.status}.`);
  return answer;
}

export const getStart = () => request('/chat/start');

export const listMessages = (roomId) => request(`/chat/rooms/${encodeURIComponent(roomId)}/messages`);

export const turnClock = (days) => request('/chat/clock', { method: 'POST', body: { days } });

/** Whether Webex renews the refresh token's 90 days with each refresh. */
export const setPolicy = (refreshRenews) => request('/chat/policy', { method: 'POST', body: { refreshRenews } });

export const postMessage = (token, message) => request('/v1/messages', { method: 'POST', token, body: message });

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
