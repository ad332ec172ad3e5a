import { openSync, writeFileSync, writeSync } from 'node:fs';
import { inputOf, inputsOf, runTarget } from './loop.js';
import { targets } from './targets.js';

/** One after the other: a run that is stopped by its time has been through all targets. */
const ROUND_INPUTS = 50_000;

/** Where a run stands. */
interface Position {
  readonly round: number;
  readonly target: number;
  readonly input: number;
}

/** What the runner asks of a process of its own: a decoder may end it. */
interface Order {
  readonly root: string;
  readonly inputs: number;
  readonly seed: number;
  readonly only: string;
  /** No round begins after so many seconds. */
  readonly seconds: number;
  /** Where to go on after a process that ended. */
  readonly from: Position;
  /** A file that holds the position, which outlives the process. */
  readonly state: string;
  /** One input only, written to a file before it is run. */
  readonly replay: { readonly target: number; readonly input: number; readonly file: string } | null;
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
const all = await targets(order.root);
const state = openSync(order.state, 'w');
const written = new Int32Array(3);

async function runRange(round: number, index: number, from: number, to: number): Promise<void> {
  const target = all[index];
  if (target === undefined) throw new Error(`no target ${index}`);
  const result = await runTarget(target, order.seed, { from, to }, (input) => {
    written.set([round, index, input]);
    writeSync(state, written, 0, written.byteLength, 0);
  });
  process.send?.({ result });
  // Decoders of bytes in memory never wait: without this no message would leave.
  await new Promise((resolve) => setImmediate(resolve));
}

async function runRounds({ inputs, only, from, seconds }: Order): Promise<void> {
  const started = performance.now();
  for (let round = from.round; round * ROUND_INPUTS < inputs; round += 1) {
    if (performance.now() - started > seconds * 1000) return;
    for (const [index, target] of all.entries()) {
      if (!target.name.includes(only) || (round === from.round && index < from.target)) continue;
      const begin = inputsOf(target, round * ROUND_INPUTS);
      const end = inputsOf(target, Math.min(inputs, (round + 1) * ROUND_INPUTS));
      const isResumed = round === from.round && index === from.target;
      await runRange(round, index, isResumed ? Math.max(begin, from.input) : begin, end);
    }
  }
}

process.send?.({ names: all.map((target) => target.name) });
const { replay } = order;
if (replay === null) await runRounds(order);
else {
  const target = all[replay.target];
  if (target !== undefined) writeFileSync(replay.file, inputOf(target, order.seed, replay.input));
  await runRange(0, replay.target, replay.input, replay.input + 1);
}
process.send?.({ done: true });
process.disconnect?.();
