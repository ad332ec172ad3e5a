import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileUrl, launch, open, settled } from './browser.mjs';
import { writeSparseCheckpoint } from './sparse-checkpoint.mjs';

const MIB = 2 ** 20;

/** Very large, and very many. In a browser of their own: its memory is that of this page. */
export async function sizes({ expect, folder, screenshots }) {
  const browser = await launch();
  try {
    await tenGigabytes({ browser, expect, folder, screenshots });
    await manyFiles({ browser, expect, folder, screenshots });
  } finally {
    await browser.close();
  }
}

/** Milliseconds from the event that gives the files until the verdict stands. */
async function timed(page, choose) {
  await page.evaluate(() => {
    globalThis.times = {};
    addEventListener('change', () => (globalThis.times.given ??= performance.now()), true);
    new MutationObserver(() => {
      if (document.querySelector('#page').dataset.phase === 'done') globalThis.times.done ??= performance.now();
    }).observe(document.querySelector('#page'), { attributes: true });
  });
  await choose();
  await page.waitForFunction(() => globalThis.times.done !== undefined, null, { timeout: 300_000 });
  return page.evaluate(() => globalThis.times.done - globalThis.times.given);
}

async function tenGigabytes({ browser, expect, folder, screenshots }) {
  const file = join(folder, 'large.pt');
  const size = writeSparseCheckpoint(file, 200, 50 * MIB);
  const { page, close } = await open(browser, fileUrl);
  // As a person has it: the page was there before the file.
  await page.waitForTimeout(1000);
  const memory = watchMemory();
  const ms = await timed(page, () => page.setInputFiles('#choose-files', file));
  await settled(page, 'done');
  const most = memory.end();
  const heading = await page.locator('h1').first().innerText();
  expect(`a plain checkpoint of ${(size / 1e9).toFixed(1)} GB passes`, !/do not|incomplete/i.test(heading), heading);
  expect('its verdict stands within 1.5 s', ms < 1500, `${Math.round(ms)} ms`);
  expect('the memory of the page stays under 300 MB', most < 300 * MIB, `${Math.round(most / MIB)} MiB`);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(screenshots, 'ten-gigabytes.png'), fullPage: true });
  await close();
}

async function manyFiles({ browser, expect, folder, screenshots }) {
  const at = join(folder, 'many');
  for (let i = 0; i < 2000; i += 1) {
    const inner = join(at, `part-${i % 40}`);
    mkdirSync(inner, { recursive: true });
    writeFileSync(
      join(inner, `model-${i}.pkl`),
      i % 100 === 7 ? "cos\nsystem\n(S'true'\ntR." : `\x80\x04K${String.fromCharCode(i % 100)}.`,
      'latin1',
    );
  }
  const { page, close } = await open(browser, fileUrl);
  await page.waitForTimeout(1000);
  const ms = await timed(page, () => page.setInputFiles('#choose-folder', at));
  await settled(page, 'done');
  const text = await page.locator('body').innerText();
  expect('a folder of 2,000 files: 20 findings', /20 findings/.test(text), `${Math.round(ms)} ms`);
  await page.screenshot({ path: join(screenshots, 'two-thousand.png') });
  await close();
}

/** The most memory that the processes of pages take, by /proc/PID/smaps_rollup: shared pages count by their share. */
function watchMemory() {
  let most = 0;
  const look = () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) most = Math.max(most, memoryOf(pid));
  };
  const timer = setInterval(look, 100);
  return {
    end() {
      look();
      clearInterval(timer);
      return most;
    },
  };
}

function memoryOf(pid) {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) return 0;
    const match = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return match === null ? 0 : Number(match[1]) * 1024;
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}
