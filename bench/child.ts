// A child process of the bench: started, awaited until it says that it is ready, weighed, and stopped.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';

export interface Child {
  /** From the start of the process to the line that says that it is ready. */
  readyMs: number;
  /** The rest of that line. */
  said: string;
  /** Resident memory in MB. */
  residentMb(): number;
  /** The most that was resident at a time, in MB; NaN where the system has no /proc. */
  peakMb(): number;
  /** Time that the processors have spent on it so far; NaN where the system has no /proc. */
  cpuMs(): number;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

const START_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 15_000;
/** As much of the output as an error shows. */
const TAIL = 2000;

export interface ChildOptions {
  /** How the line of its output begins that says that it is ready. */
  ready: string;
  env: Record<string, string>;
  cwd: string;
  nodeOptions?: string[];
}

/**
 * Runs a script with `node` in the folder `cwd`, with nothing of our environment but the path.
 * @throws where it ends, or is not ready within a minute, with the end of its output
 */
export async function startChild(script: string, options: ChildOptions): Promise<Child> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), script], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: options.cwd, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const cutOff = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
    await ended;
    clearTimeout(cutOff);
  }
  try {
    const said = await waitForLine(child, options.ready);
    return {
      readyMs: performance.now() - startedAtMs,
      said,
      residentMb: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)]).toString()) / 1024,
      peakMb: () => peakMbOf(child.pid ?? 0),
      cpuMs: () => cpuMsOf(child.pid ?? 0),
      stop,
    };
  } catch (error) {
    if (child.exitCode === null) await stop();
    throw new Error(`${script} ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** From then on its output is read and thrown away, which costs us least. */
function waitForLine(child: ChildProcess, ready: string): Promise<string> {
  let output = '';
  return new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}:\n${output.slice(-TAIL)}`));
    const timer = setTimeout(() => fail('is not ready after a minute'), START_PATIENCE_MS);
    const hear = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const said = output
        .split('\n')
        .map(wordsOf)
        .find((words) => words.startsWith(ready));
      if (said === undefined) return;
      clearTimeout(timer);
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', hear).resume();
      resolve(said.slice(ready.length).trim());
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', hear);
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}

/** A line of a log in JSON says what its `msg` says; any other says itself. */
function wordsOf(line: string): string {
  const [, message] = /"msg":"((?:[^"\\]|\\.)*)"/.exec(line) ?? [];
  return message ?? line;
}

/** Time that the processors have spent on a process. Fields 14 and 15 of proc(5)'s stat, in ticks of 10 ms, counted behind the name, which may hold spaces. */
export function cpuMsOf(pid: number): number {
  const statFile = `/proc/${pid}/stat`;
  if (!existsSync(statFile)) return Number.NaN;
  const fields = readFileSync(statFile, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The most that was resident of a process, in MB: proc(5)'s `VmHWM`, in kB; NaN where the system has none. */
export function peakMbOf(pid: number): number {
  const statusFile = `/proc/${pid}/status`;
  if (!existsSync(statusFile)) return Number.NaN;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(statusFile, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
