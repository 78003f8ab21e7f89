// What a space reads where people of other Webex organizations would read along.

import { renders } from './notice.ts';
import { toldDirectlyNotice } from './told-directly.notice.ts';
import { toldDirectlyMessage } from './told-directly.view.ts';

export const toldDirectlyRenderer = renders(toldDirectlyNotice, {
  whenOverheard: () => 'told',
  render: (_deps, { what }) => toldDirectlyMessage({ what }),
});
