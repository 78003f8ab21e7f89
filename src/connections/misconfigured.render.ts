// Our own integration, refused by Webex, as the administrators read of it.

import { renders } from '../notices/notice.ts';
import { misconfiguredNotice } from './connection.notice.ts';
import { misconfiguredMessage } from './misconfigured.view.ts';

export const misconfiguredRenderer = renders(misconfiguredNotice, {
  render: (_deps, notice) => misconfiguredMessage(notice),
});
