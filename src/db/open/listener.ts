// LISTEN on a connection of its own, for all channels of this process. It is made anew whenever it is lost.

import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import { type Database, describeDatabaseError } from '../database.ts';
import type { Connection, ConnectionOptions } from './connection.ts';

/** How often the connection is asked whether it lives. Nothing else would show that its packets get lost. */
const checkMs = 8_000;
const silentMs = 5_000;
const retryMs = 1_000;

type Open = (options: Pick<ConnectionOptions, 'silentMs' | 'notified' | 'ended'>) => Connection;

interface Channel {
  name: string;
  heard(payload: string): void;
  ready(): void;
}

/** The connection opens with the first channel and closes after the last. */
export function createListener(open: Open, log: Log | undefined): Pick<Database, 'listen' | 'close'> {
  const channels = new Set<Channel>();
  let connection: Connection | undefined;
  let checking: NodeJS.Timeout | undefined;
  let isClosed = false;

  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

  function connected(): Connection {
    if (connection) return connection;
    const opened = open({
      silentMs,
      notified(name, payload) {
        for (const channel of channels) if (channel.name === name) channel.heard(payload);
      },
      ended() {
        if (connection !== opened) return;
        connection = undefined;
        clearInterval(checking);
        if (channels.size > 0) void listenAgain();
      },
    });
    connection = opened;
    // A failed check drops the connection by itself.
    checking = setInterval(() => void opened.ask('select 1').catch(() => {}), checkMs);
    return opened;
  }

  async function listenAgain(): Promise<void> {
    log?.info({ part: 'database' }, 'the connection that hears of changes was lost, and is made anew');
    while (channels.size > 0 && !isClosed) {
      try {
        const used = connected();
        const wanted = [...channels];
        for (const { name } of wanted) await used.ask(`listen ${quoted(name)}`);
        for (const channel of wanted) if (channels.has(channel)) channel.ready();
        return;
      } catch (error) {
        const { code, message: reason } = describeDatabaseError(error);
        log?.debug({ part: 'database', code, reason }, 'changes cannot be listened for');
        await delay(retryMs, undefined, { ref: false });
      }
    }
  }

  async function leave(channel: Channel): Promise<void> {
    if (!channels.delete(channel)) return;
    if (channels.size === 0) return closeConnection();
    const isShared = [...channels].some(({ name }) => name === channel.name);
    if (!isShared && connection) await connection.ask(`unlisten ${quoted(channel.name)}`);
  }

  async function closeConnection(): Promise<void> {
    clearInterval(checking);
    const closing = connection;
    connection = undefined;
    await closing?.close();
  }

  return {
    async listen(name, heard, ready) {
      const channel: Channel = { name, heard, ready };
      await connected().ask(`listen ${quoted(name)}`);
      channels.add(channel);
      ready();
      return () => leave(channel);
    },
    async close() {
      isClosed = true;
      channels.clear();
      await closeConnection();
    },
  };
}
