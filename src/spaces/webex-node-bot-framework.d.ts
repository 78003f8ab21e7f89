// The part of webex-node-bot-framework that the adapter beside this file uses; the package brings no types.

declare module 'webex-node-bot-framework' {
  import type { EventEmitter } from 'node:events';

  namespace Framework {
    interface Options {
      token: string;
      webhookUrl: string;
      removeWebhooksOnStart: boolean;
      maxStartupSpaces: number;
    }
    /** Webex's answer as it came: only the id is sure. */
    interface Room {
      id: string;
      title?: unknown;
      type?: unknown;
    }
    interface Membership {
      id: string;
      roomId: string;
      personId: string;
    }
    interface Bot {
      room: Room;
    }
    interface Webhook {
      name: string;
    }
    /** The framework's SDK, as far as the framework asks it for webhooks. */
    interface Sdk {
      webhooks: {
        list(): Promise<{ items: Webhook[] }>;
        create(webhook: Webhook): Promise<Webhook>;
        remove(webhook: Webhook): Promise<void>;
      };
    }
  }

  class Framework extends EventEmitter {
    constructor(options: Framework.Options);
    start(): Promise<boolean>;
    stop(): Promise<boolean>;
    getWebexSDK(): Framework.Sdk;
    getBotByRoomId(roomId: string): Framework.Bot | undefined;
    /** The two that the framework's own webhook handler calls with a membership that it has read. */
    onMembershipCreated(membership: Framework.Membership, actorId: string | undefined): Promise<boolean>;
    onMembershipDeleted(membership: Framework.Membership, actorId: string | undefined): Promise<boolean>;
  }

  export = Framework;
}
