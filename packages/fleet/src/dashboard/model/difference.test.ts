import { expect, test } from 'vitest';
import { difference } from './difference.js';

function shown(before: string, now: string): string {
  const signs = { same: ' ', removed: '-', added: '+' };
  return difference(before, now)
    .map(({ kind, text }) => `${signs[kind]}${text}`)
    .join('|');
}

test.each([
  ['a\nb\nc\n', 'a\nb\nc\n', ''],
  ['', 'a\nb\n', '+a|+b'],
  ['a\n', '', '-a'],
  ['1\n2\n3\n4\n5\n6\n7\n8\n9\n', '1\n2\n3\n4\nx\n6\n7\n8\n9\n', ' 2| 3| 4|-5|+x| 6| 7| 8'],
  ['a\na\n', 'a\na\na\n', ' a| a|+a'],
  ['a\nb\n', 'b\n', '-a| b'],
  ['a\n', 'a\nb', ' a|+b'],
])('what changed from %j to %j', (before, now, lines) => {
  expect(shown(before, now)).toBe(lines);
});

test('of long texts only what is around the change is shown', () => {
  const long = Array.from({ length: 100_000 }, (_, at) => `line ${at}`);
  const changed = long.map((line, at) => (at === 50_000 ? 'other' : line));
  expect(difference(long.join('\n'), changed.join('\n'))).toHaveLength(8);
});
