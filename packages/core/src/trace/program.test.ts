import { expect, test } from 'vitest';
import { bytesOf, int, traced } from '../../test/trace-kit.js';
import { MAX_MARKED_LINES, MAX_TRACE_LINES } from '../model/limits.js';

/** The last lines, without their offsets and reasons. */
async function last(count: number, ...parts: (string | Uint8Array)[]): Promise<string[]> {
  const { lines } = await traced(bytesOf('\x80\x02', ...parts));
  return lines
    .map((line) => line.replace(/^ *\d* +/, '').replace(/ {2}# .*$/, ''))
    .filter((line) => !line.startsWith('# '))
    .slice(-count);
}

const made = (value: number): Uint8Array => bytesOf('ccollections\nOrderedDict\n(', int(value), 'tR0');
/** With the import as many lines as are shown, and `more`. */
const calls = (more: number): Uint8Array =>
  bytesOf(...Array.from({ length: MAX_TRACE_LINES - 1 + more }, (_, i) => made(i)));
const left = (count: string): string =>
  `… ${count}; from here on only lines with a warning are shown, at most ${MAX_MARKED_LINES}`;
const LAST = `_${MAX_TRACE_LINES - 1} = OrderedDict(${MAX_TRACE_LINES - 2})`;

test.each<[string, (string | Uint8Array)[], string[]]>([
  ['as many lines as are shown', [calls(0), 'N.'], [LAST, 'return None']],
  ['one more', [calls(1), 'N.'], [LAST, left('1 more effect'), 'return None']],
  ['two more', [calls(2), 'N.'], [LAST, left('2 more effects'), 'return None']],
  [
    'what has a warning',
    [calls(1), 'cos\nsystem\n.'],
    [LAST, left('1 more effect'), 'from os import system', 'return system'],
  ],
])('%s', async (_name, parts, expected) => {
  expect(await last(expected.length, ...parts)).toEqual(expected);
});

test('so many lines with a warning', async () => {
  const warned = (count: number): string => Array.from({ length: count }, (_, i) => `cos\nsystem${i}\n0`).join('');
  const shown = await last(MAX_MARKED_LINES + 2, calls(0), warned(MAX_MARKED_LINES + 1), 'N.');
  expect(shown[0]).toBe(left('1 more effect'));
  expect(shown.at(-2)).toBe(`from os import system${MAX_MARKED_LINES - 1}`);
});
