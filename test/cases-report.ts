// `npm run cases`: each case, and where it is proven. Ends with 1 where one is not.
import { cases, findProofs, kinds } from './cases.ts';

const proofs = findProofs();
let unproven = 0;
for (const [letter, kind] of Object.entries(kinds)) {
  process.stdout.write(`\n${kind}\n`);
  for (const [id, right] of Object.entries(cases).filter(([one]) => one.startsWith(letter))) {
    const places = proofs.filter((proof) => proof.id === id).map(({ file, line, title }) => `${file}:${line} ${title}`);
    if (places.length === 0) unproven++;
    const shown = places.length === 0 ? ['not proven'] : places;
    process.stdout.write(`${id.padEnd(4)}${right}\n${shown.map((place) => `      ${place}\n`).join('')}`);
  }
}
const total = Object.keys(cases).length;
process.stdout.write(`\n${total - unproven} of ${total} cases are proven.\n`);
process.exitCode = unproven === 0 ? 0 : 1;
