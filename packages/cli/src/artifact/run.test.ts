import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { scanArtifacts } from './run.js';

test('--timeout is in seconds', async () => {
  const file = join(folderOfTest('sentinel-run-'), 'a.pkl');
  writeFileSync(file, Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1'));
  const scan = async (timeout: number) => (await scanArtifacts([file], { timeout, jobs: 1, quiet: true }, [])).report;
  expect((await scan(600)).verdict).toBe('pass');
  const { verdict, incomplete } = await scan(0.000001);
  expect(verdict).toBe('incomplete');
  expect(incomplete.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('the deadline of 0.000001 s for one artifact was reached'),
  ]);
});
