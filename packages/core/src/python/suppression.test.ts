import { describe, expect, test } from 'vitest';
import { MAX_COMMENTS } from './limits.js';
import { PythonModule } from './module.js';
import { Suppressions } from './suppression.js';

/** What is asked on the lines of the first text `on` in a source; each location says the line of the text and 100 more. */
function asked(source: string, on: string) {
  const module = PythonModule.read(new TextEncoder().encode(source));
  const from = source.indexOf(on);
  const suppressions = new Suppressions(module, (at) => ({
    path: 'a.py',
    member: null,
    offset: at,
    line: module.position(at).line + 100,
    column: 1,
  }));
  return suppressions.on({ from, to: from + on.length });
}
const ours = (rules: readonly string[], reason: string) => ({ tool: 'sentinel', rules, reason });

test.each([
  ['# sentinel: ignore', [ours([], '')]],
  ['# sentinel: ignore[PICKLE-EXEC] because', [ours(['PICKLE-EXEC'], 'because')]],
  ['## Sentinel : Ignore[ a , ,b ] - known', [ours(['A', 'B'], 'known')]],
  ['# sentinel: ignored', []],
  ['# a sentinel: ignore', []],
  ['# nosec # sentinel: ignore[A] why', [ours(['A'], 'why'), { tool: 'other' }]],
  ['# sentinel: ignore[A] why # noqa', [ours(['A'], 'why'), { tool: 'other' }]],
  ['# noqa: E501', [{ tool: 'other' }]],
  ['# type: ignore', [{ tool: 'other' }]],
  ['# a comment', []],
])('%s', (comment, expected) => {
  const found = asked(`f(x)  ${comment}\n`, 'f(x)');
  expect(found).toMatchObject(expected);
  expect(found).toHaveLength(expected.length);
  for (const one of found) expect([one.line, one.text]).toEqual([101, comment]);
});

describe('an expression', () => {
  const LINES = ['a(  # noqa: one', '  b(1),  # noqa: two', '  c(2))  # noqa: three', 'd()  # noqa: four', ''];
  const SOURCE = LINES.join('\n');
  const texts = (on: string): readonly string[] => asked(SOURCE, on).map(({ text }) => text.slice('# noqa: '.length));

  test.each([
    [LINES.slice(0, 2).join('\n').slice(0, -'  # noqa: two'.length), ['one', 'two']],
    ['b(1)', ['two']],
    ['c(2))', ['three']],
    ['d()', ['four']],
    // Its last character is the end of the line: the next one is not its own.
    ['c(2))  # noqa: three\n', ['three']],
    ['', ['one']],
  ])('%j has what stands on its lines', (on, expected) => expect(texts(on)).toEqual(expected));

  test('without any comment, and without one that asks', () => {
    expect(asked('f(x)\n', 'f(x)')).toEqual([]);
    expect(asked('f(x)  # words\n', 'f(x)')).toEqual([]);
  });

  test('of more lines than are shown says how many there are', () => {
    const of = (count: number): string => `f(\n${'1,  # noqa\n'.repeat(count)})`;
    expect(asked(of(MAX_COMMENTS), of(MAX_COMMENTS))).toHaveLength(MAX_COMMENTS);
    const found = asked(of(MAX_COMMENTS + 1), of(MAX_COMMENTS + 1));
    expect(found).toHaveLength(MAX_COMMENTS + 1);
    expect(found.at(-1)).toEqual({
      line: 101 + MAX_COMMENTS,
      text: '… and 1 more on the lines that follow',
      tool: 'sentinel',
      rules: [],
      reason: '',
    });
  });
});
