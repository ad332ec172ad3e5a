import { budgetOf } from '../../../test/open-container.js';
import { ARTIFACT, TAIL } from '../../model/origin.js';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../bytes/source.js';
import type { Member } from './container.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import type { TorchLoadFact } from '../../model/fact.js';
import { bomb, expansion, faults, guarded, ignored, isDeclaredBomb, loadFound, restOf, type Found } from './look.js';

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

const MIB = 2 ** 20;

describe('what unpacks to much more than itself', () => {
  const declaring = (declared: number | null, compressed: number) => ({ compressed, declared });

  test.each([
    ['beyond both the bytes and the ratio', 16 * MIB, (16 * MIB) / 200, true],
    ['of one byte less', 16 * MIB - 1, 1, false],
    ['of a smaller ratio', 16 * MIB, (16 * MIB) / 200 + 1, false],
    ['of a larger size', 400 * MIB, 2 * MIB, true],
  ])('%s', async (_, declared, compressed, suspect) => {
    const packed = declaring(declared, compressed);
    expect(isDeclaredBomb(packed, false)).toBe(suspect);
    expect(isDeclaredBomb(packed, true)).toBe(false);
    const found = await foundOf(expansion(MEMBER, packed, false, budgetOf()));
    expect(found).toEqual(
      suspect
        ? [
            {
              kind: 'fact',
              fact: bomb('a.bin', 'expansion', `${compressed} bytes unpack to ${declared} that are no artifact`),
            },
          ]
        : [],
    );
    expect(await foundOf(expansion(MEMBER, packed, true, budgetOf()))).toEqual([]);
  });

  test('a size that nothing declares is known where it was read to its end', async () => {
    let drained = 0;
    const endless = { ...MEMBER, source: { size: Infinity, read: () => new Uint8Array(0) } };
    const packed = {
      compressed: 1,
      declared: null,
      drained: async () => {
        drained += 1;
        return MEMBER.source;
      },
    };
    expect(isDeclaredBomb(packed, false)).toBe(false);
    expect(await foundOf(expansion(endless, packed, false, budgetOf()))).toEqual([]);
    expect(drained).toBe(1);
    expect(await foundOf(expansion(endless, packed, true, budgetOf()))).toEqual([]);
    await foundOf(expansion(MEMBER, { ...packed, declared: 5 }, false, budgetOf()));
    expect(drained).toBe(1);
    const known = { ...MEMBER, source: { size: 20 * MIB, read: () => new Uint8Array(0) } };
    expect(await foundOf(expansion(known, packed, false, budgetOf()))).toHaveLength(1);
  });

  test('counts whatever it is', async () => {
    const budget = budgetOf();
    await foundOf(expansion(MEMBER, declaring(7, 1), true, budget));
    expect(budget.expanded).toBe(7);
  });
});

test('the bytes behind an offset are a tail', () => {
  const member = { ...MEMBER, source: memorySource(Uint8Array.of(1, 2, 3, 4)), depth: 2 };
  const rest = restOf(member, 1);
  expect(rest).toMatchObject({ path: 'a.bin![bytes 1-]', name: '[bytes 1-]', depth: 3, origin: TAIL });
  expect(rest.source.size).toBe(3);
  expect(rest.source.read(0, 1)).toEqual(Uint8Array.of(2));
});

test('damage where nobody reads is chance', async () => {
  const failing = async function* (): AsyncGenerator<Found> {
    yield { kind: 'format', format: 'zip', depth: 0 };
    throw new InputError('bad', 3);
  };
  expect(await foundOf(guarded(MEMBER, failing()))).toHaveLength(2);
  expect(await foundOf(guarded(ignored(MEMBER), failing()))).toHaveLength(1);
  expect(ignored(MEMBER).origin).toEqual({ from: 'artifact', reader: 'nobody' });
});

test('what is not supported says where', () => {
  expect([...faults(MEMBER, new UnsupportedError('method 99', 7))]).toEqual([
    { kind: 'notice', notice: { path: 'a.bin', offset: 7, cause: 'unsupported', reason: 'method 99' } },
  ]);
  expect(() => [...faults(MEMBER, new TypeError('bug'))]).toThrow(TypeError);
});

test('a checkpoint that no loader takes is damaged', () => {
  const fact: TorchLoadFact = {
    kind: 'torch.load',
    at: { path: 'a', offset: null, line: null },
    checkpoint: 'a',
    torch: '2',
    format: 'zip',
    outcome: 'fails',
    remarks: ['One.', 'Two.'],
  } as unknown as TorchLoadFact;
  expect([...loadFound(fact)]).toEqual([
    { kind: 'fact', fact },
    {
      kind: 'notice',
      notice: { path: 'a', offset: null, cause: 'corrupt', reason: 'torch.load of PyTorch 2 refuses it: One. Two.' },
    },
  ]);
  expect([...loadFound({ ...fact, outcome: 'loads' })]).toHaveLength(1);
  expect([...loadFound({ ...fact, outcome: 'refused' })]).toHaveLength(1);
});

test('a plain pickle is a damaged checkpoint where its name says that it is one', () => {
  const pickle = {
    kind: 'torch.load',
    checkpoint: 'a.pt',
    torch: '2',
    format: 'pickle',
    outcome: 'refused',
    remarks: [],
  } as unknown as TorchLoadFact;
  for (const outcome of ['refused', 'fails'] as const)
    expect([...loadFound({ ...pickle, outcome })][1]).toMatchObject({
      notice: { path: 'a.pt', cause: 'corrupt', reason: expect.stringContaining('refuses it: it is a plain pickle') },
    });
  expect([...loadFound(pickle, false)]).toHaveLength(1);
  expect([...loadFound({ ...pickle, outcome: 'unknown' })]).toHaveLength(1);
});

async function foundOf(found: AsyncIterable<Found>): Promise<Found[]> {
  const list: Found[] = [];
  for await (const one of found) list.push(one);
  return list;
}
