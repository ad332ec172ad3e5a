// The page in a real Chromium: from file:// and served, with samples, a folder of 2,000 files, a checkpoint of 10 GB, cancel, reports,
// downloads. Build first: npm run build. Screenshots go to .cache/page.
//
//   node packages/page/test/run.mjs [NAME...]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, root } from './browser.mjs';
import { components } from './components.mjs';
import { downloads } from './downloads.mjs';
import { gives } from './gives.mjs';
import { loading } from './loading.mjs';
import { sizes } from './sizes.mjs';
import { view } from './view.mjs';

const PARTS = { loading, components, gives, downloads, sizes, view };

let failures = 0;
function expect(what, held, detail = '') {
  console.log(`${held ? 'ok' : 'FAILED'}: ${what}${detail === '' ? '' : ` (${detail})`}`);
  if (!held) failures += 1;
}

/** Exit codes of scans are findings, not errors. */
function sentinel(words, cwd) {
  const command = [join(root, 'packages/cli/dist/sentinel.cjs'), ...words];
  try {
    return execFileSync(process.execPath, command, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      env: { ...process.env, SENTINEL_POLICY: '' },
    });
  } catch (error) {
    if (error.status === 1 || error.status === 2) return error.stdout;
    throw error;
  }
}

const asked = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'sentinel-page-'));
const screenshots = join(root, '.cache/page');
mkdirSync(screenshots, { recursive: true });
const browser = await launch();
try {
  console.log(`Chromium ${browser.version()}`);
  for (const [name, part] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n== ${name}`);
    await part({ browser, expect, sentinel, folder, screenshots });
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
if (failures > 0) {
  console.log(`\n${failures} failed`);
  process.exitCode = 1;
}
