import { expect, test } from 'vitest';
import { Refused } from '../model/rules.ts';
import { refuseTags } from './tags.ts';

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
