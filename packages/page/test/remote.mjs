import { execFile, execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { built, open, root, settled } from './browser.mjs';

const EVIL = Buffer.from("cos\nsystem\n(S'true'\ntR.");
const page = join(root, 'packages/page');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The double of the Hub, which is TypeScript. */
async function startDouble(folder) {
  const entry = join(root, 'packages/sources/test');
  const outfile = join(folder, 'hub-double.mjs');
  await build({
    stdin: {
      contents: `export { HubDouble } from './hub-double.js'; export { torchZip } from './double-files.js';`,
      resolveDir: entry,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
  });
  const { HubDouble, torchZip } = await import(pathToFileURL(outfile).href);
  return { double: await HubDouble.start(), torchZip };
}

/** The page for this Hub alone. What is built for delivery stays as it was. */
function buildRemote(folder, origins) {
  const before = readFileSync(built);
  execFileSync(process.execPath, [join(page, 'build.mjs'), `--remote=${origins.join(',')}`]);
  if (!readFileSync(built).equals(before)) throw new Error('the page without a network changes with the other one');
  const file = join(folder, 'remote.html');
  writeFileSync(file, readFileSync(join(page, 'dist/remote.html')));
  rmSync(join(page, 'dist/remote.html'));
  return file;
}

async function serve(file) {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(file)),
  );
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** The second page: what it asks, whom, and only after it was told to. */
export async function remote({ browser, expect, folder, screenshots }) {
  const { double, torchZip } = await startDouble(folder);
  const file = buildRemote(folder, [double.endpoint, double.cdn]);
  nothingOfANetwork(expect, file);
  const server = await serve(file);
  const context = { browser, expect, folder, screenshots, double, torchZip, url: server.url };
  try {
    await agreed(context);
    await refusedByHosts(context);
    await wrongAddress(context);
    await fromDisk(context, pathToFileURL(file).href);
  } finally {
    server.close();
    await double.close();
  }
}

/** Texts of the code that asks a Hub, and of fetch itself. The core names such hosts in its rules, but asks none. */
const OF_A_NETWORK = [
  'paths-info',
  'HF_ENDPOINT',
  'Content-Range',
  'content-range',
  'if-range',
  'no-referrer",',
  'resolvers',
];

function nothingOfANetwork(expect, file) {
  const text = readFileSync(built, 'utf8');
  const found = OF_A_NETWORK.filter((one) => text.includes(one));
  expect('the delivered page has nothing of what reads from a network', found.length === 0, found.join());
  expect('and its policy lets it ask nobody', text.includes("connect-src 'none'"));
  expect('it makes no request', !/\bfetch\(|new (?:XMLHttpRequest|WebSocket|EventSource)|sendBeacon/.test(text));
  const other = readFileSync(file, 'utf8');
  const missing = OF_A_NETWORK.filter((one) => !other.includes(one));
  expect('which the other page has: the texts tell them apart', missing.length === 0, missing.join());
}

async function agreed({ browser, expect, folder, screenshots, double, torchZip, url }) {
  double.reset();
  double.cors = true;
  double.pageSize = 2;
  double.add('org/model', {
    'a.pkl': EVIL,
    'config.json': '{}',
    'large.pt': torchZip(400, 25 * 2 ** 20),
    'sub/train.py': 'import torch\nfrom helper import path\ntorch.load(path, weights_only=False)\n',
    'sub/helper.py': 'import sys\npath = sys.argv[1]\n',
  });
  const { page: tab, watched, close } = await open(browser, `${url}#hf=org/model`);
  await tab.waitForSelector('.consent');
  await tab.waitForTimeout(500);
  const text = await tab.locator('.consent').innerText();
  const host = new URL(double.endpoint).host;
  expect(
    'host, repository, revision and how much is read are named',
    [host, 'org/model', 'main', '256 MiB', double.cdn].every((one) => text.includes(one)),
    text.replaceAll('\n', ' ').slice(0, 120),
  );
  expect('nothing is asked before', double.asked.length === 0, `${double.asked.length} requests`);
  await tab.screenshot({ path: join(screenshots, 'remote-consent.png'), fullPage: true });
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  expect('axe-core finds nothing in it', violations.length === 0, violations.map(({ id }) => id).join());
  await tab.locator('.consent button').click();
  await settled(tab, 'done', 60_000);
  const heading = await tab.locator('h1').first().innerText();
  expect('what lies there is scanned', /do not load 2 of 3/i.test(heading), heading);
  await tab.screenshot({ path: join(screenshots, 'remote.png'), fullPage: true });
  const received = double.asked.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(
    'by ranges: of ten gigabytes less than two megabytes',
    received < 2 * 2 ** 20,
    `${received} bytes, ${double.asked.length} requests`,
  );
  const methods = [...new Set(double.asked.map(({ method }) => method))].join();
  expect('without a question before a request (OPTIONS)', methods === 'GET,POST', methods);
  const secrets = double.asked.filter(({ headers }) => headers.cookie ?? headers.authorization ?? headers.referer);
  expect('without cookie, token and referrer', secrets.length === 0);
  const allowed = [url, double.endpoint, double.cdn];
  const beyond = watched.requests.filter(
    (one) => !/^(?:blob|data):/.test(one) && !allowed.some((origin) => one.startsWith(origin)),
  );
  expect('nobody else is asked', beyond.length === 0, beyond.join());
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.selectOption('.download select', 'json')]);
  const report = JSON.parse(readFileSync(await download.path(), 'utf8'));
  const { commit } = double.repositories.get('org/model');
  const byNode = JSON.parse(await commandLine(`hf://org/model@${commit}`, folder, double.endpoint));
  const comparable = ({ verdict, findings, incomplete, artifacts }) =>
    JSON.stringify({
      verdict,
      findings: findings.map(({ fingerprint, location }) => [fingerprint, location]),
      incomplete,
      artifacts: artifacts.map(({ path, size, status, coverage }) => [path, size, status, coverage.totals]),
    });
  expect('the same is found as by the command line', comparable(report) === comparable(byNode), '');
  expect(
    'what was received is in the report',
    report.notes.some((note) => /were received of/.test(note)),
  );
  await tab.waitForSelector('.hex .is-in');
  expect('the hex view reads there as well', (await tab.locator('.hex .is-in').innerText()) === '63');
  const wrong = [...watched.violations, ...watched.errors];
  expect('no violation, no error', wrong.length === 0, wrong.join('; '));
  await close();
}

/** The double answers in this process: nothing here may wait for the command line without turns for others. */
function commandLine(address, cwd, endpoint) {
  const words = ['artifact', address, '--allow-private', '--hash', 'none', '-f', 'json'];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [join(root, 'packages/cli/dist/sentinel.cjs'), ...words],
      {
        cwd,
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        env: { ...process.env, HF_ENDPOINT: endpoint, SENTINEL_POLICY: '' },
      },
      // Findings are an exit code, not an error.
      (error, stdout) => (error === null || error.code === 1 || error.code === 2 ? resolve(stdout) : reject(error)),
    );
  });
}

/** Opens the page at a repository and agrees; the text of the page when it is over. */
async function read({ browser, url }, hash, phase = 'done') {
  const { page: tab, watched, close } = await open(browser, `${url}${hash}`);
  await tab.locator('.consent button').click();
  await settled(tab, phase, 60_000);
  await tab.waitForSelector(phase === 'empty' ? '.problems p' : '#artifact-title', { state: 'attached' });
  const text = await tab.locator('body').innerText();
  return { text, heading: await tab.locator('h1').first().innerText(), watched, close };
}

/** Hosts that do not let pages read them: said in words, and never a pass. */
async function refusedByHosts(context) {
  const { expect, double, torchZip } = context;
  double.reset();
  double.add('org/model', { 'a.pkl': EVIL });
  const closed = await read(context, '#hf=org/model', 'empty');
  expect(
    'a Hub without CORS is said in words',
    /does not let other pages read it \(CORS\)/.test(closed.text),
    closed.heading,
  );
  await closed.close();

  double.reset();
  double.cors = true;
  double.add('org/model', { 'clean.pkl': 'N.', 'large.pt': torchZip(4, 25 * 2 ** 20) });
  double.fault = (asked, response) => {
    if (asked.origin === 'cdn') response.removeHeader('Access-Control-Allow-Origin');
    return false;
  };
  const storage = await read(context, '#hf=org/model');
  expect(
    'a storage without CORS leaves its file incomplete',
    /CORS/.test(storage.text) && /nothing can be said/i.test(storage.heading),
    storage.heading,
  );
  await storage.close();

  double.fault = (asked, response) => {
    if (asked.origin === 'cdn') response.removeHeader('Access-Control-Expose-Headers');
    return false;
  };
  const hidden = await read(context, '#hf=org/model');
  expect(
    'a range that cannot be told is none',
    /Content-Range/.test(hidden.text) && /nothing can be said/i.test(hidden.heading),
    hidden.heading,
  );
  await hidden.close();

  double.fault = (asked, response) => {
    if (asked.path.includes('/tree/')) response.removeHeader('Access-Control-Expose-Headers');
    return false;
  };
  const cut = await read(context, '#hf=org/model');
  expect(
    'a listing that may go on is not complete',
    /Link is not exposed/.test(cut.text) && /nothing can be said/i.test(cut.heading),
    cut.heading,
  );
  await cut.close();

  let elsewhere = 0;
  const other = createServer((_request, response) => {
    elsewhere += 1;
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('N.');
  });
  await new Promise((resolve) => {
    other.listen(0, '127.0.0.1', resolve);
  });
  const { port } = other.address();
  double.fault = (asked, response) => {
    if (!asked.path.includes('/resolve/')) return false;
    response.writeHead(302, { location: `http://127.0.0.1:${port}/x` }).end();
    return true;
  };
  const led = await read(context, '#hf=org/model');
  other.close();
  expect(
    'a redirect to a host that the policy does not name is refused, by the workers too',
    /nothing can be said/i.test(led.heading) && elsewhere === 0,
    `${led.heading} ${elsewhere} requests`,
  );
  await led.close();
}

async function wrongAddress({ browser, expect, double, url }) {
  double.reset();
  double.cors = true;
  const { page: tab, close } = await open(browser, `${url}#hf=https://example.org/x`);
  const heading = await tab.locator('h1').first().innerText();
  expect(
    'an address that is none asks for nothing',
    /names no repository/.test(heading) && (await tab.locator('.consent button').count()) === 0,
  );
  await close();
  const gone = await read({ browser, url }, '#hf=org/gone', 'empty');
  expect('a repository that is not there is said in words', /org\/gone does not exist/.test(gone.text));
  await gone.close();
  const without = await open(browser, url);
  expect('without an address it is the page for files', (await without.page.locator('.consent').count()) === 0);
  await without.close();
  expect(
    'and nothing was asked of other repositories',
    double.asked.every(({ path }) => path.includes('org/gone')),
  );
}

/** A page from a disk has the origin `null`. */
async function fromDisk({ browser, expect, double }, fileUrl) {
  double.reset();
  double.cors = true;
  double.add('org/model', { 'a.pkl': EVIL });
  const { heading, close } = await read({ browser, url: fileUrl }, '#hf=org/model');
  expect('from a disk it works where the Hub answers the origin null', /do not load/i.test(heading), heading);
  await close();
}
