// The examples of documents: each in a process of its own, in a folder with some models and a policy. One that is followed by a
// block of text has to print that.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const POLICY = 'category: PICKLE\nfail_on: [CRITICAL, HIGH]\n';

/** What calls the functions that examples export, and what has to come out. */
const CALLS = `
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { memorySource, scan } from '@artifact-sentinel/core';
const example = await import('./example.mjs');

const bytes = readFileSync('models/features.pkl');
const expected = (await scan([{ path: 'features.pkl', source: memorySource(bytes) }])).verdict;
const same = (verdict) => {
  if (verdict !== expected) throw new Error(verdict + ' instead of ' + expected);
};
if ('check' in example) same(await example.check(new File([bytes], 'features.pkl')));
if ('httpSource' in example) {
  const server = createServer((request, response) => {
    const [, from, to] = /bytes=(\\d+)-(\\d+)/.exec(request.headers.range ?? '') ?? [];
    const part = from === undefined ? bytes : bytes.subarray(Number(from), Number(to) + 1);
    response.writeHead(from === undefined ? 200 : 206, { 'content-length': part.length, etag: '"1"' });
    response.end(request.method === 'HEAD' ? undefined : part);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const source = await example.httpSource('http://127.0.0.1:' + server.address().port + '/features.pkl');
  same((await scan([{ path: 'features.pkl', source }])).verdict);
  server.close();
}
`;

/** The blocks of commands below a heading, or of the whole page: their lines, without those that are comments. */
export function commandsOf(page, heading) {
  const text = readFileSync(join(root, page), 'utf8');
  const start = heading === undefined ? 0 : text.indexOf(`\n${heading}\n`);
  if (start === -1) throw new Error(`${page} has no heading ${heading}`);
  const end = heading === undefined ? -1 : text.indexOf(`\n${heading.split(' ', 1)[0]} `, start + heading.length);
  const part = end === -1 ? text.slice(start) : text.slice(start, end);
  return [...part.matchAll(/^```sh\n([^]*?)^```\n/gm)].flatMap(([, block]) =>
    block.split('\n').filter((line) => /^[^#]/.test(line)),
  );
}

/** Each block of JavaScript, with the output that is shown behind it, or null. */
export function examplesOf(page) {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = [...text.matchAll(/^```js\n([^]*?)^```\n(?:\n```text\n([^]*?)^```\n)?/gm)];
  return blocks.map(([, code, output = null], at) => ({ name: `${page}, example ${at + 1}`, code, output }));
}

/**
 * Runs an example as the program that `words` start, and gives what it printed. `prepare(folder)` provides the packages, and
 * may give another file to be run than `calls.mjs`.
 */
export async function runExample({ name, code, output }, { prepare, words = [process.execPath] }) {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-example-'));
  try {
    cpSync(join(root, 'fixtures/samples/models'), join(folder, 'models'), { recursive: true });
    writeFileSync(join(folder, 'sentinel-policy.yml'), POLICY);
    writeFileSync(join(folder, 'example.mjs'), code);
    writeFileSync(join(folder, 'calls.mjs'), code.includes('export ') ? CALLS : code);
    const entry = (await prepare(folder)) ?? 'calls.mjs';
    const [file, ...before] = words;
    const { stdout } = await promisify(execFile)(file, [...before, entry], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1' },
    });
    if (output !== null && stdout !== output) throw new Error(`it printed\n${stdout}instead of\n${output}`);
    return stdout;
  } catch (error) {
    throw new Error(`${name}: ${error.message}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
