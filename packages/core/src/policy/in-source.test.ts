import { describe, expect, test } from 'vitest';
import type { Fact } from '../model/fact.js';
import type { SourceComment } from '../model/source-fact.js';
import type { RuleHit } from '../rules/apply.js';
import { DEFAULT_POLICY } from './defaults.js';
import { readInSource, type CommentScope } from './in-source.js';

const ours = (more: Partial<Extract<SourceComment, { tool: 'sentinel' }>> = {}): SourceComment => ({
  line: 3,
  text: '# sentinel',
  tool: 'sentinel',
  rules: ['R'],
  reason: 'a reason',
  ...more,
});
const hit = (comments: readonly SourceComment[], more: object = {}): RuleHit =>
  ({
    rule: { meta: { id: 'R' } },
    match: {},
    fact: {
      kind: 'source.call',
      at: { path: 'a.py', offset: null, line: 3 },
      count: 1,
      comments,
      ...more,
    } as unknown as Fact,
  }) as unknown as RuleHit;
const SCOPE: CommentScope = {
  artifact: 'a.py',
  policy: { ...DEFAULT_POLICY, sourceComments: ['*.py'] },
  policyPaths: () => ['a.py'],
};
const why = (one: RuleHit, scope: Partial<CommentScope> = {}) =>
  readInSource(one, { ...SCOPE, ...scope }).comments[0]?.why;

test('a comment that names the rule and a reason accepts where the policy says so', () => {
  expect(readInSource(hit([ours()]), SCOPE)).toEqual({
    accepted: { owner: 'a comment on line 3', why: 'a reason', expires: null, inSource: true },
    comments: [{ line: 3, text: '# sentinel', counts: true, why: null }],
  });
});

describe('a comment does not count', () => {
  const policyPaths = (...paths: (string | null)[]): Partial<CommentScope> => ({
    policyPaths: () => paths,
  });
  test.each<[RuleHit, Partial<CommentScope>, string | null]>([
    [hit([ours({ rules: [] })]), {}, 'it names no rule (ignore[R])'],
    [hit([ours({ rules: ['S'] })]), {}, 'it does not name R'],
    [hit([ours({ rules: ['S', 'R'] })]), {}, null],
    [hit([ours({ reason: '' })]), {}, 'it gives no reason behind the brackets'],
    [hit([ours({ reason: '-- ! a' })]), {}, 'it gives no reason behind the brackets'],
    [hit([ours({ reason: 'ok' })]), {}, null],
    [hit([ours()]), { policy: DEFAULT_POLICY }, 'no policy of yours lets comments accept findings (source_comments)'],
    [hit([ours()], { at: { path: 'a.zip!a.py', offset: null, line: 3 } }), {}, 'it is inside of an archive'],
    [hit([ours()]), policyPaths('a.txt'), 'source_comments does not name this file'],
    [hit([ours()]), policyPaths('a.py', 'b.txt'), 'source_comments does not name this file'],
    [hit([ours()]), policyPaths('a.py', null), 'source_comments does not name this file'],
    [hit([ours()]), policyPaths('a.py', 'b.py'), null],
    [hit([ours()], { count: 2 }), {}, 'the finding stands for further lines'],
    [hit([ours()], { kind: 'source.flow', more: 0, what: 'call', steps: [1, 2] }), {}, null],
    [
      hit([ours()], { kind: 'source.flow', more: 1, what: 'call', steps: [] }),
      {},
      'the finding stands for further lines',
    ],
    [hit([ours()], { kind: 'source.flow', more: 0, what: 'setting', steps: [1] }), {}, null],
    [
      hit([ours()], { kind: 'source.flow', more: 0, what: 'setting', steps: [1, 2] }),
      {},
      'the finding stands for further lines',
    ],
  ])('%#', (one, scope, expected) => {
    expect(why(one, scope)).toBe(expected);
    expect(readInSource(one, { ...SCOPE, ...scope }).accepted === null).toBe(expected !== null);
  });
});

test('those of other tools, and other facts, have none', () => {
  expect(readInSource(hit([{ line: 1, text: 'x', tool: 'other' }]), SCOPE)).toEqual({ accepted: null, comments: [] });
  expect(readInSource(hit([ours()], { kind: 'pickle.global' }), SCOPE)).toEqual({ accepted: null, comments: [] });
});

test('those that count come first, and twenty are shown', () => {
  const wrong = Array.from({ length: 24 }, (_, i) => ours({ line: i + 10, rules: [] }));
  const { comments, accepted } = readInSource(hit([...wrong, ours({ line: 99 })]), SCOPE);
  expect(accepted?.owner).toBe('a comment on line 99');
  expect(comments.map(({ line }) => line)).toEqual([99, ...Array.from({ length: 19 }, (_, i) => i + 10), 3]);
  expect(comments.at(-1)).toEqual({ line: 3, text: '…', counts: false, why: '5 more like these' });
  expect(readInSource(hit(wrong.slice(0, 20)), SCOPE).comments).toHaveLength(20);
});

test.each([
  [20, []],
  [21, [{ line: 3, text: '…', counts: false, why: '1 more like these' }]],
  [23, [{ line: 3, text: '…', counts: false, why: '3 more like these' }]],
])('%i comments: the first twenty, and how many follow', (count, more) => {
  const { comments } = readInSource(hit(Array.from({ length: count }, () => ours({ rules: [] }))), SCOPE);
  expect(comments).toHaveLength(20 + more.length);
  expect(comments.slice(20)).toEqual(more);
});
