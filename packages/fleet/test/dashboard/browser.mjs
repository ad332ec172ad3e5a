// Chromium with the built dashboard over the fake API: every request, violation and error is remembered.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

const PROGRAMS = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's Chromium, or that of `CHROMIUM`. */
export function launch() {
  const executablePath = PROGRAMS.find((file) => file !== undefined && existsSync(file));
  if (executablePath === undefined)
    throw new Error('no Chromium: install the package chromium, or name one with CHROMIUM=');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A window without a session. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({
    acceptDownloads: true,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const watched = { requests: [], violations: [], errors: [] };
  page.on('request', (request) => watched.requests.push(request.url()));
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy|Trusted ?Type|Refused to/i.test(text)) watched.violations.push(text);
    // What the API refuses is a line in Chromium's console, whatever the page does with it.
    else if (message.type() === 'error' && !/the server responded with a status of 4\d\d/.test(text))
      watched.errors.push(text);
  });
  page.on('pageerror', (error) => watched.errors.push(error.message));
  await page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  await page.goto(url);
  return { page, watched, close: () => context.close() };
}

/** The same, signed in by the form. */
export async function openAs(browser, url, token, options = {}) {
  const opened = await open(browser, url, options);
  await opened.page.fill('#token', token);
  await opened.page.press('#token', 'Enter');
  await opened.page.waitForSelector('.rail');
  return opened;
}

/** Goes to a view, and waits until what it asked for is there. */
export async function go(page, fragment) {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, fragment);
  await settled(page);
}

export async function settled(page) {
  await page.waitForFunction(
    () => document.querySelector('#main > *') !== null && document.querySelector('.waiting-for') === null,
  );
  await page.waitForTimeout(150);
}

/** Everything that must not be there. */
export async function wrongs(page, { requests, violations, errors }, url) {
  const own = await page.evaluate(() => globalThis.violations);
  const beyond = requests.filter(
    (asked) => !asked.startsWith(url) && !asked.startsWith('data:') && !asked.startsWith(`blob:${url}`),
  );
  return [...beyond.map((asked) => `request: ${asked}`), ...violations, ...own, ...errors];
}
