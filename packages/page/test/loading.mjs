import { join } from 'node:path';
import { fileUrl, open, root, scan, serve, wrongs } from './browser.mjs';

const HOSTILE = join(root, 'fixtures/hostile/containers/gzip-then-pickle.pkl.gz');

/** From file:// and served: no request after the page, no violation, no error; the first paint. */
export async function loading({ browser, expect, screenshots }) {
  const server = await serve();
  try {
    for (const [name, url] of [
      ['file://', fileUrl],
      ['served', server.url],
    ]) {
      const { page, watched, close } = await open(browser, url);
      // The best of some: what else the machine does is no part of it.
      const paint = await firstPaint(browser, url);
      expect(`${name}: first paint under 500 ms`, paint < 500, `${Math.round(paint)} ms`);
      await page.screenshot({ path: join(screenshots, `start-${name.replace('://', '')}.png`) });
      await scan(page, HOSTILE);
      const heading = await page.locator('h1').first().innerText();
      expect(`${name}: a hostile file is called so`, /do not load/i.test(heading), heading);
      await page.screenshot({ path: join(screenshots, `hostile-${name.replace('://', '')}.png`), fullPage: true });
      const wrong = await wrongs(page, watched, url);
      expect(`${name}: no request after load, no violation, no error`, wrong.length === 0, wrong.join('; '));
      await close();
    }
    expect(
      'the server was asked for the page alone',
      server.asked.every((url) => url === '/'),
      server.asked.join(),
    );
    await refused({ browser, expect });
  } finally {
    server.close();
  }
}

async function firstPaint(browser, url) {
  let best = Infinity;
  for (let i = 0; i < 5; i += 1) {
    const { page, close } = await open(browser, url);
    await page.waitForFunction(() => performance.getEntriesByType('paint').length > 0);
    const at = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
    best = Math.min(best, at);
    await close();
  }
  return best;
}

/** The policy is not there for show: what it forbids does not happen. */
async function refused({ browser, expect }) {
  const { page, close } = await open(browser, fileUrl);
  const outcome = await page.evaluate(async () => {
    const tried = {};
    tried.fetch = await fetch('http://127.0.0.1:1/').then(
      () => 'done',
      () => 'refused',
    );
    try {
      document.body.innerHTML = '<b>markup</b>';
      tried.markup = 'done';
    } catch {
      tried.markup = 'refused';
    }
    try {
      tried.worker = typeof new Worker('data:text/javascript,0') === 'object' ? 'done' : '';
    } catch {
      tried.worker = 'refused';
    }
    // They are told in a turn of their own.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { ...tried, violations: globalThis.violations.length };
  });
  const text = JSON.stringify(outcome);
  expect(
    'a request, markup as text and a foreign worker are refused, and noticed as violations',
    outcome.fetch === 'refused' &&
      outcome.markup === 'refused' &&
      outcome.worker === 'refused' &&
      outcome.violations >= 2,
    text,
  );
  await close();
}
