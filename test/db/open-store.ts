// A process that opens the store of its environment, says so, and holds it until it is killed or its input ends.
// One queue, since all of the features' would be loaded for longer than the rest takes.
import { inboxJob } from '../../src/chat/inbox.job.ts';
import { openDatabase } from '../../src/db/open/open.ts';

try {
  const database = await openDatabase({
    url: process.env['DATABASE_URL'],
    dataDir: process.env['DATA_DIR'] ?? '',
    queues: [inboxJob],
  });
  process.stdout.write('open\n');
  process.stdin.on('end', () => {
    void database.close();
  });
  process.stdin.resume();
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
