// The dashboard in a real Chromium over a fake API of 10,000 artifacts: every view in several kinds of windows, roles, decisions,
// hostile names, the keyboard, long lists; at last over the real fleet (Node 22.12 or later). Build first: npm run build. Screenshots go to .cache/dashboard.
//
//   node packages/fleet/test/dashboard/run.mjs [NAME...]
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, root } from './browser.mjs';
import { decisions } from './decisions.mjs';
import { lists } from './lists.mjs';
import { looks } from './looks.mjs';
import { real } from './real.mjs';
import { sessions } from './sessions.mjs';

const PARTS = { looks, sessions, decisions, lists, real };

let failures = 0;
function expect(what, held, detail = '') {
  console.log(`${held ? 'ok' : 'FAILED'}: ${what}${detail === '' ? '' : ` (${detail})`}`);
  if (!held) failures += 1;
}

/** The report of one sample, as the command line writes it. */
function reportOf(file) {
  const command = [join(root, 'packages/cli/dist/sentinel.cjs'), 'artifact', file, '-f', 'json', '--hash', 'all'];
  const options = {
    cwd: join(root, 'fixtures/samples/models'),
    encoding: 'utf8',
    env: { ...process.env, SENTINEL_POLICY: '' },
  };
  try {
    return JSON.parse(execFileSync(process.execPath, command, options));
  } catch (error) {
    // Exit codes of scans are findings, not errors.
    if (error.status === 1 || error.status === 2) return JSON.parse(error.stdout);
    throw error;
  }
}

const asked = process.argv.slice(2);
const reports = { bad: reportOf('sentiment-finetuned.pt'), good: reportOf('image-head.pt') };
const screenshots = join(root, '.cache/dashboard');
mkdirSync(screenshots, { recursive: true });
const browser = await launch();
try {
  console.log(`Chromium ${browser.version()}`);
  for (const [name, part] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n== ${name}`);
    await part({ browser, expect, reports, screenshots });
  }
} finally {
  await browser.close();
}
if (failures > 0) {
  console.log(`\n${failures} failed`);
  process.exitCode = 1;
}
