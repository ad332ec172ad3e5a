import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileUrl, open, scan, serve, settled, wrongs } from './browser.mjs';

const EVIL = "cos\nsystem\n(S'true'\ntR.";

/** Drop, cancel, and what goes wrong. */
export async function gives({ browser, expect, folder, screenshots }) {
  await dropped({ browser, expect });
  const server = await serve();
  for (const [name, url] of [
    ['from a disk', fileUrl],
    ['served', server.url],
  ])
    await folderDropped({ browser, expect, folder }, name, url);
  server.close();
  await workerEnds({ browser, expect, folder });
  await cancelled({ browser, expect, folder, screenshots });
  await names({ browser, expect, folder, screenshots });
}

/** A real drop event with a file in it. */
async function dropped({ browser, expect }) {
  const { page, watched, close } = await open(browser, fileUrl);
  await page.evaluate((evil) => {
    const data = new DataTransfer();
    data.items.add(new File([evil], 'dropped.pkl'));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, EVIL);
  await settled(page, 'done');
  const heading = await page.locator('h1').first().innerText();
  expect('a dropped file is scanned', /do not load/i.test(heading), heading);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['unknown_key: 1\n'], 'sentinel-policy.yml'));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.waitForSelector('text=unknown_key');
  expect('a policy that is not understood is refused in words', true);
  expect('nothing is wrong with the page', (await wrongs(page, watched, fileUrl)).length === 0);
  await close();
}

/** A folder as the browser itself drops it: entries, read piece by piece. More than 100, of which a browser gives one piece. */
async function folderDropped({ browser, expect, folder }, how, url) {
  const at = join(folder, `dropped ${how}`);
  for (let i = 0; i < 250; i += 1) {
    mkdirSync(join(at, `deep/${i % 3}`), { recursive: true });
    writeFileSync(join(at, `deep/${i % 3}/m-${i}.pkl`), i === 201 ? EVIL : 'N.');
  }
  mkdirSync(join(at, 'deep/1/flat'));
  for (let i = 0; i < 150; i += 1) writeFileSync(join(at, `deep/1/flat/f-${i}.pkl`), 'N.');
  const { page, watched, close } = await open(browser, url);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [at, join(folder, `beside ${how}.pkl`)], dragOperationsMask: 1 };
  writeFileSync(data.files[1], EVIL);
  for (const type of ['dragEnter', 'dragOver'])
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  const isMarked = await page.evaluate(() => document.documentElement.classList.contains('is-dropping'));
  await session.send('Input.dispatchDragEvent', { type: 'drop', x: 400, y: 300, data });
  await page.waitForSelector('#page:not([data-phase="empty"])', { state: 'attached' });
  await settled(page, 'done');
  const text = await page.locator('#page').innerText();
  expect(`${how}: the page shows that it takes a drop`, isMarked);
  expect(
    `${how}: a dropped folder is read to the bottom, and a file beside it`,
    /do not load 2 of 401 files/i.test(text),
    text.slice(0, 200).replaceAll('\n', ' '),
  );
  const wrong = await wrongs(page, watched, url);
  expect('nothing is wrong with the page', wrong.length === 0, wrong.join('; '));
  await close();
}

/** Remembers the workers of the page: before the first of them is started. */
function recordWorkers() {
  const { Worker: Own } = globalThis;
  globalThis.workers = [];
  globalThis.Worker = class extends Own {
    constructor(url, options) {
      super(url, options);
      globalThis.workers.push({ name: options.name, worker: this });
    }
  };
}

/**
 * A worker that ends while it collects, as the browser tells of one that took too much memory: its files are incomplete and say so,
 * the others go on. Where the leading one ends, that is said.
 */
async function workerEnds({ browser, expect, folder }) {
  const at = join(folder, 'ends');
  mkdirSync(at);
  for (let i = 0; i < 120; i += 1)
    writeFileSync(join(at, `m-${String(i).padStart(3, '0')}.pkl`), i === 100 ? EVIL : 'N.');
  const count = 40_000_000;
  for (const name of ['m-000.pkl', 'm-001.pkl', 'm-002.pkl', 'm-003.pkl'])
    writeFileSync(
      join(at, name),
      Buffer.concat([Buffer.from('\x80\x04]', 'latin1'), Buffer.alloc(count, 'K\x01a', 'latin1'), Buffer.from('.')]),
    );
  const { page, close } = await open(browser, fileUrl, {}, recordWorkers);
  await page.setInputFiles('#choose-folder', at);
  await page.waitForFunction(() => globalThis.workers.some(({ name }) => name === 'sentinel 2'));
  await page.waitForTimeout(300);
  const ended = await page.evaluate(() => {
    const others = globalThis.workers.filter(({ name }) => name !== 'sentinel 1');
    for (const { worker } of others)
      worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
    return others.length;
  });
  await settled(page, 'done');
  const text = await page.locator('#page').innerText();
  const [download] = await Promise.all([page.waitForEvent('download'), page.selectOption('.download select', 'json')]);
  const report = JSON.parse(readFileSync(await download.path(), 'utf8'));
  const lost = report.incomplete.filter(({ reason }) =>
    /ended the thread that analysed it: out of memory/.test(reason),
  );
  expect(
    'files of a worker that ended are incomplete, and say so',
    ended > 0 && lost.length > 0 && lost.length <= 4 * ended,
    `${lost.length} of ${report.artifacts.length}, ${ended} workers`,
  );
  expect(
    'the others go on',
    report.artifacts.length === 120 && report.findings.length === 1,
    /do not load/i.exec(text)?.[0],
  );
  await page.setInputFiles('#choose-folder', at);
  await settled(page, 'scanning');
  await page.evaluate(() => {
    const { worker } = globalThis.workers.filter(({ name }) => name === 'sentinel 1').at(-1);
    worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
  });
  await settled(page, 'cancelled');
  const after = await page.locator('#page').innerText();
  expect(
    'where the leading worker ends, nothing is called safe',
    /ended by an error: out of memory/.test(after) && !/nothing dangerous/i.test(after),
  );
  writeFileSync(join(folder, 'after-the-end.pkl'), EVIL);
  await scan(page, join(folder, 'after-the-end.pkl'));
  expect('and the next file is scanned', /do not load/i.test(await page.locator('h1').first().innerText()));
  await close();
}

/** A pickle of 400 MB of opcodes runs for seconds: cancelling ends it at once, and the page goes on. */
async function cancelled({ browser, expect, folder, screenshots }) {
  const long = join(folder, 'long.pkl');
  writeFileSync(
    long,
    Buffer.concat([
      Buffer.from('\x80\x04]', 'latin1'),
      Buffer.alloc(400_000_000, 'K\x01a', 'latin1'),
      Buffer.from('.'),
    ]),
  );
  const { page, close } = await open(browser, fileUrl);
  await page.setInputFiles('#choose-files', long);
  await settled(page, 'scanning');
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(screenshots, 'scanning.png') });
  const ms = await page.evaluate(async () => {
    const button = [...document.querySelectorAll('button')].find((one) => /cancel/i.test(one.textContent));
    const started = performance.now();
    button.click();
    while (document.querySelector('#page').dataset.phase === 'scanning') await new Promise(requestAnimationFrame);
    return performance.now() - started;
  });
  expect('cancel ends a scan at once', ms < 200, `${Math.round(ms)} ms`);
  const after = await page.locator('body').innerText();
  expect('what was cancelled is not called safe', /cancel/i.test(after) && !/nothing runs|safe to load/i.test(after));
  await page.screenshot({ path: join(screenshots, 'cancelled.png') });
  writeFileSync(join(folder, 'after.pkl'), EVIL);
  await scan(page, join(folder, 'after.pkl'));
  await page.setInputFiles('#choose-files', long);
  await settled(page, 'scanning');
  await scan(page, join(folder, 'after.pkl'));
  const title = await page.locator('body').innerText();
  expect('another file ends a scan that runs', title.includes('after.pkl') && !title.includes('long.pkl'));
  expect('and the next file is scanned', /do not load/i.test(await page.locator('h1').first().innerText()));
  await close();
}

/** Names that are meant to be taken for something else. */
async function names({ browser, expect, folder, screenshots }) {
  const at = join(folder, 'names');
  mkdirSync(at);
  for (const name of ['<img src=x onerror=alert(1)>.pkl', 'model\u202elkp.tp', 'a\u0007b.pkl', 'pаypal.pkl'])
    writeFileSync(join(at, name), EVIL);
  const { page, watched, close } = await open(browser, fileUrl);
  await scan(page, at, { folder: true });
  const text = await page.locator('body').innerText();
  expect('no control or direction character is shown as such', !text.includes('\u0007') && !text.includes('\u202e'));
  expect('no markup of a name becomes an element', (await page.locator('img').count()) === 0);
  const wrong = await wrongs(page, watched, fileUrl);
  expect('nothing is wrong with the page', wrong.length === 0, wrong.join('; '));
  await page.screenshot({ path: join(screenshots, 'names.png') });
  await close();
}
