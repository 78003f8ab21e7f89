// `npm run bench`: measures the built program. `commands` is the default, others are `refresh`, `directory`, `people`, `idle`, `scale`, `import` and `discover`; `quick` measures less.

import { parseArgs } from 'node:util';
import { benchCommands } from './commands.ts';
import { benchDirectory } from './directory.ts';
import { benchDiscover } from './discover.ts';
import { benchIdle } from './idle.ts';
import { benchImport } from './import.ts';
import { benchPeople } from './people.ts';
import { benchRefresh } from './refresh.ts';
import { benchScale } from './scale.ts';

const benches = {
  commands: benchCommands,
  refresh: benchRefresh,
  directory: benchDirectory,
  people: benchPeople,
  idle: benchIdle,
  scale: benchScale,
  import: benchImport,
  discover: benchDiscover,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, only: { type: 'string' }, organizations: { type: 'string' } },
});
const isQuick = positionals.includes('quick');
const [name = 'commands', ...further] = positionals.filter((word) => word !== 'quick');
if (!Object.hasOwn(benches, name) || further.length > 0) {
  throw new Error(`There is no bench “${[name, ...further].join(' ')}”: say ${Object.keys(benches).join(', ')}.`);
}
const rounds = Number(values.rounds ?? (isQuick ? 1 : 3));
await benches[name as keyof typeof benches]({
  isQuick,
  rounds,
  only: values.only ?? '',
  organizations: (values.organizations?.split(',') ?? []).map(Number),
});
process.exit();
