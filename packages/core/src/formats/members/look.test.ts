import { ARTIFACT } from '../../model/origin.js';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../bytes/source.js';
import type { Member } from './container.js';
import { InputError, LimitError } from '../../model/errors.js';
import { faults, type Found } from './look.js';

const MEMBER: Member = {
  path: 'a.bin',
  name: 'a.bin',
  source: memorySource(new Uint8Array(0)),
  depth: 0,
  origin: ARTIFACT,
};

/** What is said of an error, and whether it is thrown on. */
function outcomeOf(error: unknown): { readonly said: readonly string[]; readonly thrown: unknown } {
  const said: string[] = [];
  const say = (found: Found): void => {
    if (found.kind === 'notice') said.push(found.notice.cause);
    if (found.kind === 'fact' && found.fact.kind === 'archive.bomb') said.push(found.fact.problem);
  };
  try {
    for (const found of faults(MEMBER, error)) say(found);
    return { said, thrown: null };
  } catch (thrown) {
    return { said, thrown };
  }
}

describe('faults', () => {
  test('the fault of an input comes from its field, not from its message', () => {
    expect(outcomeOf(new InputError('the data end early', 3, 'truncated'))).toEqual({
      said: ['truncated'],
      thrown: null,
    });
    expect(outcomeOf(new InputError('truncated is what it is not', 3))).toEqual({ said: ['corrupt'], thrown: null });
  });

  test.each([
    ['members', 'member-count'],
    ['decodedBytes', 'expansion'],
  ])('the limit %s is said once and ends the artifact', (limit, problem) => {
    const error = new LimitError(limit, 'too much');
    const first = outcomeOf(error);
    expect(first.said).toEqual([problem, 'limit']);
    expect(first.thrown).toBe(error);
    expect(outcomeOf(first.thrown)).toEqual({ said: [], thrown: error });
    expect(error.limit).toBe(limit);
  });

  test('another limit ends a part, the deadline ends the artifact', () => {
    expect(outcomeOf(new LimitError('MAX_MEMO', 'too much'))).toEqual({ said: ['limit'], thrown: null });
    const deadline = new LimitError('artifactMs', 'too late', 'artifact');
    expect(outcomeOf(deadline)).toEqual({ said: [], thrown: deadline });
  });
});
