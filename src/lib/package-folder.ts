// Where the package lies: `cards`, `migrations` and `dist` are found from there, by a file of src and by a built program alike.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a file or folder of the package; `names` lead to it from the folder of package.json. */
export const inPackage = (...names: readonly string[]): string => join(packageFolder, ...names);

const packageFolder = folderAbove(dirname(fileURLToPath(import.meta.url)));

/** The nearest folder with a package.json. */
function folderAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('package.json is missing beside the program');
  return folderAbove(above);
}
