// What the parts of the simulator share: the world, its time, and the one way to say that something changed.

import type { AttachmentAction, Membership, Message, Room, World } from './world.ts';
import type { ServiceApp } from './world-services.ts';

/** Something that happened in the world: webhooks are sent for it and the chat page shows it. */
export type Happening =
  | { resource: 'messages'; event: 'created' | 'updated' | 'deleted'; actorId: string; message: Message }
  | { resource: 'memberships'; event: 'created' | 'updated' | 'deleted'; actorId: string; membership: Membership }
  | { resource: 'rooms'; event: 'created' | 'updated'; actorId: string; room: Room }
  | { resource: 'attachmentActions'; event: 'created'; actorId: string; action: AttachmentAction }
  /** `orgId`: where a full administrator has authorized the app, or ended that. */
  | {
      resource: 'serviceApp';
      event: 'authorized' | 'deauthorized';
      actorId: string;
      orgId: string;
      app: ServiceApp;
    }
  /** Nothing that Webex would tell: the clock, a person's rights, a fault. */
  | {
      resource: 'simulator';
      event:
        | 'clock'
        | 'people'
        | 'webhooks'
        | 'switches'
        | 'faults'
        | 'licenses'
        | 'locations'
        | 'workspaces'
        | 'wholesale'
        | 'contact-center'
        | 'service-apps'
        | 'managed';
    };

export interface Parts {
  world: World;
  /** The simulator's time: real time plus what the clock was turned forward. */
  now(): Date;
  /** Remember the world as it is now. */
  changed(): void;
  /** Remember it, and tell the webhooks and the chat page. */
  happened(happening: Happening): void;
  /** `http://localhost:<port>`; known once the simulator listens. */
  url(): string;
}
