// Begins with the files that take longest, so that none of them is left alone at the end of a run; and runs the files of a project one after the other.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By the beginnings of paths, the longest first; within one the larger files first, as Vitest itself would without an earlier run. */
const order = ['test/browser/', 'test/stories/faults', 'test/stories/', 'test/http/', 'test/db/'];

function rank({ moduleId }: TestSpecification): number {
  const found = order.findIndex((beginning) => moduleId.includes(`/${beginning}`));
  return found === -1 ? order.length : found;
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    // A worker whose next file is of another project ends, and with it the modules that it has loaded and its open database.
    const isSlow = (name: string) => name === 'browser' || name.startsWith('processes');
    const names = [...new Set(sorted.map(({ project }) => project.name))];
    const projects = names.toSorted((a, b) => Number(isSlow(b)) - Number(isSlow(a)));
    const place = ({ project }: TestSpecification) => projects.indexOf(project.name);
    return sorted.toSorted((a, b) => place(a) - place(b) || rank(a) - rank(b));
  }
}
