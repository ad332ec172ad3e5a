// The size of what is delivered: the command line, what of it a plain scan loads, the core as a page would load it, and our own page
// with and without the program of its workers, and the script and style of the fleet's dashboard. Fails above the
// limits; raise one only together with the reason, in docs/decisions/17-tools-and-build.md.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const KIB = 1024;
const LIMITS = {
  cli: 3310 * KIB,
  plainScan: 1320 * KIB,
  coreGzip: 530 * KIB,
  pageGzip: 60 * KIB,
  workerGzip: 550 * KIB,
  dashboardGzip: 50 * KIB,
};

const dist = join(root, 'packages/cli/dist');
const PLAIN = join(root, 'fixtures/honest/sklearn/decision-tree.pkl');

async function sizeOf(...files) {
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(dist, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What a scan of a pickle without a finding loads, as Node itself tells it: the files of its coverage. */
async function loadedByPlainScan() {
  const folder = await mkdtemp(join(tmpdir(), 'sentinel-size-'));
  try {
    execFileSync(process.execPath, [join(dist, 'sentinel.cjs'), 'artifact', PLAIN, '--jobs', '1'], {
      env: { ...process.env, NODE_V8_COVERAGE: folder },
    });
    const [name] = await readdir(folder);
    const { result } = JSON.parse(await readFile(join(folder, name), 'utf8'));
    return result
      .filter(({ url }) => url.startsWith('file:'))
      .map(({ url }) => relative(dist, fileURLToPath(url)))
      .filter((file) => !file.startsWith('..'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** All that a browser loads before the first answer of the API. */
async function gzippedDashboard() {
  const folder = join(root, 'packages/fleet/dist-dashboard');
  const names = (await readdir(folder)).filter((name) => /\.(?:js|css)$/.test(name));
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
}

const plain = await loadedByPlainScan();
const bundle = await build({
  entryPoints: [join(root, 'packages/core/src/index.ts')],
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  write: false,
  logLevel: 'warning',
});
const core = bundle.outputFiles[0].contents;

/** What is there before the first file: the page without the program of its workers, which is text until then. */
const page = await readFile(join(root, 'packages/page/dist/index.html'), 'utf8');
const WORKER = /<script type="text\/plain" id="worker">(.*?)<\/script>/s;
const worker = WORKER.exec(page)?.[1];
if (worker === undefined) throw new Error('the page has no program for its workers');
const sizes = {
  cli: await sizeOf('sentinel.cjs', ...(await readdir(join(dist, 'parts'))).map((name) => `parts/${name}`)),
  plainScan: await sizeOf(...plain),
  coreGzip: gzipSync(core, { level: 9 }).length,
  pageGzip: gzipSync(page.replace(WORKER, ''), { level: 9 }).length,
  workerGzip: gzipSync(worker, { level: 9 }).length,
  dashboardGzip: await gzippedDashboard(),
};
let tooLarge = 0;
for (const [name, size] of Object.entries(sizes)) {
  const isTooLarge = size > LIMITS[name];
  if (isTooLarge) tooLarge += 1;
  process.stdout.write(
    `${name}: ${(size / KIB).toFixed(1)} KiB of ${LIMITS[name] / KIB} KiB${isTooLarge ? ': too large' : ''}\n`,
  );
}
if (tooLarge > 0) process.exitCode = 1;
