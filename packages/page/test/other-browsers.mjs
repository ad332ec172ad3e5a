// The page in Firefox, and in WebKit: verdicts, from file:// and served, no request, no violation, cancel, a report, ten gigabytes.
// What is not installed is skipped, and said; with --require it is a failure.
//
//   node packages/page/test/other-browsers.mjs [--require] [firefox] [webkit]
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built, fileUrl, root } from './browser.mjs';
import { writeSparseCheckpoint } from './sparse-checkpoint.mjs';
import { firefox, webkit } from './web-driver.mjs';

const FIREFOX = [process.env['FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox'];
const MINI_BROWSERS = ['4.1', '4.0', '6.0'].map(
  (version) => `/usr/lib/x86_64-linux-gnu/webkit2gtk-${version}/MiniBrowser`,
);
const WEBKIT_DRIVER = '/usr/bin/WebKitWebDriver';
const EVIL = "cos\nsystem\n(S'true'\ntR.";
const samples = join(root, 'fixtures/samples/models');

const found = (files) => files.find((file) => file !== undefined && existsSync(file));
const sleep = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

let failures = 0;
function expect(what, held, detail = '') {
  console.log(`${held ? 'ok' : 'FAILED'}: ${what}${detail === '' ? '' : ` (${detail})`}`);
  if (!held) failures += 1;
}

/** The page at one address, and a count of everything that is asked, of whomever: it is the proxy as well. */
async function serve() {
  const asked = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    asked.push(url.href);
    if (url.pathname === '/page')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(built));
    else response.writeHead(404).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(`https://${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  return { port, url: `http://127.0.0.1:${port}/page`, asked, close: () => server.close() };
}

const phase = (wanted) =>
  `() => document.querySelector('#page')?.dataset.phase === ${JSON.stringify(wanted)} && document.querySelector('#page').dataset.busy === 'false'`;
const heading = (browser) => browser.evaluate(`() => document.querySelector('h1').innerText`);

/** Opens the page; violations are counted from its first moment on. */
async function open(browser, url) {
  await browser.open('about:blank');
  await browser.open(url);
  await browser.evaluate(`() => {
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(event.violatedDirective + ' ' + event.blockedURI));
    addEventListener('error', (event) => globalThis.violations.push('error: ' + event.message));
  }`);
  await browser.waitFor(`() => document.querySelector('#page')?.dataset.phase === 'empty'`);
}

async function give(browser, files, until = 'done', chooser = '#choose-files') {
  await browser.choose(chooser, files);
  await browser.waitFor(`() => document.querySelector('#page').dataset.phase !== 'empty'`);
  await browser.waitFor(phase(until));
}

/** `home`: where the page works in this browser. */
async function checks(browser, server, home, folder, screenshots) {
  const short = browser.name.split(' ')[0].toLowerCase();
  if (home !== fileUrl) await fromDisk(browser);
  for (const [name, url] of home === fileUrl
    ? [
        ['file://', fileUrl],
        ['served', server.url],
      ]
    : [['served', server.url]]) {
    await open(browser, url);
    const before = server.asked.length;
    await give(browser, [join(samples, 'sentiment-finetuned.pt')]);
    expect(
      `${name}: a hostile checkpoint is called so`,
      /do not load/i.test(await heading(browser)),
      await heading(browser),
    );
    await browser.waitFor(
      `() => document.querySelector('.program .row') !== null && document.querySelector('.hex .is-in') !== null`,
    );
    expect(
      `${name}: the panes show its evidence`,
      (await browser.evaluate(`() => document.querySelector('.hex .is-in').innerText`)) === '63',
    );
    await browser.screenshot(join(screenshots, `${short}-${name.replace('://', '')}.png`));
    const violations = await browser.evaluate(`() => globalThis.violations`);
    expect(`${name}: no violation and no error`, violations.length === 0, violations.join());
    // A browser's own services are not the page's.
    const asked = server.asked.slice(before).filter((one) => !/mozilla|firefox/.test(new URL(one).host));
    expect(`${name}: nothing is asked after the page`, asked.length === 0, asked.join());
    const loaded = await browser.evaluate(
      `() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !name.startsWith('blob:') && !name.startsWith('data:'))`,
    );
    expect(`${name}: the page loaded nothing else`, loaded.length === 0, loaded.join());
  }
  await refused(browser, server);
  await families(browser, home);
  await cancelled(browser, home, folder);
  await reports(browser, home, folder);
  // Of a drop that a script makes, WebKit gives entries whose files have no bytes.
  if (home === fileUrl) await dropped(browser, home);
  await large(browser, home, folder);
}

/** Where workers get no byte of a file, nothing is called safe, and the page says what to do. */
async function fromDisk(browser) {
  await open(browser, fileUrl);
  await give(browser, [join(samples, 'image-head.pt')]);
  const text = await browser.evaluate(`() => document.body.innerText`);
  expect(
    'file://: what cannot be read is incomplete, with what to do about it',
    /nothing can be said/i.test(text) && /Serve the page/.test(text),
    await heading(browser),
  );
}

/** The policy is not there for show. */
async function refused(browser, server) {
  await open(browser, server.url);
  const before = server.asked.length;
  const outcome = await browser.evaluate(`async () => {
    const fetched = await fetch('http://127.0.0.1:${server.port}/elsewhere').then(() => 'done', () => 'refused');
    const worker = await new Promise((resolve) => {
      try {
        const one = new Worker('data:text/javascript,postMessage(0)');
        one.onmessage = () => resolve('done');
        one.onerror = () => resolve('refused');
      } catch { resolve('refused'); }
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { fetched, worker, violations: globalThis.violations.length };
  }`);
  const asked = server.asked.slice(before).filter((one) => one.includes('/elsewhere'));
  expect(
    'a request and a foreign worker are refused, and noticed as violations',
    outcome.fetched === 'refused' && outcome.worker === 'refused' && outcome.violations >= 2 && asked.length === 0,
    JSON.stringify(outcome),
  );
}

/** Exit codes of scans are findings, not errors. */
function sentinel(words) {
  const program = join(root, 'packages/cli/dist/sentinel.cjs');
  const options = { encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, SENTINEL_POLICY: '' } };
  try {
    return execFileSync(process.execPath, [program, ...words], options);
  } catch (error) {
    if (error.status === 1 || error.status === 2) return error.stdout;
    throw error;
  }
}

const HEADINGS = {
  fail: /do not load|policy is not met/i,
  incomplete: /nothing can be said/i,
  pass: /nothing dangerous|policy is met|not analysed/i,
};

/** The first file of each family of hostile techniques, and a clean one. */
async function families(browser, home) {
  const hostile = join(root, 'fixtures/hostile');
  for (const family of readdirSync(hostile)) {
    const [file] = readdirSync(join(hostile, family)).filter((name) => name.includes('.'));
    if (file === undefined) continue;
    await open(browser, home);
    await give(browser, [join(hostile, family, file)]);
    const words = await heading(browser);
    const { verdict } = JSON.parse(sentinel(['artifact', join(hostile, family, file), '-f', 'json']));
    expect(`${family}/${file}: ${verdict}, as on the command line`, HEADINGS[verdict].test(words), words);
  }
  await open(browser, home);
  await give(browser, [join(samples, 'image-head.pt')]);
  expect('a clean checkpoint passes', /nothing dangerous/i.test(await heading(browser)), await heading(browser));
}

async function cancelled(browser, home, folder) {
  const long = join(folder, 'long.pkl');
  writeFileSync(
    long,
    Buffer.concat([
      Buffer.from('\x80\x04]', 'latin1'),
      Buffer.alloc(400_000_000, 'K\x01a', 'latin1'),
      Buffer.from('.'),
    ]),
  );
  await open(browser, home);
  await give(browser, [long], 'scanning');
  const ms = await browser.evaluate(`async () => {
    const started = performance.now();
    [...document.querySelectorAll('button')].find((one) => /cancel/i.test(one.textContent)).click();
    while (document.querySelector('#page').dataset.phase === 'scanning') await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - started;
  }`);
  const text = await browser.evaluate(`() => document.body.innerText`);
  expect(
    'cancel ends a scan, and nothing is called safe',
    /cancelled/i.test(text) && !/nothing dangerous/i.test(text),
    `${Math.round(ms)} ms`,
  );
  rmSync(long);
}

async function reports(browser, home, folder) {
  const file = join(folder, 'report.json');
  writeFileSync(file, sentinel(['artifact', samples, '-f', 'json']));
  await open(browser, home);
  await give(browser, [file]);
  const files = JSON.parse(readFileSync(file, 'utf8')).artifacts.length;
  const text = await browser.evaluate(`() => document.body.innerText`);
  expect('a report opens', new RegExp(`do not load \\d+ of ${files} files`, 'i').test(text), await heading(browser));
}

async function dropped(browser, home) {
  await open(browser, home);
  await browser.evaluate(
    `(evil) => {
      const data = new DataTransfer();
      data.items.add(new File([evil], 'dropped.pkl'));
      dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }`,
    EVIL,
  );
  await browser.waitFor(phase('done'));
  expect('a dropped file is scanned', /do not load/i.test(await heading(browser)), await heading(browser));
}

async function large(browser, home, folder) {
  const file = join(folder, 'large.pt');
  const size = writeSparseCheckpoint(file, 200, 50 * 2 ** 20);
  await open(browser, home);
  await sleep(1000);
  const started = Date.now();
  await give(browser, [file]);
  const ms = Date.now() - started;
  expect(
    `a plain checkpoint of ${(size / 1e9).toFixed(1)} GB passes`,
    /nothing dangerous/i.test(await heading(browser)),
    `${ms} ms with the driver`,
  );
  rmSync(file);
}

/** A display without a screen, where there is none. */
async function display() {
  if (process.env['DISPLAY'] !== undefined || !existsSync('/usr/bin/Xvfb')) return null;
  const child = spawn('/usr/bin/Xvfb', [':87', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: 'ignore',
  });
  process.env['DISPLAY'] = ':87';
  await sleep(1500);
  return child;
}

const words = process.argv.slice(2);
const isRequired = words.includes('--require');
const wanted = words.filter((word) => word !== '--require');
const BROWSERS = {
  firefox: {
    missing: () => (found(FIREFOX) === undefined ? 'the package firefox-esr is not installed' : null),
    home: () => fileUrl,
    start: (server) => firefox(found(FIREFOX), server.port),
  },
  webkit: {
    missing: () =>
      found(MINI_BROWSERS) === undefined || !existsSync(WEBKIT_DRIVER)
        ? 'the package webkit2gtk-driver is not installed'
        : null,
    // Its workers read no file for a page from a disk.
    home: ({ url }) => url,
    start: () => webkit(WEBKIT_DRIVER, found(MINI_BROWSERS)),
  },
};

const folder = mkdtempSync(join(tmpdir(), 'sentinel-page-'));
const screenshots = join(root, '.cache/page');
mkdirSync(screenshots, { recursive: true });
const server = await serve();
const screen = await display();
try {
  for (const [name, { missing, start, home }] of Object.entries(BROWSERS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const why = missing();
    if (why !== null) {
      console.log(`${isRequired ? 'FAILED' : 'skipped'}: ${name}: ${why}`);
      if (isRequired) failures += 1;
      continue;
    }
    const browser = await start(server);
    console.log(`\n== ${browser.name}`);
    try {
      await checks(browser, server, home(server), folder, screenshots);
    } finally {
      await browser.close();
    }
  }
} finally {
  server.close();
  screen?.kill();
  rmSync(folder, { recursive: true });
}
if (failures > 0) {
  console.log(`\n${failures} failed`);
  process.exitCode = 1;
}
