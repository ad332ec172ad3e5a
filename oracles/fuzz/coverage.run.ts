import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inputsOf, runTarget } from './loop.js';
import { targets } from './targets.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inputs = Number(process.env['FUZZ_INPUTS'] ?? 200_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

test.each(await targets(root))('$name', async (target) => {
  const result = await runTarget(target, seed, { from: 0, to: inputsOf(target, inputs) }, () => {});
  expect(result.failures).toEqual([]);
});
