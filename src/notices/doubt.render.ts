// Somebody who looks like an administrator is not obeyed, as the administrators read of it.

import { doubtNotice } from './doubt.notice.ts';
import { doubtMessage } from './doubt.view.ts';
import { renders } from './notice.ts';

export const doubtRenderer = renders(doubtNotice, { render: (_deps, notice) => doubtMessage(notice) });
