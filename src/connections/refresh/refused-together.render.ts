// Grants of many unrelated people, refused together, as the administrators read of them.

import { renders } from '../../notices/notice.ts';
import { refusedTogetherNotice } from '../connection.notice.ts';
import { refusedTogetherMessage } from './refused-together.view.ts';

export const refusedTogetherRenderer = renders(refusedTogetherNotice, {
  render: (_deps, notice) => refusedTogetherMessage(notice),
});
