import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { reportOf, RUN } from '../../../core/test/report-kit.js';
import { RunPolicy } from '../artifact/policy-file.js';
import { earlierReport, type EarlierReport } from './read-report.js';
import { scanAgain, type Rescan } from './scan-again.js';

/** `os.system('id')`, behind an object of a class that nobody knows. Nothing is loaded. */
const TWO = "cvendor.net\nModel\n(t0cos\nsystem\n(S'id'\ntR.";
const UNKNOWN = 'cvendor.net\nModel\n(tR.';

const OPTIONS = {
  policies: RunPolicy.none(),
  command: 'sentinel retest report.json',
  jobs: 1,
  quiet: true,
  remote: { allowPrivate: false, offline: true, maxDownload: undefined, thorough: false, onLine: () => {} },
  today: '2026-06-01',
};

/** Scans a folder of these files again; `wanted` are those with earlier findings. */
async function again(
  files: Readonly<Record<string, string>>,
  wanted: readonly string[],
  more: Partial<EarlierReport> = {},
  timeoutSeconds: number | null = null,
): Promise<{ readonly folder: string; readonly rescan: Rescan }> {
  const folder = folderOfTest('sentinel-again-');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const run = { ...RUN, paths: [folder], timeoutSeconds };
  const earlier = earlierReport(reportOf('a.pkl', [], undefined, { run }), 'report.json', '');
  const rescan = await scanAgain({ ...earlier, ...more }, new Set(wanted.map((name) => join(folder, name))), {
    ...OPTIONS,
    run,
    paths: [folder],
  });
  return { folder, rescan };
}

/** The names in the findings of one file that no policy took out. */
function bareOf({ folder, rescan }: Awaited<ReturnType<typeof again>>, name: string): readonly string[] {
  const bare = rescan.sights.get(join(folder, name))?.bare ?? [];
  return bare.flatMap(({ evidence }) => /vendor\.net|os\.system/.exec(evidence.signal)?.[0] ?? []);
}

test('only files with earlier findings are judged without the policy', async () => {
  const seen = await again({ 'a.pkl': TWO, 'b.pkl': UNKNOWN }, ['a.pkl']);
  expect(bareOf(seen, 'a.pkl').toSorted()).toEqual(['os.system', 'vendor.net']);
  expect(bareOf(seen, 'b.pkl')).toEqual([]);
  expect(seen.rescan.sights.get(join(seen.folder, 'b.pkl'))).toMatchObject({
    path: join(seen.folder, 'b.pkl'),
    identity: expect.any(String),
    incomplete: null,
  });
});

test('without it, and once more under the allow entries of the earlier run', async () => {
  const files = { 'a.pkl': TWO };
  const seen = await again(files, ['a.pkl'], { allow: ['vendor.net.Model'] });
  expect(bareOf(seen, 'a.pkl').toSorted()).toEqual(['os.system', 'os.system', 'vendor.net']);
  // An entry that nobody would be given today is none.
  const refused = await again(files, ['a.pkl'], { allow: ['os.system'] });
  expect(bareOf(refused, 'a.pkl').toSorted()).toEqual(['os.system', 'vendor.net']);
});

test('a link out of the folder is followed where the run says so', async () => {
  const target = join(folderOfTest('sentinel-again-'), 'b.pkl');
  writeFileSync(target, TWO);
  const folder = folderOfTest('sentinel-again-');
  symlinkSync(target, join(folder, 'b.pkl'));
  const seen = async (followLinks: boolean): Promise<unknown> => {
    const run = { ...RUN, paths: [folder], ...(followLinks ? { followLinks } : {}) };
    const earlier = earlierReport(reportOf('a.pkl', [], undefined, { run }), 'report.json', '');
    const { report } = await scanAgain(earlier, new Set(), { ...OPTIONS, run, paths: [folder] });
    return [report.verdict, report.findings.length > 0];
  };
  expect([await seen(false), await seen(true)]).toEqual([
    ['incomplete', false],
    ['fail', true],
  ]);
});

test('a file that was not analysed completely says why', async () => {
  const seen = await again({ 'a.pkl': TWO.slice(0, -2) }, ['a.pkl']);
  expect(seen.rescan.sights.get(join(seen.folder, 'a.pkl'))?.incomplete).toMatch(/\w/);
  const late = await again({ 'a.pkl': TWO }, [], {}, 0.000001);
  expect(late.rescan.sights.get(join(late.folder, 'a.pkl'))?.incomplete).toContain('the deadline of 0.000001 s');
});
