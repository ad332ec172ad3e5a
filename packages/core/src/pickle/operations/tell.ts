import type { ChainStep } from '../../model/fact.js';
import { shown } from '../chain.js';
import { capture } from '../constants.js';
import type { MachineState } from '../machine-state.js';

export function stepHere(m: MachineState, text: string): ChainStep {
  return { opcode: m.opcodeName(), offset: m.base + m.opAt, text };
}

/** Something that holds globals is used: it may call them. */
export function touchHeld(m: MachineState, holds: readonly number[], use: string, how: 'was put' | 'went'): void {
  for (const index of holds) {
    const held = m.records[index];
    if (held !== undefined) m.chains.add(held, stepHere(m, `${use}, into which it ${how}`));
  }
}

export function rewritten(
  m: MachineState,
  slot: number,
  old: { hi: number; lo: number },
  now: { hi: number; lo: number },
): string {
  if (m.signals.has('memo-rewritten')) return '';
  const [before, after] = [old, now].map(({ hi, lo }) => shown(capture(m, hi, lo)));
  return `memo slot ${slot} held ${before ?? ''} and is given ${after ?? ''}`;
}
