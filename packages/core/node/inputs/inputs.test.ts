import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scan, type ScanInput } from '@artifact-sentinel/core';
import { hashInput, openInput, type Input } from '@artifact-sentinel/core/node/internal';
import { afterEach, beforeEach, expect, test } from 'vitest';

const HOSTILE = Buffer.from("cos\nsystem\n(S'true'\ntR.");
const SHA256 = /^[0-9a-f]{64}$/;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sentinel-inputs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function both(): { readonly file: Input; readonly bytes: Input } {
  const name = join(root, 'model.pkl');
  writeFileSync(name, HOSTILE);
  return {
    file: { kind: 'file', name, size: HOSTILE.length },
    bytes: { kind: 'bytes', name: 'standard input', size: HOSTILE.length, bytes: HOSTILE },
  };
}

test('bytes at hand are scanned as a file is, under their own name', async () => {
  const { file, bytes } = both();
  // As another thread gets them.
  const inputs = structuredClone([file, bytes]);
  const report = await scan(await Promise.all(inputs.map(async (input) => openInput(input))), { today: '2026-11-22' });
  expect(report.findings.map(({ artifact, ruleId }) => [artifact, ruleId])).toEqual([
    [file.name, 'PICKLE-EXEC'],
    ['standard input', 'PICKLE-EXEC'],
  ]);
  const [first, second] = report.artifacts;
  expect(JSON.parse(JSON.stringify(second).replaceAll('standard input', file.name))).toEqual(first);
});

test('each kind is hashed in the state that was scanned, and in no other', async () => {
  const { file, bytes } = both();
  const identities = (await Promise.all([file, bytes].map(async (input) => openInput(input)))).map(
    (input: ScanInput) => {
      const { identity = '' } = input;
      input.close?.();
      return identity;
    },
  );
  const hashes = [file, bytes].map((input, i) => hashInput(input, identities[i] ?? '', () => null));
  expect(hashes[0]).toEqual({ sha256: expect.stringMatching(SHA256) });
  expect(hashes[1]).toEqual(hashes[0]);
  for (const input of [file, bytes])
    expect(hashInput(input, 'another', () => null)).toEqual({ problem: 'it changed since it was analysed' });
});

test('what cannot be read says why, and has no hash', async () => {
  const input: Input = { kind: 'unreadable', name: 'a', size: 0, problem: 'a device, not a file' };
  expect(await openInput(input)).toMatchObject({
    path: 'a',
    source: null,
    problem: { reason: 'a device, not a file' },
  });
  expect(hashInput(input, '', () => null)).toEqual({ problem: 'a device, not a file' });
});
