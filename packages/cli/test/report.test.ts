import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { asVersion1, asVersion2, Cli, PICKLES } from './kit.js';

const cli = new Cli();

/** A folder with a report of a scan, in these formats besides JSON. */
function scanned(...formats: readonly string[]): string {
  const folder = cli.folder({ 'models/evil.pkl': PICKLES.system, 'models/fine.pkl': PICKLES.clean });
  cli.run(folder, ['artifact', 'models', '-f', 'json=r.json', ...formats.flatMap((format) => ['-f', format])]);
  return folder;
}
const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

test('a stored report gives what the scan wrote, and exit code 0', () => {
  const formats = ['text=a.txt', 'sarif=a.sarif', 'markdown=a.md', 'junit=a.xml', 'gitlab=a.gl', 'html=a.html'];
  const folder = scanned(...formats, 'cyclonedx=a.cdx.json');
  const again = [...formats, 'cyclonedx=a.cdx.json'].map((format) => format.replace('=a', '=b'));
  const run = cli.run(folder, ['report', 'r.json', ...again.flatMap((format) => ['-f', format])]);
  expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
  for (const ending of ['txt', 'sarif', 'md', 'xml', 'gl', 'html', 'cdx.json'])
    expect(read(folder, `b.${ending}`)).toBe(read(folder, `a.${ending}`));
  const json = cli.run(folder, ['report', 'r.json', '-f', 'json']).stdout;
  expect(JSON.parse(json)).toEqual(JSON.parse(read(folder, 'r.json')));
  expect(cli.run(folder, ['report', 'r.json', '--no-color']).stdout).toContain('PICKLE-EXEC');
});

test('endings name the formats', () => {
  const folder = scanned();
  cli.run(folder, ['report', 'r.json', '-o', 'r.html', '-o', 'bom.cdx.json']);
  expect(read(folder, 'r.html')).toMatch(/^<!doctype html>/);
  expect(JSON.parse(read(folder, 'bom.cdx.json'))).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
});

test.each([
  ['1', asVersion1],
  ['2', asVersion2],
])('a report of schema version %s is rendered too', (_version, asVersion) => {
  const folder = scanned();
  const old = asVersion(JSON.parse(read(folder, 'r.json')) as Report);
  writeFileSync(join(folder, 'old.json'), JSON.stringify(old));
  const run = cli.run(folder, ['report', 'old.json', '-f', 'html']);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain('Dangerous Pickle Execution');
});

test('a file that is no report, and an output that would replace it, are refused', () => {
  const folder = scanned();
  const before = read(folder, 'r.json');
  expect(cli.run(folder, ['report', 'models/evil.pkl'])).toMatchObject({ code: 2, stdout: '' });
  expect(cli.run(folder, ['report', 'missing.json']).stderr).toContain('cannot read the report missing.json');
  expect(cli.run(folder, ['report', 'r.json', '-f', 'html=r.json']).stderr).toContain('it is an input of this run');
  expect(read(folder, 'r.json')).toBe(before);
});

test('a BOM has the SHA-256 of everything that it lists, unless told otherwise', () => {
  const folder = cli.folder({ 'a.pkl': PICKLES.system, 'b.pkl': PICKLES.clean });
  const hashed = (...args: string[]): unknown[] =>
    (
      JSON.parse(cli.run(folder, ['artifact', 'a.pkl', 'b.pkl', '-f', 'cyclonedx', ...args]).stdout) as {
        components: { hashes?: unknown }[];
      }
    ).components.map(({ hashes }) => hashes !== undefined);
  expect(hashed()).toEqual([true, true]);
  expect(hashed('--hash', 'none')).toEqual([false, false]);
});
