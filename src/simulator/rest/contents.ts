// GET /contents/{contentId}: the file of a message, for whoever may read the message.

import type { Parts } from '../parts.ts';
import { mayRead } from './access.ts';
import { notFound, ok, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world'>;

export function contentRoutes(deps: Deps): Route[] {
  const { world } = deps;
  return [
    {
      method: 'GET',
      path: '/contents/{contentId}',
      scopes: ['spark:messages_read'],
      handle(caller, call) {
        for (const message of world.messages.values()) {
          const file = message.files.find(({ id }) => id === call.params['contentId']);
          if (file === undefined || !mayRead(deps, caller.person, message)) continue;
          return ok(Buffer.from(file.base64, 'base64'), {
            'Content-Type': file.contentType,
            'Content-Disposition': `attachment; filename="${file.name}"`,
          });
        }
        throw notFound();
      },
    },
  ];
}
