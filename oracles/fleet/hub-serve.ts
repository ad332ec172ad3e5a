// The gate for clients of the Hub before the double of the Hub, with one repository for each way in which a source can be
// hostile. Prints its address, and ends with its input. Arguments: its port, and a folder with a small model of transformers.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../packages/fleet/src/database/embedded.js';
import { migrate } from '../../packages/fleet/src/database/migrate.js';
import { openPool } from '../../packages/fleet/src/database/pool.js';
import { CLIENT_TOKEN, judged, startHubKit } from '../../packages/fleet/test/hub-kit.js';
import { SparseFile } from '../../packages/sources/test/double-files.js';
import type { Asked } from '../../packages/sources/test/hub-double.js';

const [port = '0', model = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'sentinel-hub-'));
chmodSync(folder, 0o755);
const database = await startEmbedded({ folder, settings: ['fsync=off', 'shared_buffers=32MB'] });
await migrate(database.url);
const pool = openPool(database.url);
const kit = await startHubKit(
  {
    pool,
    async close() {
      await pool.end();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  },
  { port: Number(port), publicUrl: `http://127.0.0.1:${port}`, waitMs: 500, idleMs: 2_000 },
);
const { double } = kit;

/** Bytes of which no two parts are alike. */
function bytesOf(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 8 <= size; at += 4096) bytes.writeDoubleLE(at + seed, at);
  return bytes;
}

const LARGE = 20_000_000;
const NAMES = [
  'good',
  'bad',
  'partial',
  'promoted',
  'new',
  'swapped',
  'small',
  'long',
  'short',
  'redirect',
  'xet',
  'etag',
  'slow',
];
NAMES.forEach((name, i) => {
  double.add(`org/${name}`, {
    'config.json': `{"model_type": "bert", "name": "${name}"}\n`,
    'weights.pkl': Buffer.from(`weights of ${name}`),
    'folder/ü b#1.txt': `text of ${name}`,
    'empty.txt': '',
    'small-lfs.bin': { content: SparseFile.of(bytesOf(100_000, i)), lfs: true },
    'large.bin': bytesOf(LARGE, i * 1000),
  });
});
double.add('datasets/org/data', { 'data.csv': 'a,b\n1,2\n' });
const files = readdirSync(model).map((path) => [path, readFileSync(join(model, path))] as const);
for (const name of ['tiny', 'tiny-bad']) double.add(`org/${name}`, Object.fromEntries(files));

const JUDGED: Readonly<Record<string, Parameters<typeof judged>[3]>> = {
  'org/bad': { files: { 'weights.pkl': 'failed' }, rules: { 'weights.pkl': 'PICKLE-EXEC' } },
  'org/partial': { files: { 'large.bin': 'incomplete' } },
  'org/promoted': { files: { 'weights.pkl': 'promoted' } },
  'org/tiny-bad': { files: { 'config.json': 'failed' }, rules: { 'config.json': 'REPO-REMOTE-CODE' } },
};
for (const [name, repository] of double.repositories)
  if (name !== 'org/new') await judged(pool, name, repository, JUDGED[name] ?? {});

/** What is asked about a file of a repository of this name: the address that gives its bytes. */
function gives(asked: Asked, name: string, path: string): boolean {
  return (
    asked.path.endsWith(`/${path}`) &&
    asked.path.includes(`org/${name}/`) &&
    (asked.origin === 'cdn' || asked.path.includes('resolve-cache'))
  );
}

double.fault = (asked, response) => {
  const large = (name: string) => gives(asked, name, 'large.bin');
  if (large('swapped')) response.end(bytesOf(LARGE, 1));
  else if (gives(asked, 'small', 'config.json'))
    response.end('{"model_type": "bert", "auto_map": {"AutoConfig": "x.X"}}');
  else if (large('long')) response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(bytesOf(LARGE + 1, 7000));
  else if (large('short')) response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(bytesOf(LARGE - 1, 8000));
  else if (asked.path.startsWith('/org/redirect/resolve/') && asked.path.endsWith('large.bin'))
    response.writeHead(302, { location: 'http://127.0.0.1:1/large.bin' }).end();
  else if (large('slow')) response.writeHead(200, { 'content-length': LARGE }).write(bytesOf(1000, 0));
  else {
    if (asked.path.includes('org/xet')) {
      response.setHeader('X-Xet-Hash', 'a'.repeat(64));
      response.setHeader('X-Xet-Refresh-Route', `${double.endpoint}/api/models/org/xet/xet-read-token/main`);
      response.setHeader('Link', `<${double.endpoint}/api/models/org/xet/xet-read-token/main>; rel="xet-auth"`);
    }
    // The double sets its own; these come first.
    if (asked.path.includes('org/etag')) {
      const set = response.setHeader.bind(response);
      response.setHeader = (name, value) => set(name, /etag/i.test(name) ? '"00000000"' : value);
    }
    return false;
  }
  return true;
};
const expand = double.repositories.get('org/xet');
if (expand !== undefined)
  expand.listedToo = [{ type: 'file', path: 'only-in-xet.bin', size: 1, oid: '0'.repeat(40), xetHash: 'b'.repeat(64) }];

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const all = [...double.repositories];
const digests = Object.fromEntries(
  all.map(([name, { files: of }]) => [
    name,
    Object.fromEntries([...of].map(([path, { content }]) => [path, digest(content.read(0, content.size))])),
  ]),
);
const contents = Object.fromEntries(all.map(([name, { commit }]) => [name, { commit }]));
const range = digest(bytesOf(LARGE, 0).subarray(19_000_000, 19_001_000));
process.stdout.write(`${JSON.stringify({ url: kit.url, token: CLIENT_TOKEN, contents, digests, range })}\n`);
let input = '';
process.stdin.on('data', (chunk) => {
  input += String(chunk);
  for (; input.includes('\n'); input = input.slice(input.indexOf('\n') + 1)) {
    // What was asked of the Hub so far, and which tokens it was shown.
    const tokens = [
      ...new Set(double.asked.map(({ origin, headers }) => `${origin}: ${headers.authorization ?? 'none'}`)),
    ].sort();
    const xet = double.asked.filter(({ path }) => path.includes('xet-read-token')).length;
    process.stdout.write(`${JSON.stringify({ tokens, xet, created: kit.created })}\n`);
  }
});
process.stdin.on('end', () => void kit.close());
