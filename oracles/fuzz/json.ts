import type { Random } from '../../packages/core/test/random-pickle.js';

/** Values at which a reader of JSON goes wrong. */
const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  0.5,
  '',
  'x',
  '__proto__',
  'constructor',
  '\ud800',
  '\0',
  'a'.repeat(3000),
  '0'.repeat(64),
  '2999-01-01',
  '9999-99-99T99:99:99Z',
  [],
  {},
  [[]],
  [null],
  ['x', 'x'],
  { length: 4e9 },
];

type Holder = Record<string | number, unknown>;

interface Slot {
  readonly holder: Holder;
  readonly key: string | number;
}

function slotsOf(root: unknown): Slot[] {
  const slots: Slot[] = [];
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const holder = value as Holder;
    for (const key of Object.keys(holder)) {
      slots.push({ holder, key });
      open.push(holder[key]);
    }
  }
  return slots;
}

function oddOf(random: Random, slots: readonly Slot[]): unknown {
  if (random(3) > 0) return structuredClone(ODD[random(ODD.length)]);
  const other = slots[random(slots.length)];
  return other === undefined ? null : structuredClone(other.holder[other.key]);
}

/** The same value with something else at one to three slots: another type, nothing, or a part of itself. */
export function changedJson(random: Random, seed: unknown): unknown {
  const root = structuredClone({ value: seed });
  for (let left = 1 + random(3); left > 0; left -= 1) {
    const slots = slotsOf(root);
    const slot = slots[random(slots.length)];
    if (slot === undefined) break;
    const { holder, key } = slot;
    const change = random(4);
    if (change === 0) delete holder[key];
    else if (change === 1 && Array.isArray(holder)) holder.push(oddOf(random, slots));
    else if (change === 1) holder[['x', '__proto__', 'toString', ''][random(4)] ?? 'x'] = oddOf(random, slots);
    else holder[key] = oddOf(random, slots);
  }
  return root.value;
}
