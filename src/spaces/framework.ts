// The one place that knows webex-node-bot-framework: it keeps track of the spaces that the bot is in. Commands and cards do not pass through it.

import { withTimeout } from '../lib/with-timeout.ts';
import type { Log } from '../log.ts';
import { WebexUnavailable } from '../webex/errors.ts';

/** A space, as the framework read it. */
export interface KnownSpace {
  roomId: string;
  type: 'direct' | 'group';
  title: string;
}

/** A change of the bot's own membership, as the webhook sent it. */
export interface MembershipChange {
  membershipId: string;
  roomId: string;
  personId: string;
  actorId: string | undefined;
}

export interface Spaces {
  /**
   * The bot was added to a space: reads what kind of space it is.
   * @throws WebexUnavailable where Webex does not answer
   */
  joined(change: MembershipChange): Promise<KnownSpace>;
  /** The bot was removed from a space. */
  left(change: MembershipChange): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The framework costs a second of start-up and 100 MB, and is needed only when a membership changes: it is loaded then.
 *
 * Its known weaknesses, and what keeps them out: it would delete all of the token's webhooks and create its own unwatched
 * (its SDK's webhook calls are answered here; ours are kept by `webex/webhooks`); it starts one object per space in sequence
 * (`maxStartupSpaces: 0`); its handler of `error` throws (removed); events that it fails to read are lost (it is handed
 * verified ones from the durable inbox, and a space that it could not read is an error here, to be tried again); it keeps a space of
 * which Webex said too little (an error here, and made anew at the next change); it waits for ever for an answer that does not come
 * (ended after `timeoutMs`, and made anew at the next change).
 */
export function createSpaces(options: {
  botToken: string;
  apiUrl: string;
  publicUrl: string;
  log: Log;
  /** For all calls that read a space; 25,000 by default. */
  timeoutMs?: number | undefined;
}): Spaces {
  let started: ReturnType<typeof startFramework> | undefined;

  function framework() {
    started ??= startFramework(options).catch((error: unknown) => {
      started = undefined;
      throw new WebexUnavailable('the bot framework could not start', {
        reason: 'network',
        route: 'GET /people/me',
        cause: error,
      });
    });
    return started;
  }

  async function read(change: MembershipChange): Promise<KnownSpace> {
    const spaces = await framework();
    await spaces.onMembershipCreated(membershipOf(change), change.actorId);
    const room = spaces.getBotByRoomId(change.roomId)?.room;
    if (!room) {
      // The framework prints the cause to the console and returns false.
      throw new WebexUnavailable('a space could not be read', { reason: 'network', route: 'GET /rooms/{id}' });
    }
    if ((room.type !== 'direct' && room.type !== 'group') || typeof room.title !== 'string') {
      // The framework keeps what it has read, and would not ask again.
      started = undefined;
      throw new WebexUnavailable('a space was read in part', { reason: 'malformed', route: 'GET /rooms/{id}' });
    }
    return { roomId: room.id, type: room.type, title: room.title };
  }

  return {
    async joined(change) {
      try {
        return await withTimeout(options.timeoutMs ?? 25_000, read(change));
      } catch (error) {
        if (error instanceof WebexUnavailable) throw error;
        started = undefined;
        throw new WebexUnavailable('a space was not read in time', {
          reason: 'timeout',
          route: 'GET /rooms/{id}',
          cause: error,
        });
      }
    },
    async left(change) {
      if (started) await (await started).onMembershipDeleted(membershipOf(change), change.actorId);
    },
    async stop() {
      if (started) await (await started).stop();
    },
  };
}

const membershipOf = ({ membershipId, roomId, personId }: MembershipChange) => ({ id: membershipId, roomId, personId });

async function startFramework({
  botToken,
  apiUrl,
  publicUrl,
  log,
}: Omit<Parameters<typeof createSpaces>[0], 'timeoutMs'>) {
  // The SDK reads these when it is loaded. It looks for a catalog of Webex's inner services, which REST does not need: at our own API address it finds none
  // and asks nobody else. What it logs about that is of no use.
  process.env['HYDRA_SERVICE_URL'] = apiUrl;
  process.env['U2C_SERVICE_URL'] = apiUrl;
  process.env['WEBEX_LOG_LEVEL'] ??= 'silent';
  const { default: Framework } = await import('webex-node-bot-framework');
  const framework = new Framework({
    token: botToken,
    webhookUrl: publicUrl,
    removeWebhooksOnStart: false,
    maxStartupSpaces: 0,
  });
  framework.removeAllListeners('error');
  framework.on('error', (error) => log.error({ err: error, part: 'framework' }, 'the bot framework reported an error'));
  const starting = framework.start();
  // start() has made the SDK by now. It asks the SDK for webhooks only after Webex's first answer.
  const { webhooks } = framework.getWebexSDK();
  webhooks.list = async () => ({ items: [] });
  webhooks.create = async (webhook) => webhook;
  webhooks.remove = async () => undefined;
  await starting;
  return framework;
}
