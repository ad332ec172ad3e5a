import { setFlagsFromString } from 'node:v8';

/**
 * When V8 optimises a function: after as many interrupts as its length asks for, each after a budget of bytecode that it
 * has run. V8 11, which Node 20 has, takes these flags. Later versions have others, say on standard error that they know
 * none of these, and need none: their middle compiler is quick.
 */
const TAKES_FLAGS = process.versions.v8.startsWith('11.');

/** V8's own values, as `node --v8-options` of Node 20 tells them. */
const BUDGET = 67_584;
const LENGTH_PER_INTERRUPT = 150;

/** The pickle machine's functions are large: optimising them costs more than the scan of a checkpoint. */
const LATE_BUDGET = 1_000_000;
/** So much that the length of a function counts for nothing: the machine's loop, the largest one, is optimised first. */
const ANY_LENGTH = 100_000;

function set(flag: string, value: number): void {
  if (TAKES_FLAGS) setFlagsFromString(`--${flag}=${value}`);
}

/** For a scan, which is over before optimised code pays. Before anything is compiled: a cache is for these flags only. */
export function optimiseLate(): void {
  set('interrupt-budget', LATE_BUDGET);
}

/** For a process that runs for weeks. */
export function optimiseAsUsual(): void {
  set('interrupt-budget', BUDGET);
}

/** For a pickle stream of many opcodes, and back. */
export function optimiseForLongRun(isLong: boolean): void {
  set('bytecode-size-allowance-per-tick', isLong ? ANY_LENGTH : LENGTH_PER_INTERRUPT);
}
