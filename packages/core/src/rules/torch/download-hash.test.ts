import { describe, expect, test } from 'vitest';
import type { SourceCallFact } from '../../model/source-fact.js';
import { inspectSource } from '../../formats/python-source/inspect-source.js';
import { downloadHash } from './download-hash.js';

/** What a call of `load_state_dict_from_url` with these arguments compares. */
function hash(args: string): string {
  const text = `import torch\ntorch.hub.load_state_dict_from_url(${args})\n`;
  const input = { name: 'a.py', path: 'a.py', checkTime: () => {}, neighbours: null, wanted: ['source.call'] as const };
  const calls = [...inspectSource(new TextEncoder().encode(text), input)] as SourceCallFact[];
  const [call] = calls.filter(({ target }) => target === 'torch.hub.load_state_dict_from_url');
  if (call === undefined) throw new Error('no call');
  const found = downloadHash(call);
  return found.checks === 'part' ? `part ${found.digits}` : found.checks;
}

describe('check_hash', () => {
  const url = (name: string): string => `"https://h/${name}"`;
  const whole = 'a'.repeat(64);
  test.each([
    [url('w-abcd.pt'), 'not-asked'],
    [`${url('w-abcd.pt')}, check_hash=False`, 'not-asked'],
    [`${url('w-abcd.pt')}, check_hash=x`, 'not-asked'],
    [`${url('w-abcd.pt')}, check_hash=True`, 'part 4'],
    [`${url('w-abcd.pt')}, None, None, True, True`, 'part 4'],
    [`${url('w-abcd.pt')}, None, None, True`, 'not-asked'],
    [`${url('w.pt')}, check_hash=True`, 'none'],
    [`${url('w-.pt')}, check_hash=True`, 'none'],
    [`${url('w-xyz.pt')}, check_hash=True`, 'none'],
    [`${url(`w-${whole}.pt`)}, check_hash=True`, 'whole'],
    [`${url(`w-${whole}a.pt`)}, check_hash=True`, 'whole'],
    [`${url(`w-${whole.slice(1)}.pt`)}, check_hash=True`, 'part 63'],
    [`${url('w-abcd.pt?x=-ffffff.')}, check_hash=True`, 'part 4'],
    [`${url('w-abcd.pt#-ffffff.')}, check_hash=True`, 'part 4'],
    [`${url('w-abcd.pt;-ffffff.')}, check_hash=True`, 'part 4'],
    ['"https://h-abcd.pt", check_hash=True', 'none'],
    ['u, check_hash=True', 'unknown'],
    [`${url('w-abcd.pt')} if x else ${url('w-ab.pt')}, check_hash=True`, 'part 2'],
    [`${url('w-abcd.pt')} if x else y, check_hash=True`, 'unknown'],
    [`${url('w.pt')}, check_hash=True, file_name="w-abcdef.pt"`, 'part 6'],
    [`${url('w-abcd.pt')}, None, None, True, True, "w-ab.pt"`, 'part 2'],
    [`${url('w-abcd.pt')}, check_hash=True, file_name=None`, 'part 4'],
    [`${url('w-abcd.pt')}, check_hash=True, file_name=n`, 'unknown'],
    [`${url('w-abcd.pt')}, check_hash=True, **more`, 'unknown'],
  ])('%s: %s', (args, expected) => {
    expect(hash(args)).toBe(expected);
  });
});
