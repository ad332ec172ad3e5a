import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileUrl, open, scan, settled, wrongs } from './browser.mjs';

const EVIL = "cos\nsystem\n(S'true'\ntR.";

/** Drop, cancel, and what goes wrong. */
export async function gives({ browser, expect, folder, screenshots }) {
  await dropped({ browser, expect });
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
