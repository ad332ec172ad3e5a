import fc from 'fast-check';
import { expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf, zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { readZip } from './container.js';
import { MinizDirectory } from './miniz-lookup.js';

const lower = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const name = fc
  .array(fc.constantFrom('a', 'A', 'b', 'Z', '/', '0'), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''));

test('finds a name without regard to case, whether there are equal names or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 12 }), fc.array(name), async (names, others) => {
      const bytes = zipOf(names.map((own) => ({ name: own, data: bytesOf('x') })));
      const directory = MinizDirectory.of(await readZip(memorySource(bytes), budgetOf()));
      expect(directory?.names).toEqual(names);
      for (const wanted of [...names, ...others]) {
        const found = directory?.locate(wanted)?.name ?? null;
        if (names.some((own) => lower(own) === lower(wanted))) expect(lower(found ?? '')).toBe(lower(wanted));
        else expect(found).toBeNull();
      }
    }),
    { numRuns: 200 },
  );
});

test('of equal names the heap sort decides which one is met', async () => {
  const bytes = zipOf(['x/B', 'x/b', 'x/a', 'X/b'].map((own) => ({ name: own, data: bytesOf(own) })));
  const directory = MinizDirectory.of(await readZip(memorySource(bytes), budgetOf()));
  // mz_zip_reader_sort_central_dir_offsets_by_filename, worked through by hand: x/a, x/b, X/b, x/B. Bisection meets the second.
  expect(directory?.locate('x/b')?.name).toBe('x/b');
});
