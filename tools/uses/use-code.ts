import { LETTERS } from '../../packages/core/src/catalogue/uses.js';
import { STATE_KINDS, USE_EVENTS, type Use } from '../../packages/core/src/model/use.js';

const letters = (bits: number, all: string): string => [...all].filter((_, i) => ((bits >> i) & 1) === 1).join('');

/** A use in the notation of the catalogue's tables (packages/core/src/catalogue/uses.ts). */
export function useCode({ event, size, direct, holds, state, flags }: Use): string {
  const letter = LETTERS.events[USE_EVENTS.indexOf(event)] ?? '';
  const suffix = letters(flags, LETTERS.flags);
  if (event === 'key') return letter + suffix;
  const within = letters(holds, LETTERS.holds);
  if (event === 'build') {
    const count = state === 'tuple' ? String(size) : '';
    return `${letter}${LETTERS.states[STATE_KINDS.indexOf(state)] ?? ''}${count}(${within})${suffix}`;
  }
  if (event === 'set' || event === 'add') return `${letter}(${within})${suffix}`;
  const own = letters(direct, LETTERS.direct);
  return `${letter}${size}(${own === '' && within === '' ? '' : `${own},${within}`})${suffix}`;
}
