import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capturedOutput } from '../../../../oracles/captured-output.js';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { checkEntries } from './check.js';

const captured = capturedOutput();

async function verdicts(entries: readonly string[], source?: readonly string[]): Promise<unknown> {
  captured.out = '';
  const options = { format: 'json' as const, ...(source === undefined ? {} : { source }) };
  const code = await checkEntries(entries, options, false);
  const answer = JSON.parse(captured.out) as { schemaVersion: number; command: string; entries: { verdict: string }[] };
  expect([answer.schemaVersion, answer.command, captured.out.endsWith('}\n')]).toEqual([1, 'allow check', true]);
  return [code, answer.entries.map(({ verdict }) => verdict)];
}

/** A folder with this source of `mylib.model`. */
function sourceOf(text: string): string {
  const folder = folderOfTest('sentinel-allow-');
  mkdirSync(join(folder, 'mylib'));
  writeFileSync(join(folder, 'mylib', '__init__.py'), '');
  writeFileSync(join(folder, 'mylib', 'model.py'), text);
  return folder;
}
const CLASS = 'class Net:\n    pass\n';
const RUNS = 'import os\n\nclass Net:\n    def __setstate__(self, state):\n        os.system(state)\n';

test('a refused entry outranks one that has to be looked at, which outranks one that is fine', async () => {
  expect(await verdicts(['os.system'])).toEqual([2, ['refused']]);
  expect(await verdicts(['mylib.model.Net'])).toEqual([0, ['accepted']]);
  expect(await verdicts(['mylib.model.Net'], [sourceOf(CLASS)])).toEqual([0, ['clear']]);
  const source = [sourceOf(RUNS)];
  expect(await verdicts(['mylib.model.Net'], source)).toEqual([1, ['review']]);
  expect(await verdicts(['mylib.model.Net', 'os.system'], source)).toEqual([2, ['review', 'refused']]);
});

test('text for people, coloured where it is asked for', async () => {
  expect(await checkEntries(['os.system'], { format: 'text' }, false)).toBe(2);
  expect(captured.out).toContain('os.system');
  expect(captured.out).not.toContain('\u001b');
  await checkEntries(['os.system'], { format: 'text' }, true);
  expect(captured.out).toContain('\u001b[');
});
