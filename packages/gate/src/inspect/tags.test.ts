import { describe, expect, test } from 'vitest';
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
