// Chromium with the built page: as a file, or served; every request, violation and error is remembered.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
export const built = join(root, 'packages/page/dist/index.html');

const PROGRAMS = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's Chromium, or that of `CHROMIUM`. */
export function findChromium() {
  const found = PROGRAMS.find((file) => file !== undefined && existsSync(file));
  if (found === undefined) throw new Error('no Chromium: install the package chromium, or name one with CHROMIUM=');
  return found;
}

export function launch() {
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
}

/** Serves the page, and nothing else, on loopback; what is asked for is listed. */
export async function serve() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    if (request.url === '/')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(built));
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, asked, close: () => server.close() };
}

export const fileUrl = pathToFileURL(built).href;

/** Opens the page; `watched` collects what must not be there. */
export async function open(browser, url, options = {}, prepare = () => undefined) {
  const context = await browser.newContext({
    acceptDownloads: true,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const watched = { requests: [], violations: [], errors: [] };
  // Of the page's workers too: a worker's own messages come through its console.
  page.on('request', (request) => watched.requests.push(request.url()));
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy|Trusted ?Type|Refused to/i.test(text)) watched.violations.push(text);
    else if (message.type() === 'error') watched.errors.push(text);
  });
  page.on('pageerror', (error) => watched.errors.push(error.message));
  await page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  await page.addInitScript(prepare);
  await page.goto(url);
  return { page, watched, close: () => context.close() };
}

/** Everything that must not be there, after the page was loaded. */
export async function wrongs(page, { requests, violations, errors }, url) {
  const own = await page.evaluate(() => globalThis.violations);
  // The code of a worker is a Blob of the page itself: nothing is asked of anybody.
  const beyond = requests.filter((asked) => asked !== url && !asked.startsWith('blob:') && !asked.startsWith('data:'));
  return [...beyond.map((asked) => `request: ${asked}`), ...violations, ...own, ...errors];
}

/** Waits until the page shows a phase, and nothing is hashed or rendered. */
export async function settled(page, phase, timeout = 500_000) {
  await page.waitForSelector(`#page[data-phase="${phase}"][data-busy="false"]`, { state: 'attached', timeout });
}

/** Files, or one folder, as a person gives them by the choosers; waits for the end of the scan. */
export async function scan(page, what, { folder = false, phase = 'done' } = {}) {
  await page.setInputFiles(folder ? '#choose-folder' : '#choose-files', what);
  await page.waitForSelector('#page:not([data-phase="empty"])', { state: 'attached' });
  await settled(page, phase);
}

/** The text of the report that the page downloads in a format. */
export async function downloaded(page, format) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.selectOption('.download select', format)]);
  const text = readFileSync(await download.path(), 'utf8');
  await settled(page, 'done');
  return text;
}
