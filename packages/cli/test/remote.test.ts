import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { RemoteCli } from './remote-kit.js';

const cli = new RemoteCli();
const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

function filesBelow(folder: string): Record<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path)];
    }),
  );
}

/** A report without what differs between two runs, with `{at}` for where the files lie. */
function comparable(json: string, at: string): unknown {
  const { command: _command, run: _run, summary, ...report } = JSON.parse(json.replaceAll(`${at}/`, '{at}/')) as Report;
  const { durationMs: _ms, bytesRead: _read, ...counts } = summary;
  return { ...report, summary: counts };
}

test('a repository is reported as its copy is', { timeout: 120_000 }, async () => {
  const folder = cli.folder({});
  for (const name of ['honest/torch', 'hostile/containers']) {
    for (const file of readdirSync(join(FIXTURES, name)).filter((_, i) => i % 3 === 0))
      cpSync(join(FIXTURES, name, file), join(folder, 'copy', name, file), { recursive: true });
  }
  writeFileSync(join(folder, 'copy/empty.bin'), '');
  const { commit } = cli.double.add('org/model', filesBelow(join(folder, 'copy')));
  const options = ['--format', 'json', '--hash', 'all', '--thorough', '--allow-private'];
  const local = await cli.runRemote(folder, ['artifact', 'copy', ...options]);
  const remote = await cli.runRemote(folder, ['artifact', 'hf://org/model', ...options]);
  expect(remote.stderr).toBe('');
  expect(remote.code).toBe(local.code);
  const at = `hf://org/model@${commit}`;
  expect(comparable(remote.stdout, at)).toEqual(comparable(local.stdout, 'copy'));
});
