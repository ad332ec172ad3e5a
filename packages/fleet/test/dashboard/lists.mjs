import { join } from 'node:path';
import { go, openAs, settled, wrongs } from './browser.mjs';
import { fakeApi } from './fake-api.mjs';

/** Rows that exist, whatever the number of artifacts. */
const MOST_ROWS = 80;

/** 10,000 rows, filters, the way back, and the keyboard alone. */
export async function lists({ browser, expect, reports, screenshots }) {
  const api = await fakeApi({ reports });
  const { page, watched, close } = await openAs(browser, api.url, 'reviewer');
  await settled(page);
  const last = api.artifacts.at(-1);

  const started = Date.now();
  let most = 0;
  for (let times = 0; times < 400; times += 1) {
    const state = await page.evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight);
      return {
        rows: document.querySelectorAll('.table-row').length,
        end: /That is all/.test(document.querySelector('#main').innerText),
      };
    });
    most = Math.max(most, state.rows);
    if (state.end) break;
    await page.waitForTimeout(30);
  }
  await page.waitForTimeout(100);
  const count = await page.locator('.table-row').last().getAttribute('aria-rowindex');
  expect('10,000 artifacts: scrolling reaches the last', count === '10001', `${Date.now() - started} ms`);
  expect('and only the rows in sight exist', most < MOST_ROWS, `${most} rows`);
  const href = await page.locator('.table-row a').last().getAttribute('href');
  expect('it is the oldest', href === `#/artifacts/${last.id}`);
  await page.screenshot({ path: join(screenshots, 'entered-last.png') });
  const asked = api.asked.filter(({ path, cursor }) => path === '/v1/artifacts' && cursor !== null);
  const distinct = new Set(asked.map(({ cursor }) => cursor)).size;
  expect(
    'each page was asked for once',
    distinct > 90 && asked.length === distinct,
    `${asked.length} questions, ${distinct} pages`,
  );

  const at = await page.evaluate(() => scrollY);
  await page.locator('.table-row a').last().click();
  await settled(page);
  expect(
    'a row leads to its artifact',
    (await page.locator('.subject').count()) === 1 && (await page.evaluate(() => scrollY)) === 0,
  );
  await page.goBack();
  await page.waitForSelector('.table-row');
  await page.waitForTimeout(200);
  const back = await page.evaluate(() => scrollY);
  expect('the way back leads to the same row', Math.abs(back - at) < 200, `${at} and ${back}`);

  await go(page, '#/');
  await page.evaluate(() => scrollTo(0, 0));
  await page.fill('input[name=q]', 'whisper');
  await page.waitForFunction(() => location.hash.includes('q=whisper'));
  await settled(page);
  await page.waitForTimeout(300);
  const sources = await page.locator('.col-artifact .soft').allInnerTexts();
  expect('a text filters', sources.length > 0 && sources.every((text) => text.includes('whisper')), sources[0]);
  await page.locator('.states a', { hasText: 'failed' }).click();
  await page.waitForFunction(() => location.hash.includes('state=failed'));
  await page.waitForTimeout(400);
  const states = await page.locator('.table-row .state').allInnerTexts();
  expect(
    'a state filters, the text remains',
    states.every((text) => text.includes('failed')) && (await page.inputValue('input[name=q]')) === 'whisper',
  );
  await page.selectOption('select[name=rule]', 'PICKLE-EXEC');
  await page.waitForFunction(() => location.hash.includes('rule=PICKLE-EXEC'));
  await page.getByRole('link', { name: 'Show everything' }).click();
  await page.waitForFunction(() => location.hash === '#/');
  await page.waitForTimeout(300);
  expect(
    'and all of it again',
    (await page.inputValue('input[name=q]')) === '' && (await page.inputValue('select[name=rule]')) === '',
  );

  await byKeys({ page, expect });
  const wrong = await wrongs(page, watched, api.url);
  expect('no error, violation or request to others', wrong.length === 0, wrong.join('; '));
  await close();
  await fresh({ browser, expect, api });
  await api.close();
}

/** From the top of the page to a decision without a pointer. */
async function byKeys({ page, expect }) {
  await page.evaluate(() => {
    scrollTo(0, 0);
    document.activeElement.blur();
  });
  await page.reload();
  await page.waitForSelector('.table-row');
  await page.keyboard.press('Tab');
  expect(
    'the first stop skips the navigation',
    (await page.evaluate(() => document.activeElement.className)) === 'skip',
  );
  await page.keyboard.press('Enter');
  expect('and leads to the content', (await page.evaluate(() => document.activeElement.id)) === 'main');
  for (let times = 0; times < 40; times += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.closest('.table-row') !== null)) break;
  }
  for (let times = 0; times < 60; times += 1) await page.keyboard.press('ArrowDown');
  await page.waitForTimeout(200);
  const place = await page.evaluate(() => ({
    index: document.activeElement.closest('[data-index]')?.getAttribute('data-index') ?? null,
    top: document.activeElement.getBoundingClientRect().top,
    height: innerHeight,
  }));
  expect(
    'the arrows go through the rows, and the page follows',
    place.index === '60' && place.top > 0 && place.top < place.height,
    JSON.stringify(place),
  );
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await settled(page);
  expect('Enter opens the artifact', (await page.evaluate(() => location.hash)).startsWith('#/artifacts/'));
  expect('and the keyboard is at its beginning', (await page.evaluate(() => document.activeElement.id)) === 'main');
  const stops = [];
  for (let times = 0; times < 12; times += 1) {
    await page.keyboard.press('Tab');
    stops.push(
      await page.evaluate(
        () => document.activeElement.innerText.slice(0, 30) || document.activeElement.getAttribute('aria-label'),
      ),
    );
  }
  expect(
    'the decisions come before the evidence',
    stops.indexOf('Promote') < 6 || stops.indexOf('Reject') < 6,
    stops.slice(0, 6).join(' | ').replaceAll('\n', ' '),
  );
  const outlined = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  expect('what has the focus is seen', outlined !== 'none', outlined);
}

/** What enters while somebody looks. */
async function fresh({ browser, expect, api }) {
  const { page, close } = await openAs(browser, api.url, 'submitter');
  await settled(page);
  const [first] = api.artifacts;
  api.artifacts.unshift({
    ...first,
    id: '00000000-0000-4000-8000-000000000001',
    path: 'just-entered.pkl',
    state: 'received',
  });
  await page.waitForSelector('.table-row:has-text("just-entered.pkl")', { timeout: 15_000 });
  expect('what enters appears by itself', true);
  api.artifacts[0].state = 'passed';
  await page.waitForSelector('.table-row:has-text("just-entered.pkl"):has-text("passed")', { timeout: 15_000 });
  expect('and its state follows', true);
  await go(page, '#/?state=passed');
  await page.waitForSelector('.table-row:has-text("just-entered.pkl")');
  api.artifacts[0].state = 'rejected';
  await page.waitForSelector('.table-row:has-text("just-entered.pkl")', { state: 'detached', timeout: 15_000 });
  expect('and what is not asked for any more goes', true);
  await close();
}
