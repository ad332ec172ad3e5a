import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloaded, fileUrl, open, root, scan, settled } from './browser.mjs';

const FORMATS = ['json', 'sarif', 'markdown', 'cyclonedx', 'html'];

/** What says when and how fast a run was, and how many bytes it asked for: a Blob is read in other pieces than a file. */
function withoutTimes(text) {
  return text
    .replace(/"startedAt": "[^"]*"/g, '"startedAt": "…"')
    .replace(/"startTimeUtc": "[^"]*"/g, '"startTimeUtc": "…"')
    .replace(/"endTimeUtc": "[^"]*"/g, '"endTimeUtc": "…"')
    .replace(/"timestamp": "[^"]*"/g, '"timestamp": "…"')
    .replace(/"durationMs": \d+/g, '"durationMs": 0')
    .replace(/"bytesRead": \d+/g, '"bytesRead": 0')
    .replace(/[\d.]+ (?:bytes?|[KMG]iB) of ([\d.]+ (?:bytes?|[KMG]iB)) read in [\d.]+ m?s/g, '… of $1 read')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '…');
}

/** The first line in which two texts differ. */
function difference(one, other) {
  const [a, b] = [one.split('\n'), other.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  if (at < 0) return a.length === b.length ? '' : `${a.length} and ${b.length} lines`;
  return `line ${at + 1}: ${JSON.stringify(a[at]?.slice(0, 200))} and ${JSON.stringify(b[at]?.slice(0, 200))}`;
}

/** Every so many-th file of the fixtures is compared, unless all are: `--all`. */
const HOSTILE_STEP = 4;
const HONEST_STEP = 12;

/** Files of a folder of fixtures, spread over all of its folders: the first of each, and every so many-th. */
function copySpread(name, folder, step) {
  const from = join(root, 'fixtures', name);
  let left = 0;
  for (const inner of readdirSync(from, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (statSync(join(from, inner)).isDirectory()) {
      left = 0;
      continue;
    }
    if (left === 0) cpSync(join(from, inner), join(folder, name, inner));
    left = (left + 1) % step;
  }
}

/** What the page downloads is what the command line prints for the same files, in each format. */
export async function downloads({ browser, expect, sentinel, folder, isAll }) {
  copySpread('hostile', folder, isAll ? 1 : HOSTILE_STEP);
  copySpread('honest', folder, isAll ? 1 : HONEST_STEP);
  cpSync(join(root, 'fixtures/honest/torch/checkpoint.pt'), join(folder, 'model.pt'));
  mkdirSync(join(folder, 'with-policy/deeper'), { recursive: true });
  writeFileSync(join(folder, 'with-policy/evil.pkl'), "cos\nsystem\n(S'true'\ntR.");
  writeFileSync(join(folder, 'with-policy/deeper/evil.pkl'), "cos\nsystem\n(S'true'\ntR.");
  writeFileSync(
    join(folder, 'with-policy/deeper/train.py'),
    'import torch\nfrom helper import path\ntorch.load(path, weights_only=False)\n',
  );
  writeFileSync(join(folder, 'with-policy/deeper/helper.py'), 'import sys\npath = sys.argv[1]\n');
  writeFileSync(join(folder, 'with-policy/sentinel-policy.yml'), 'fail_on: [LOW, MEDIUM, HIGH, CRITICAL]\n');
  writeFileSync(join(folder, 'own-policy.yml'), 'fail_on: [CRITICAL]\nticket_on: [HIGH]\n');
  for (const { name, isFolder, policy } of [
    { name: 'model.pt', isFolder: false },
    { name: 'hostile', isFolder: true },
    { name: 'honest', isFolder: true },
    { name: 'with-policy', isFolder: true },
    { name: 'with-policy', isFolder: true, policy: 'own-policy.yml' },
  ]) {
    const { page, close } = await open(browser, fileUrl);
    if (policy !== undefined) await page.setInputFiles('#choose-policy', join(folder, policy));
    await scan(page, join(folder, name), { folder: isFolder });
    for (const format of FORMATS) {
      const words = ['artifact', name, ...(policy === undefined ? [] : ['--policy', policy]), '-f', format];
      const expected = withoutTimes(sentinel(words, folder));
      const found = withoutTimes(await downloaded(page, format));
      const what = `${name}${policy === undefined ? '' : ` with ${policy}`}: ${format} is that of the command line`;
      expect(what, found === expected, found === expected ? `${found.length} characters` : difference(found, expected));
    }
    await close();
  }
  await opened({ browser, expect, sentinel, folder });
}

/** A report that is opened is shown without its files, and written in other formats as `sentinel report` does. */
async function opened({ browser, expect, sentinel, folder }) {
  writeFileSync(join(folder, 'report.json'), sentinel(['artifact', 'with-policy', '-f', 'json'], folder));
  const { page, close } = await open(browser, fileUrl);
  await scan(page, join(folder, 'report.json'));
  const heading = await page.locator('h1').first().innerText();
  expect('a report opens without its files', /do not load/i.test(heading), heading);
  for (const format of FORMATS) {
    const expected = sentinel(['report', 'report.json', '-f', format], folder);
    const found = await downloaded(page, format);
    expect(
      `a report that was opened: ${format} is that of sentinel report`,
      found === expected,
      difference(found, expected),
    );
  }
  writeFileSync(join(folder, 'damaged.json'), '{ "schemaVersion": 4, "tool": { "name": "sentinel" } }');
  await page.setInputFiles('#choose-files', join(folder, 'damaged.json'));
  await page.waitForSelector('text=damaged.json');
  await settled(page, 'done');
  expect('a damaged report is refused in words', (await page.locator('body').innerText()).includes('damaged.json'));
  await close();
}
