import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isForFullSize } from '../../core/test/slow-fixtures.ts';
import { disguises } from './disguises.ts';
import { inspected } from './inspect-kit.ts';

const isWhole = process.env['GATE_DISGUISES'] === 'all';
const folder = fileURLToPath(new URL('../../../fixtures/hostile/', import.meta.url));
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  // A program of ExecuTorch is no pickle and holds none: nothing executes while it is parsed.
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.pte'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => isWhole || !isForFullSize(path))
  .sort();

/** With GATE_DISGUISES=all every file meets all of them; else every file meets some disguises, and every disguise some files. */
const sample = isWhole ? 1 : 90;

/** As words these are a name in two lines that nobody calls, or a sentence with a lone full stop: they load nothing. */
const QUOTATIONS = [
  'state/persid.pkl',
  'readers/06-no-final-newline-global.pkl',
  'readers/07-empty-module-line.pkl',
  'readers/08-inst-without-mark.pkl',
  'readers/15-global-utf8.pkl',
  'readers/15-inst-not-ascii.pkl',
  'readers/19-pop-below-mark.pkl',
  'scanner/endless-line.pkl',
];
const PROSE: Readonly<Record<string, readonly string[]>> = {
  'as text': QUOTATIONS,
  'form bytes': QUOTATIONS,
  'JSON latin-1': QUOTATIONS,
};

describe('the hostile corpus in every disguise', () => {
  test.each(files.map((file, index) => [file.slice(folder.length), index] as const))('%s', async (name, index) => {
    const payload = readFileSync(join(folder, name));
    const passed: string[] = [];
    for (const [at, disguised] of disguises(payload).entries()) {
      if ((at + index) % sample !== 0 && at !== 0) continue;
      if (PROSE[disguised.name]?.includes(name) === true) continue;
      const refusal = await inspected({ ...disguised, body: disguised.body() });
      if (refusal === null) passed.push(disguised.name);
    }
    expect(passed).toEqual([]);
  });
});
