import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@artifact-sentinel/core/internal';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { Refusal } from '../attest/dsse.js';
import type { VerifyOptions } from '../attest/options.js';
import { verifyModel } from './verify-model.js';

const FIXTURES = fileURLToPath(new URL('../../../../fixtures/model-signing', import.meta.url));
const fixture = (name: string): string => join(FIXTURES, name);
const KEY = fixture('p256.pub.pem');
const ROOT = [fixture('root.crt.pem')];
let model = '';
beforeAll(() => {
  model = mkdtempSync(join(tmpdir(), 'sentinel-model-'));
  cpSync(fixture('model'), model, { recursive: true });
});
afterAll(() => rmSync(model, { recursive: true, force: true }));

function verify(name: string, options: Partial<VerifyOptions>): string[] {
  const bundle: unknown = JSON.parse(readFileSync(fixture(`${name}.sig`), 'utf8'));
  return verifyModel(bundle, fixture(`${name}.sig`), { artifact: [model], ...options });
}

/** How it is refused: a wrong command (`usage`), or a signature that does not fit (`refused`). */
function refusal(name: string, options: Partial<VerifyOptions>): string {
  try {
    return verify(name, options).join('\n');
  } catch (error) {
    if (error instanceof Refusal) return `refused: ${error.message}`;
    if (error instanceof UsageError) return `usage: ${error.message}`;
    throw error;
  }
}

test('what is said of a signature that fits', () => {
  const [first, ...rest] = verify('key-p256', { key: KEY });
  expect(first).toMatch(/^verified: model signature of model, 5 files, 306 B, by the P-256 key [0-9a-f]{64}$/);
  expect(rest).toEqual([
    'not covered by it: nothing',
    'A signature says whose model it is, not what it does: scan it as well.',
  ]);
  expect(verify('certificate-signer', { certificateChain: ROOT })[0]).toMatch(/, by the certificate CN=signer$/);
});

test.each<[string, Partial<VerifyOptions>, string]>([
  ['key-p256', { key: KEY, certificateChain: ROOT }, 'usage: --key and --certificate-chain exclude each other'],
  ['key-p256', {}, 'usage: --key FILE or --certificate-chain FILE is needed'],
  ['key-p256', { certificateChain: ROOT }, 'refused: it is signed with a key, not with a certificate; --key checks it'],
  ['certificate-signer', { key: KEY }, 'refused: it is signed with a certificate, not with a key'],
  ['key-p256', { key: KEY, artifact: [] }, 'usage: --artifact MODEL is needed once'],
  ['key-p256', { key: KEY, artifact: ['a', 'b'] }, 'usage: --artifact MODEL is needed once'],
  ['key-p256', { key: fixture('p384.pub.pem') }, 'refused: '],
  ['key-p256', { key: fixture('other.pub.pem') }, 'refused: '],
])('%s with %j is refused', (name, options, message) => {
  expect(refusal(name, options).slice(0, message.length)).toBe(message);
});

test.each([
  [1, 'x0'],
  [5, 'x0, x1, x2, x3, x4'],
  [6, 'x0, x1, x2, x3, x4 and 1 more'],
])('%i files beside it are named, the first five', (count, names) => {
  const copy = folderOfTest('sentinel-model-');
  cpSync(fixture('model'), copy, { recursive: true });
  const ignorePaths = Array.from({ length: count }, (_, i) => `x${i}`);
  for (const name of ignorePaths) writeFileSync(join(copy, name), '');
  const said = verify('key-p256', { key: KEY, artifact: [copy], ignorePaths })[1] ?? '';
  const shown = said.replace('not covered by it: ', '');
  expect(shown.replaceAll(/x\d/g, 'x')).toBe(names.replaceAll(/x\d/g, 'x'));
});

test('--ignore-unsigned-files takes what was added', () => {
  const copy = folderOfTest('sentinel-model-');
  cpSync(fixture('model'), copy, { recursive: true });
  writeFileSync(join(copy, 'new'), '');
  expect(refusal('key-p256', { key: KEY, artifact: [copy] })).toMatch(/^refused: new is there, and was not signed/);
  expect(verify('key-p256', { key: KEY, artifact: [copy], ignoreUnsignedFiles: true })[1]).toBe(
    'not covered by it: new',
  );
});
