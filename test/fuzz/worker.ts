import { openSync, writeFileSync, writeSync } from 'node:fs';
import { inputOf, inputsOf, runTarget } from './loop.js';
import { targets } from './targets.js';

/** What the runner asks of a process of its own: a decoder may end it. */
interface Order {
  readonly root: string;
  readonly inputs: number;
  readonly seed: number;
  readonly only: string;
  /** Where to go on after a process that ended. */
  readonly from: { readonly target: number; readonly input: number };
  /** Holds the target's and the input's number, which outlive the process. */
  readonly state: string;
  /** One input only, written to a file before it is run. */
  readonly replay: { readonly target: number; readonly input: number; readonly file: string } | null;
}

function tell(message: object): void {
  process.send?.(message);
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
const all = targets(order.root);
const { replay } = order;
const state = openSync(order.state, 'w');
const place = new Int32Array(2);
const remember = (target: number, input: number): void => {
  place[0] = target;
  place[1] = input;
  writeSync(state, place, 0, place.byteLength, 0);
};

if (replay !== null) {
  const target = all[replay.target];
  if (target === undefined) throw new Error(`no target ${replay.target}`);
  writeFileSync(replay.file, inputOf(target, order.seed, replay.input));
  const range = { from: replay.input, to: replay.input + 1 };
  tell({ result: await runTarget(target, order.seed, range, (input) => remember(replay.target, input)) });
} else {
  tell({ names: all.map((target) => target.name) });
  for (const [index, target] of all.entries()) {
    if (index < order.from.target || !target.name.includes(order.only)) continue;
    const from = index === order.from.target ? order.from.input : 0;
    const to = inputsOf(target, order.inputs);
    tell({ result: await runTarget(target, order.seed, { from, to }, (input) => remember(index, input)) });
  }
}
tell({ done: true });
process.disconnect?.();
