import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { go, open, openAs, wrongs } from './browser.mjs';
import { fakeApi } from './fake-api.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WINDOWS = [
  { name: 'light', options: {} },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: '320', options: { viewport: { width: 320, height: 700 } } },
  { name: '4k', options: { viewport: { width: 3840, height: 2160 } } },
  { name: 'forced-colors', options: { forcedColors: 'active' } },
  { name: 'reduced-motion', options: { reducedMotion: 'reduce' } },
];

/** Each view, with what is in it; `name` of the screenshot. */
function viewsOf({ artifacts, intakes }) {
  const [strange] = artifacts;
  const failed = artifacts.find(({ state, address }) => state === 'failed' && address.startsWith('hf:'));
  const passed = artifacts.find(({ state }) => state === 'passed');
  const scanning = artifacts.find(({ state }) => state === 'scanning');
  const long = artifacts.find(({ path }) => path.length > 5000);
  const repository = intakes.find(({ kind, verdict }) => kind === 'hf' && verdict === 'fail');
  return [
    ['entered', '#/', /What entered/],
    ['entered-failed', '#/?state=failed&q=bert', /What entered/],
    ['entered-none', '#/?q=there-is-no-such-path', /Nothing is like that/],
    ['artifact-failed', `#/artifacts/${failed.id}`, /Do not load this file/],
    ['artifact-passed', `#/artifacts/${passed.id}`, /Nothing dangerous found/],
    ['artifact-scanning', `#/artifacts/${scanning.id}`, /There is no report yet/],
    ['artifact-hostile', `#/artifacts/${strange.id}`, /\\u202e/],
    ['artifact-long', `#/artifacts/${long.id}`, /long-long/],
    ['sources', '#/intakes', /Sources/],
    ['repository', `#/intakes/${repository.id}`, /File × rule/],
    ['findings', '#/findings', /Dangerous Pickle Execution/],
    ['findings-owner', '#/findings?by=owner', /Model serving owner/],
    ['findings-age', '#/findings?by=age', /This week/],
    ['posture', '#/posture', /How everything stood/],
    ['posture-year', '#/posture?days=365', /How everything stood/],
    ['waivers', '#/waivers', /ends in 3 days/],
    ['policy', '#/policy', /fail_on/],
    ['audit', '#/audit', /promoted/],
    ['access', '#/access', /API tokens/],
    ['unknown', '#/nothing/here', /no such page/],
  ];
}

/** Every view in every kind of window. */
export async function looks({ browser, expect, reports, screenshots }) {
  const api = await fakeApi({ reports });
  for (const { name: window, options } of WINDOWS) {
    const before = await open(browser, api.url, options);
    await before.page.waitForSelector('#token');
    await look({ ...before, api, expect, name: 'sign-in', window, screenshots });
    await before.close();
    const { page, watched, close } = await openAs(browser, api.url, 'admin', options);
    for (const [name, fragment, says] of viewsOf(api)) {
      await go(page, fragment);
      const text = await page.locator('#main').innerText();
      expect(`${name}, ${window}: it says what it is`, says.test(text), says.test(text) ? '' : text.slice(0, 200));
      await look({ page, watched, api, expect, name, window, screenshots });
    }
    await close();
  }
  await api.close();
  await newcomer({ browser, expect, screenshots });
  await hostile({ browser, expect, reports });
}

/** Nothing for axe-core to find, nothing wider than the window, nothing refused or asked of others. */
async function look({ page, watched, api, expect, name, window, screenshots }) {
  if (window !== 'forced-colors' && window !== 'reduced-motion')
    await page.screenshot({
      path: join(screenshots, `${name}-${window}.png`),
      fullPage: !/^(entered|audit|sources)/.test(name),
    });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`);
  expect(`${name}, ${window}: axe-core finds nothing`, found.length === 0, found.join('; '));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(`${name}, ${window}: nothing is wider than the window`, wide <= 0, wide <= 0 ? '' : `${wide} pixels`);
  const wrong = await wrongs(page, watched, api.url);
  expect(`${name}, ${window}: no error, violation or request to others`, wrong.length === 0, wrong.join('; '));
  watched.errors.length = 0;
  watched.violations.length = 0;
}

/** Where nothing has entered, each view says what to do. */
async function newcomer({ browser, expect, screenshots }) {
  const api = await fakeApi({ count: 0 });
  const { page, watched, close } = await openAs(browser, api.url, 'submitter');
  await go(page, '#/');
  const text = await page.locator('#main').innerText();
  expect(
    'a newcomer sees the command that uploads',
    text.includes(`curl -T model.pt`) && text.includes('/v1/uploads/'),
  );
  expect(
    'a newcomer sees the line for clients of the Hub',
    text.includes(`export HF_ENDPOINT=${api.url.slice(0, -1)}`),
  );
  for (const [name, fragment] of [
    ['empty', '#/'],
    ['empty-sources', '#/intakes'],
    ['empty-findings', '#/findings'],
    ['empty-posture', '#/posture'],
  ]) {
    await go(page, fragment);
    await look({ page, watched, api, expect, name, window: 'light', screenshots });
  }
  await close();
  await api.close();
}

/** Names that would act or pass for others are text. */
async function hostile({ browser, expect, reports }) {
  const api = await fakeApi({ count: 50, reports });
  const { page, watched, close } = await openAs(browser, api.url, 'admin');
  for (const fragment of [
    '#/',
    '#/intakes',
    '#/waivers',
    ...api.artifacts.slice(0, 5).map(({ id }) => `#/artifacts/${id}`),
  ]) {
    await go(page, fragment);
    const text = await page.locator('#dashboard').innerText();
    const raw = [...text].filter((letter) => /[\u202A-\u202E\u2066-\u2069\u200B\0]/u.test(letter));
    expect(`${fragment.slice(0, 20)}: no character that turns or hides text`, raw.length === 0);
    const acted = await page.evaluate(() => [
      globalThis.hacked ?? null,
      document.querySelectorAll('#dashboard img, #dashboard b').length,
    ]);
    expect(`${fragment.slice(0, 20)}: markup in names is text`, acted[0] === null && acted[1] === 0, String(acted));
  }
  await go(page, '#/');
  const notes = await page.locator('.odd-name').allTextContents();
  expect(
    'a letter of another script has a note',
    notes.some((note) => note.includes('Cyrillic')),
    String(notes.length),
  );
  const wrong = await wrongs(page, watched, api.url);
  expect('hostile names cause no violation', wrong.length === 0, wrong.join('; '));
  await close();
  await api.close();
}
