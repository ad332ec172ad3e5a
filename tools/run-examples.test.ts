import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the examples of the library run as they stand', () => {
  const script = fileURLToPath(new URL('run-examples.mjs', import.meta.url));
  const output = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  expect(output.match(/^(?:README|docs\/library)\.md, example \d: \d+ lines$/gm)?.length).toBeGreaterThan(5);
});
