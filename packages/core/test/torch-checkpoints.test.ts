import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES, scan, type Report } from '@artifact-sentinel/core';
import { DEFAULT_POLICY } from '@artifact-sentinel/core/internal';
import { walk } from '@artifact-sentinel/core/node';
import { describe, expect, test } from 'vitest';

/* What the report says of checkpoints that PyTorch's restricted loader does not take, in one voice. */

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));
const SEQUENTIAL = 'torch.nn.modules.container.Sequential';

function scanned(file: string, ...allow: string[]): Promise<Report> {
  const entries = allow.map((entry) => ({
    entry,
    role: 'bare' as const,
    why: 'w',
    owner: null,
    expires: null,
    sha256: null,
    origin: 'p.yml:1',
  }));
  const policy = { ...DEFAULT_POLICY, allow: entries };
  return scan(walk([join(FIXTURES, file)]), { policy, rules: RULES, today: '2026-11-21' });
}

const findingsOf = ({ findings }: Report): string[] =>
  findings.map(({ ruleId, severity, action }) => `${ruleId} ${severity} ${action}`);

describe('names of the allowlist that PyTorch refuses', () => {
  test.each(['module', 'module-recurrent', 'module-attention', 'numpy-inside', 'plain-types', 'tar-format'])(
    'ask for a ticket, and the run passes: %s',
    async (name) => {
      const report = await scanned(`honest/torch/${name}.pt`);
      expect(findingsOf(report)).toEqual(['TORCH-LOAD-UNTRUSTED MEDIUM ticket']);
      expect(report.findings[0]?.decision).toMatch(/^Assign an owner/);
      expect(report.verdict).toBe('pass');
      expect(report.artifacts[0]?.safety?.level).toBe(0);
    },
  );

  test('an entry makes a note of it, and is named as used', async () => {
    const report = await scanned('honest/torch/module.pt', SEQUENTIAL, 'torch.nn.modules.conv.Conv2d');
    expect(findingsOf(report)).toEqual([]);
    expect(report.notes).toEqual([expect.stringContaining(`safe_globals([${SEQUENTIAL}, `)]);
    expect(report.allow.map(({ entry, state }) => `${entry} ${state}`)).toEqual([
      `${SEQUENTIAL} used`,
      'torch.nn.modules.conv.Conv2d unused',
    ]);
  });

  test('an entry for another name changes nothing', async () => {
    expect(findingsOf(await scanned('honest/torch/module.pt', 'torch.nn.modules.conv.Conv2d'))).toHaveLength(1);
  });
});

describe('stays CRITICAL', () => {
  test.each([
    ['a name that is withheld', 'honest/torch/module-layers.pt', 'does not propose builtins.getattr is its own choice'],
    ['opcodes that are refused', 'honest/torch/state-dict-proto4.pt', 'No list of safe globals helps: '],
    ['what runs', 'hostile/containers/torch-payload.pt', 'No list of safe globals helps: '],
  ])('%s', async (_name, file, words) => {
    const report = await scanned(file, SEQUENTIAL);
    const finding = report.findings.find(({ ruleId }) => ruleId === 'TORCH-LOAD-UNTRUSTED');
    expect(finding).toMatchObject({ severity: 'CRITICAL', action: 'fail' });
    expect(finding?.message).toContain(words);
    expect(finding?.message).not.toMatch(/switch the protection off, and|weights_only=False/);
  });
});

test.each([
  ['bare-pickle.pt', 'it is a plain pickle'],
  ['legacy-other-magic.pt', 'it is a plain pickle'],
  ['zip-flat.pt', 'its first entry lies in no folder: "data.pkl"'],
  ['zip-deep.pt', 'the archive has no record "version"'],
  ['zip-deep.bin', 'the archive has no record "version"'],
])('what PyTorch cannot load is incomplete: %s', async (name, words) => {
  const report = await scanned(`broken/torch/${name}`);
  expect(report.verdict).toBe('incomplete');
  const reasons = report.incomplete.map(({ reason }) => reason).join('\n');
  expect(reasons).toContain('torch.load of PyTorch 2.13.0 refuses it: ');
  expect(reasons).toContain(words);
});
