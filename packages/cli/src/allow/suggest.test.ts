import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { capturedOutput } from '../../../../oracles/captured-output.js';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { suggestEntries } from './suggest.js';

/** `mylib.model.Net`, imported and instantiated. */
const NET = Buffer.from('\x80\x02cmylib.model\nNet\n)\x81.', 'latin1');
/** `os.system('id')`. Nothing is loaded. */
const SYSTEM = Buffer.from("cos\nsystem\n(S'id'\ntR.");
const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
const captured = capturedOutput();
afterEach(() => void vi.useRealTimers());

function folderOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = join(folderOfTest('sentinel-suggest-'), 'm');
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

interface Answer {
  readonly schemaVersion: number;
  readonly command: string;
  readonly files: readonly {
    path: string;
    suggestions: readonly { status: string }[];
    incomplete: readonly string[];
  }[];
}
async function suggested(paths: readonly string[]): Promise<Answer & { code: number }> {
  captured.out = '';
  const code = await suggestEntries(paths, { format: 'json' }, false);
  return { ...(JSON.parse(captured.out) as Answer), code };
}

test('the exit code: what is refused or was not analysed, what has to be looked at, nothing', async () => {
  const folder = folderOf({ 'clean.pkl': CLEAN, 'net.pkl': NET, 'notes.txt': Buffer.from('hello\n') });
  const one = await suggested([folder]);
  expect(one).toMatchObject({ code: 1, schemaVersion: 1, command: 'allow suggest' });
  // What is no artifact is not listed.
  expect(one.files.map(({ path, suggestions }) => [path, suggestions.map(({ status }) => status)])).toEqual([
    [join(folder, 'clean.pkl'), []],
    [join(folder, 'net.pkl'), ['review']],
  ]);
  expect(captured.error).toBe('');
  expect((await suggested([join(folder, 'clean.pkl')])).code).toBe(0);
  writeFileSync(join(folder, 'os.pkl'), SYSTEM);
  expect((await suggested([folder])).code).toBe(2);
});

test('a file that is cut short is named, and makes the exit code 2', async () => {
  const folder = folderOf({ 'a.pkl': CLEAN.subarray(0, -1) });
  const { code, files } = await suggested([folder]);
  expect([code, files.length]).toEqual([2, 1]);
  expect(captured.error).toMatch(/^sentinel: [^\n]*truncated[^\n]*\n/);
});

test('what was named and cannot be opened is bad usage; a link within that leads nowhere is incomplete', async () => {
  const folder = folderOf({ 'a.pkl': CLEAN });
  await expect(suggested([join(folder, 'gone')])).rejects.toThrow('gone: there is no such file or folder');
  symlinkSync('gone', join(folder, 'b.pkl'));
  expect((await suggested([folder])).code).toBe(2);
});

test('entries for a policy: until 180 days from now, for the very artifact', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime('2031-05-09T23:30:00Z');
  const folder = folderOf({ 'net.pkl': NET, 'os.pkl': SYSTEM });
  expect(await suggestEntries([folder], { format: 'yaml' }, false)).toBe(2);
  expect(captured.out).toMatch(/\b2031-11-05(?!T)/);
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  expect(captured.out).toContain(hash(NET));
  // Nothing is proposed for what is refused.
  expect(captured.out).not.toContain(hash(SYSTEM));
});

test('text for people', async () => {
  expect(await suggestEntries([folderOf({})], { format: 'text' }, false)).toBe(0);
  expect(captured.out).toBe('There is no artifact to allow anything for.\n');
  captured.out = '';
  expect(await suggestEntries([folderOf({ 'net.pkl': NET })], { format: 'text' }, false)).toBe(1);
  expect(captured.out).toContain('mylib.model.Net');
  expect(captured.out).not.toContain('There is no artifact');
});

test('source that is given is read', async () => {
  const folder = folderOf({ 'net.pkl': NET });
  const source = folderOfTest('sentinel-source-');
  mkdirSync(join(source, 'mylib'));
  writeFileSync(join(source, 'mylib', 'model.py'), 'class Net:\n    pass\n');
  await suggestEntries([folder], { format: 'json', source: [source] }, false);
  expect(captured.out).toContain(join(source, 'mylib', 'model.py'));
});
