// An API that Cisco has switched off, as the administrators read of it.

import { renders } from '../notices/notice.ts';
import { switchedOffNotice } from './switched-off.notice.ts';
import { switchedOffMessage } from './switched-off.view.ts';

export const switchedOffRenderer = renders(switchedOffNotice, {
  render: (_deps, notice) => switchedOffMessage(notice),
});
