import type { Value } from '../../model/fact.js';
import { type Cell, KIND, type Kind, kindOf, refOf } from '../cells.js';
import { capture, captureTraced } from '../constants.js';
import type { MachineState } from '../machine-state.js';

/** What may be anything: called, patched, filled, a tuple, a str. All else is an instance of a builtin. */
export const CALLABLE = new Set<Kind>([KIND.global, KIND.object, KIND.made, KIND.persistent]);
/** Named like this, a callable loads what it is given. */
export const LOADER = /^_?load|loads$|_load_from_bytes|\.load$|^read_pickle$/;

export function underflow(m: MachineState): boolean {
  return m.fail('stack-underflow', `${m.opcodeName()} with too few values on the stack`);
}

export function peek(m: MachineState, depth: number): { hi: number; lo: number; kind: Kind; ref: number } | null {
  const at = m.sp - 1 - depth;
  if (at < m.fence) return null;
  const hi = m.stack.hi[at] ?? 0;
  const lo = m.stack.lo[at] ?? 0;
  return { hi, lo, kind: kindOf(hi), ref: refOf(hi, lo) };
}

export function captureCells(m: MachineState, from: number, to: number, isTraced = false): readonly Value[] {
  const last = Math.min(to, from + 32);
  return Array.from({ length: Math.max(0, last - from) }, (_, i) => {
    const cell = { hi: m.stack.hi[from + i] ?? 0, lo: m.stack.lo[from + i] ?? 0 };
    return isTraced ? captureTraced(m, cell) : capture(m, cell.hi, cell.lo);
  });
}

export function cellsOf(m: MachineState, from: number, to: number): readonly Cell[] {
  return Array.from({ length: Math.max(0, Math.min(to, from + 32) - from) }, (_, i) => {
    const hi = m.stack.hi[from + i] ?? 0;
    return { kind: kindOf(hi), ref: refOf(hi, m.stack.lo[from + i] ?? 0) };
  });
}
