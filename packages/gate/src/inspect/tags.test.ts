import { describe, expect, test } from 'vitest';
import { LONGEST_INDENT, LONGEST_TAG } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';
import { refuseReducer, refuseTags } from './tags.ts';

function isRefused(text: string): boolean {
  try {
    refuseTags(Buffer.from(text), 'body');
    return false;
  } catch (error) {
    if (error instanceof Refused && error.refusal.rule === 'GATE-YAML-TAG') return true;
    throw error;
  }
}

const TAG = '!!python/object/apply:os.system';

test.each([
  TAG,
  ` ${TAG}`,
  `\t  ${TAG}`,
  `a:\n${TAG} [b]`,
  `a: ${TAG}`,
  `- ${TAG}`,
  `? ${TAG}`,
  `[${TAG}`,
  `{ ${TAG}`,
  `[a,${TAG}`,
  `a: &b ${TAG}`,
  `&b ${TAG}`,
  `a: !<tag:yaml.org,2002:python/name:os.system>`,
  `a: !!pyth%6fn/name:os.system`,
  `a: !java.lang.Runtime`,
  '%TAG !e! tag:yaml.org,2002:python/',
  'a: b\n%TAG\t! x',
])('%j is refused', (text) => expect(isRefused(text)).toBe(true));

test.each(['', 'a: b', `a ${TAG}`, `a:${TAG}`, `a & b ${TAG}`, 'a: !!str b', 'a: !mine b', 'a %TAG ! x', '%TAGS x'])(
  '%j is not',
  (text) => expect(isRefused(text)).toBe(false),
);

describe('a key of JSON', () => {
  const refused = (key: string): boolean => {
    try {
      refuseReducer(Buffer.from(key), 'body');
      return false;
    } catch (error) {
      if (error instanceof Refused && error.refusal.signal === 'jsonpickle') return true;
      throw error;
    }
  };

  test.each(['py/object', 'py/reduce', 'py/newargsex', 'py/initargs'])('%s is refused', (key) => {
    expect(refused(key)).toBe(true);
  });

  // py/id, py/set and py/tuple of jsonpickle construct nothing of the sender's.
  test.each(['py/id', 'py/set', 'py/', 'object', 'py/objects', 'xpy/object', ''])('%j is not', (key) => {
    expect(refused(key)).toBe(false);
  });
});

test.each<[string, boolean]>([
  // As many blanks as may stand before a tag.
  [`x:${' '.repeat(LONGEST_INDENT - 1)}${TAG}`, true],
  [`x${' '.repeat(LONGEST_INDENT - 1)}${TAG}`, false],
  [`\n${' '.repeat(LONGEST_INDENT - 1)}${TAG}`, true],
  [`\n${' '.repeat(LONGEST_INDENT)}${TAG}`, false],
  [`\r${TAG}`, true],
  [`a !x ${TAG}`, false],
  // Every tag is looked at.
  [`a: !x\nb: ${TAG}`, true],
  ['!!x !!y\n!!python/name:a', true],
  // Anchors: a word that begins with its sign.
  [`a: &${'b'.repeat(LONGEST_TAG - 2)} ${TAG}`, true],
  [`a: &${'b'.repeat(LONGEST_TAG - 1)} ${TAG}`, true],
  [`a: &${'b'.repeat(LONGEST_TAG)} ${TAG}`, false],
  [`a: b&c ${TAG}`, true],
  [`& b ${TAG}`, false],
  [`&\nb ${TAG}`, false],
  [`-${TAG}`, false],
  [`?${TAG}`, false],
  ['[!ruby/object:A]', true],
  ['!perl/hash:A', true],
  ['!js/function a', true],
  ['!!javax.script', true],
  ['!clr:A', true],
  ['!!java.net.URL', true],
  ['!python', false],
  ['!<python/x>', true],
  ['!<!python/x>', false],
  ['!tag:yaml.org,2002:python/x', true],
  // A tag ends at white space, and its escapes count.
  ['! python/x', false],
  ['!%70ython/x', true],
  [`!%70${'y'.repeat(300)}`, false],
  // Directives stand at the beginning of a line.
  ['%TAG', false],
  ['%TAG ', true],
  ['\r%TAG ! x', true],
  [' %TAG ! x', false],
  ['x%TAG ! x\n%TAG\t! y', true],
])('%j: %s', (text, expected) => expect(isRefused(text)).toBe(expected));
