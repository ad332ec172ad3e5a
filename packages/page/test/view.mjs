import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileUrl, open, root, scan, wrongs } from './browser.mjs';
import { storedZip } from './stored-zip.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const samples = join(root, 'fixtures/samples/models');
const CHECKPOINT = join(samples, 'sentiment-finetuned.pt');

const WINDOWS = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['320', { viewport: { width: 320, height: 700 } }],
  ['4k', { viewport: { width: 3840, height: 2160 } }],
  ['forced-colors', { forcedColors: 'active' }],
  ['reduced-motion', { reducedMotion: 'reduce' }],
];

/** What is seen, by whom: accessibility in each kind of window, the panes in step, hostile names, long lists. */
export async function view({ browser, expect, folder, screenshots }) {
  for (const [name, options] of WINDOWS) {
    await looks({ browser, expect, screenshots }, name, options, 'checkpoint', [CHECKPOINT]);
  }
  await looks({ browser, expect, screenshots }, 'light', {}, 'clean', [join(samples, 'image-head.pt')]);
  await looks({ browser, expect, screenshots }, 'light', {}, 'nested', [join(samples, 'dataset-cache.zip')]);
  await looks({ browser, expect, screenshots }, 'light', {}, 'files', samples);
  await looks({ browser, expect, screenshots }, '320', { viewport: { width: 320, height: 700 } }, 'files', samples);
  await inStep({ browser, expect });
  await names({ browser, expect, folder, screenshots });
  await manyFindings({ browser, expect, folder, screenshots });
  await manyTensors({ browser, expect, folder, screenshots });
}

/** One look at a page: nothing for axe-core to find, nothing that is wider than the window. */
async function looks({ browser, expect, screenshots }, name, options, what, paths) {
  const { page, watched, close } = await open(browser, fileUrl, options);
  await scan(page, paths, { folder: typeof paths === 'string' });
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(screenshots, `${what}-${name}.png`), fullPage: true });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`);
  expect(`${what}, ${name}: axe-core finds nothing`, found.length === 0, found.join('; '));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(`${what}, ${name}: nothing is wider than the window`, wide <= 0, `${wide} pixels`);
  const wrong = await wrongs(page, watched, fileUrl);
  expect(`${what}, ${name}: no error, violation or request`, wrong.length === 0, wrong.join('; '));
  await close();
}

/** By the keyboard alone: a choice in one pane moves the others. */
async function inStep({ browser, expect }) {
  const { page, close } = await open(browser, fileUrl);
  await scan(page, [CHECKPOINT]);
  await page.waitForSelector('.program .row');
  await page.waitForSelector('.segments .row.is-chosen');
  const chosen = async (list) =>
    (await page.locator(`${list} .is-chosen`).allInnerTexts()).join().replaceAll('\n', ' ');
  expect('the worst finding is chosen, and its line', /from posix import system/.test(await chosen('.program')));
  expect('the tree is at its member', /data\.pkl/.test(await chosen('.members')));
  expect('the map is at its bytes', /data\.pkl/.test(await chosen('.segments')));
  await page.waitForSelector('.hex .is-in');
  expect('the hex view marks the opcode', (await page.locator('.hex .is-in').innerText()) === '63');

  await page.locator('.members').focus();
  await page.keyboard.press('End');
  await page.waitForTimeout(400);
  expect('a member moves the map', /serialization_id/.test(await chosen('.segments')), await chosen('.segments'));
  await page.locator('.segments').focus();
  await page.keyboard.press('Home');
  // Within a frame: the second key goes on from the first.
  await page.keyboard.press('ArrowDown');
  await page.waitForTimeout(400);
  expect('bytes move the tree', /data\.pkl/.test(await chosen('.members')), await chosen('.members'));
  expect('and the program', (await chosen('.program')) !== '', await chosen('.program'));
  await page.locator('.program').focus();
  await page.keyboard.press('End');
  await page.waitForTimeout(400);
  expect('a line moves the hex view', (await page.locator('.hex .is-in').innerText()) === '2e');
  await page.locator('.finding-list').focus();
  await page.keyboard.press('End');
  await page.waitForTimeout(400);
  expect(
    'a finding is chosen by the keyboard',
    /TORCH-LOAD-UNTRUSTED/.test(await page.locator('.finding h4').innerText()),
  );
  await close();
}

const EVIL = "cos\nsystem\n(S'true'\ntR.";

/** Names that would act or pass for others are shown as text, with a note. */
async function names({ browser, expect, folder, screenshots }) {
  const file = join(folder, 'model_\u202Egpj.zip');
  writeFileSync(
    file,
    storedZip([
      ['<img src=x onerror=globalThis.hacked=1>.pkl', EVIL],
      ['m\u043Edel.pkl', EVIL],
      ['a\u200Bb.pkl', EVIL],
    ]),
  );
  const { page, watched, close } = await open(browser, fileUrl);
  await scan(page, [file]);
  await page.waitForSelector('.program .row');
  const text = await page.locator('#page').innerText();
  expect('a bidirectional override is written out', text.includes('\\u202e') && !text.includes('\u202E'));
  expect('a space without width is written out', text.includes('\\u200b') && !text.includes('\u200B'));
  const notes = await page.locator('.odd-name').allTextContents();
  expect(
    'a letter of another script has a note',
    notes.some((note) => note.includes('Cyrillic')),
  );
  const marked = await page.evaluate(() => [globalThis.hacked, document.querySelectorAll('#page img').length]);
  expect('markup in a name is text', marked[0] === undefined && marked[1] === 0, String(marked));
  const wrong = await wrongs(page, watched, fileUrl);
  expect('hostile names cause no violation', wrong.length === 0, wrong.join('; '));
  await page.screenshot({ path: join(screenshots, 'hostile-names.png'), fullPage: true });
  await close();
}

/** Rows that exist, whatever the number of findings. */
const MOST_ROWS = 100;

async function manyFindings({ browser, expect, folder, screenshots }) {
  const file = join(folder, 'findings.zip');
  writeFileSync(
    file,
    storedZip(Array.from({ length: 3000 }, (_, i) => [`part/${i}.pkl`, EVIL.replace('true', `true ${i}`)])),
  );
  const { page, close } = await open(browser, fileUrl);
  await scan(page, [file]);
  await page.waitForSelector('.finding-list .row');
  const started = Date.now();
  await page.locator('.finding-list').focus();
  await page.keyboard.press('End');
  await page.waitForFunction(() => /2999/.test(document.querySelector('.finding-list .is-chosen')?.textContent ?? ''));
  const rows = await page.locator('.finding-list .row').count();
  expect('3,000 findings: End shows the last', rows < MOST_ROWS, `${Date.now() - started} ms, ${rows} rows`);
  await page.screenshot({ path: join(screenshots, 'findings.png') });
  await close();
}

async function manyTensors({ browser, expect, folder, screenshots }) {
  const file = join(folder, 'million.safetensors');
  const records = Array.from(
    { length: 1_000_000 },
    (_, i) => `"t${i}":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`,
  );
  const header = Buffer.from(`{${records.join(',')}}`);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(file, Buffer.concat([length, header, Buffer.alloc(4)]));
  const { page, close } = await open(browser, fileUrl);
  await scan(page, [file]);
  await page.waitForSelector('.tensor-list .row', { timeout: 120_000 });
  const started = Date.now();
  await page.locator('.tensor-list').focus();
  await page.keyboard.press('End');
  await page.waitForFunction(() => /t999999/.test(document.querySelector('.tensor-list')?.textContent ?? ''));
  const rows = await page.locator('.tensor-list .row').count();
  expect('a million tensors: End shows the last', rows < MOST_ROWS, `${Date.now() - started} ms, ${rows} rows`);
  await page.screenshot({ path: join(screenshots, 'tensors.png') });
  await close();
}
