// The lean Webex and the load as a process of their own, controlled over HTTP by webex-child.ts.

import { startLeanWebex } from './lean-webex.ts';
import { type Load, runLoad } from './load.ts';

const webex = await startLeanWebex(async (path, body, running) => {
  switch (path) {
    case 'load':
      return runLoad(running, body as Load);
    case 'latency':
      return running.setLatencyMs((body as { ms: number }).ms);
    case 'people':
      return running.setPeople((body as { count: number }).count);
    case 'reset':
      return running.reset();
    default:
      throw new Error(`there is no control ${path}`);
  }
});
process.stdout.write(`ready ${webex.apiUrl}\n`);
