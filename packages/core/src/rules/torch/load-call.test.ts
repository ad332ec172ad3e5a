import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { inspectSource } from '../../formats/python-source/inspect-source.js';
import type { Match } from '../../model/rule.js';
import type { SourceCallFact, SourceRequirement } from '../../model/source-fact.js';
import rule from './load-untrusted.js';

/** What the rule says of the one call in a source. */
function found(call: string, requirement: SourceRequirement | null = null): Match | undefined {
  const text = `import torch\n${call}\n`;
  const input = { name: 'a.py', path: 'a.py', checkTime: () => {}, neighbours: null, wanted: ['source.call'] as const };
  const [fact] = [...inspectSource(new TextEncoder().encode(text), input)] as SourceCallFact[];
  if (fact === undefined) throw new Error('no call');
  return check(rule, { ...fact, requirement });
}
const OLDER = 'Before PyTorch 2.6 the default is False.';
const RUNS = 'The author of the file runs code in this process.';

describe('why a call is unsafe', () => {
  test.each<[string, string]>([
    ['torch.load(f)', `weights_only=True is not given. ${OLDER} ${RUNS}`],
    ['torch.load(f, weights_only=False)', `weights_only=False lets the file name any callable. ${RUNS}`],
    ['torch.load(f, weights_only=None)', `weights_only=False lets the file name any callable. ${RUNS}`],
    ['torch.load(f, weights_only=w)', `weights_only (w) is no constant that is True. ${RUNS}`],
    ['torch.load(f, weights_only=True if a else b)', `is no constant that is True. ${RUNS}`],
    ['torch.load(f, **more)', `weights_only=True is not among the arguments that can be seen. ${OLDER} ${RUNS}`],
    [
      'torch.load(f, pickle_module=p)',
      `weights_only=True is not given, and pickle_module is given, which rules the restricted loader out. ${OLDER} ${RUNS}`,
    ],
    ['torch.load(f, None, p)', `and pickle_module is given, which rules the restricted loader out. ${OLDER} ${RUNS}`],
    ['torch.load(f, pickle_module=None)', `: weights_only=True is not given. ${OLDER} ${RUNS}`],
  ])('%s', (call, words) => {
    expect(found(call)?.message.slice(-words.length)).toBe(words);
  });

  test.each(['True', '1', '"x"', 'b"x"', '(1,)'])('weights_only=%s counts as true', (value) => {
    expect(found(`torch.load(f, weights_only=${value})`)).toBeUndefined();
  });

  test.each(['False', '0', '""', 'b""', '()'])('weights_only=%s counts as false', (value) => {
    expect(found(`torch.load(f, weights_only=${value})`)?.message).toContain('weights_only=False lets the file name');
  });

  const asks = (...least: number[]): SourceRequirement => ({
    file: 'r.txt',
    line: 1,
    name: 'torch',
    text: 'torch',
    least,
  });
  test.each<[SourceRequirement, string]>([
    [asks(2, 6), 'The project asks for torch 2.6 or later, whose default is True'],
    [asks(2, 7), 'The project asks for torch 2.7 or later'],
    [asks(3), 'The project asks for torch 3 or later'],
    [asks(2, 5, 1), 'The project admits torch 2.5.1, whose default is False.'],
    [asks(2), 'The project admits torch 2, whose default is False.'],
    [asks(1, 13), 'The project admits torch 1.13, whose default is False.'],
  ])('%j', (requirement, words) => {
    expect(found('torch.load(f)', requirement)?.message).toContain(words);
    expect(found('torch.load(f, weights_only=False)', requirement)?.message).not.toContain('The project');
  });
});

describe('what can be put in', () => {
  test.each<[string, boolean]>([
    ['torch.load(f)', true],
    ['torch.load(f, weights_only=False)', false],
    ['torch.load(f, **more)', false],
    ['torch.load(f, pickle_module=p)', false],
    ['map(torch.load, fs)', false],
    ['torch.hub.load_state_dict_from_url(u)', false],
  ])('%s: %s', (call, isPlain) => {
    expect(found(call)?.insertion?.text).toBe(isPlain ? ', weights_only=True' : undefined);
  });
});

describe('a download', () => {
  const url = (digits: number): string => `"https://h/w-${'a'.repeat(digits)}.pt"`;
  test.each<[string, string, number]>([
    ['u', 'weights_only is False by default there, in every release.', 3],
    [`${url(0)}, check_hash=True`, 'check_hash=True compares nothing here', 3],
    ['u, check_hash=True', 'which is no constant here', 3],
    [
      `${url(8)}, check_hash=True`,
      'compares 8 hex digits of the SHA-256, 32 bits, for which another file can be made, and',
      3,
    ],
    [`${url(19)}, check_hash=True`, '76 bits, for which another file can be made, and', 3],
    [`${url(20)}, check_hash=True`, '80 bits, and', 3],
    [`${url(64)}, check_hash=True`, 'compares the whole SHA-256 of what is downloaded', 0],
  ])('%s', (args, words, level) => {
    const match = found(`torch.hub.load_state_dict_from_url(${args})`);
    expect(match?.message).toContain(words);
    expect([match?.level, match?.severity]).toEqual([level, level === 0 ? 'LOW' : undefined]);
  });

  test('as tensors alone is none', () => {
    expect(found('torch.hub.load_state_dict_from_url(u, weights_only=True)')).toBeUndefined();
    expect(found('torch.hub.load_state_dict_from_url(u, None, None, True, False, None, True)')).toBeUndefined();
  });
});
