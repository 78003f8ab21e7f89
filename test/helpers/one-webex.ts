// The SDK under the bot framework reads the address of Webex once a process, when it is loaded. So each Webex that it is to reach stands at the same
// address of its process, one after the other.
import { createSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/simulator.ts';

let port = 0;

/** A started simulator that the bot framework of this process can reach. One at a time. */
export async function startOneWebex(options: Omit<SimulatorOptions, 'port'>): Promise<Simulator> {
  const simulator = await createSimulator({ ...options, port });
  await simulator.start();
  port = Number(new URL(simulator.url).port);
  return simulator;
}
