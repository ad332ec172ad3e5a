import type { StateKind, Use, UseEvent } from '../../packages/core/src/model/use.js';

const EVENT_LETTER: Readonly<Record<UseEvent, string>> = {
  call: 'r',
  new: 'n',
  'new-ex': 'x',
  old: 'o',
  build: 'b',
  set: 's',
  add: 'a',
  key: 'k',
};
const STATE_LETTER: Readonly<Record<StateKind, string>> = {
  none: 'N',
  dict: 'D',
  pair: 'P',
  tuple: 'T',
  constant: 'C',
  object: 'O',
  items: 'I',
  self: 'S',
};
const letters = (bits: number, all: string): string => [...all].filter((_, i) => ((bits >> i) & 1) === 1).join('');

/** A use in the notation of the catalogue's tables (packages/core/src/catalogue/uses.ts). */
export function useCode({ event, size, direct, holds, state, flags }: Use): string {
  const letter = EVENT_LETTER[event];
  const suffix = letters(flags, 'rfAl_URF');
  if (event === 'key') return letter + suffix;
  const within = letters(holds, 'gdoupes');
  if (event === 'build') {
    const count = state === 'tuple' ? String(size) : '';
    return `${letter}${STATE_LETTER[state]}${count}(${within})${suffix}`;
  }
  if (event === 'set' || event === 'add') return `${letter}(${within})${suffix}`;
  const own = letters(direct, 'gdonpe');
  return `${letter}${size}(${own === '' && within === '' ? '' : `${own},${within}`})${suffix}`;
}
