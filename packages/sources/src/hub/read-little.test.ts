import { expect, test } from 'vitest';
import { sized } from '../../../../oracles/full-size.js';
import { gguf, safetensors, torchLegacy, torchZip, type SparseFile } from '../../test/double-files.js';
import { SourceKit } from '../../test/source-kit.js';

const kit = new SourceKit();
const GB = 1_000_000_000;
const MIB = 2 ** 20;

/** A repository with one large file, scanned: what was asked for it and its listing. */
async function cost(path: string, content: SparseFile) {
  const { double } = kit;
  double.add('org/large', { [path]: content });
  const report = await kit.report(`hf://org/large`);
  const requests = double.asked.filter(({ path: asked }) => !asked.startsWith('/api/'));
  const bytes = requests.reduce((sum, { bytes: sent }) => sum + sent, 0);
  return { report, requests: requests.length, bytes };
}

test.each([
  ['a torch zip', 'model.pt', () => torchZip(400, 25 * MIB), 10 * GB],
  ['a checkpoint of the format before 1.6', 'legacy.pt', () => torchLegacy(400, 25 * MIB), 10 * GB],
  ['safetensors', 'model.safetensors', () => safetensors(400, 25 * MIB), 10 * GB],
  ['GGUF', 'model.gguf', () => gguf(400, 50 * MIB), 20 * GB],
])('%s of many gigabytes is decided in eight requests and a megabyte', async (_what, path, content, atLeast) => {
  const file = content();
  expect(file.size).toBeGreaterThan(atLeast);
  const { report, requests, bytes } = await cost(path, file);
  expect(report).toMatchObject({ verdict: 'pass', incomplete: [], findings: [] });
  expect(report.artifacts.map(({ size }) => size)).toEqual([file.size]);
  expect(requests).toBeLessThanOrEqual(8);
  expect(bytes).toBeLessThanOrEqual(MIB);
});

/**
 * Where a vocabulary lies before the template, each length says where the next one is: no page of it can be left out, and
 * the bound is what it takes. A template that is found shows that it was read up to there.
 */
const VOCABULARIES: readonly (readonly [string, { readonly words: number; readonly merges?: number }, number])[] = [
  ['150,000 tokens', { words: 150_000 }, 5],
  ['128,256 tokens and 280,147 merges', { words: 128_256, merges: 280_147 }, 9],
];

test.each(VOCABULARIES.slice(0, sized(2, 1)))(
  'GGUF with %s before its template is read up to it, and little more',
  async (_what, vocabulary, mostRequests) => {
    const file = gguf(400, 50 * MIB, { ...vocabulary, template: '{{ messages.__class__ }}' });
    const { report, requests, bytes } = await cost('model.gguf', file);
    expect(report.incomplete).toEqual([]);
    expect(report.findings.map(({ ruleId }) => ruleId)).toEqual(['REPO-CHAT-TEMPLATE']);
    expect(requests).toBeLessThanOrEqual(mostRequests);
    const before = report.findings[0]?.location.offset ?? 0;
    expect(before).toBeGreaterThan(1.9 * MIB);
    expect(bytes).toBeLessThanOrEqual(1.2 * before);
  },
);
