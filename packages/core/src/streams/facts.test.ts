import { describe, expect, test } from 'vitest';
import { at, call, dynamicFact, globalFact, str, structFact } from '../../test/fact-kit.js';
import { inputOf, op, pickle, repeat, type Op } from '../../test/kit.js';
import type { Fact, PickleGlobalFact, StreamRole } from '../model/fact.js';
import { MAX_CHAIN, MAX_UNUSUAL_CALLS } from '../model/limits.js';
import { mergeFacts } from './facts.js';
import { analyseStream } from './stream.js';

const factsOf = async (bytes: Uint8Array, role: StreamRole = 'plain'): Promise<readonly Fact[]> =>
  (await analyseStream(inputOf(bytes, { role }), 0)).facts;
const stepsOf = async (bytes: Uint8Array): Promise<readonly string[]> =>
  (await factsOf(bytes)).flatMap((fact) =>
    'chain' in fact && fact.chain !== undefined ? fact.chain.map(({ offset, text }) => `${offset} ${text}`) : [],
  );
const texts = (module: string, name: string): Op => pickle(op.binUnicode(module), op.binUnicode(name));

describe('a step of the chain says', () => {
  test.each<[string, Op, string]>([
    ['a name', op.global('os', 'system'), '2 imports os.system'],
    ['a name of a package', op.global('os.path', 'join'), '2 imports os.path.join'],
    ['a name of other letters', op.global('ö.a', 'ü'), '2 imports ö.a.ü'],
    [
      'one of Python 2',
      op.global('__builtin__', 'eval'),
      '2 imports __builtin__.eval, which is builtins.eval in Python 3',
    ],
    ['a long name', op.global('a'.repeat(250), 'b'), `2 imports ${'a'.repeat(200)}…(+52 characters)`],
    ['no module', op.global('a b', 'c'), "2 imports c from 'a b'"],
    ['no name', op.global('a', 'b c'), "2 imports 'b c' from a"],
    ['a name of other letters in no module', op.global('a-b', 'ü'), "2 imports ü from 'a-b'"],
    ['a name with dots before protocol 4', op.global('a', 'b.c'), '2 imports b.c from a'],
    [
      'no name of Python 2',
      op.global('__builtin__', 'a-b'),
      "2 imports 'a-b' from __builtin__, which is builtins.a-b in Python 3",
    ],
  ])('%s', async (_what, name, expected) => {
    expect((await stepsOf(pickle(op.proto(2), name, op.stop)))[0]).toBe(expected);
  });

  test('that a name with dots is walked', async () => {
    const walked = pickle(op.proto(4), texts('a', 'b.c'), op.stackGlobal, op.stop);
    expect((await stepsOf(walked))[0]).toMatch(/^\d+ imports b\.c from a, attribute by attribute$/);
    const plain = pickle(op.proto(4), texts('a', 'b'), op.stackGlobal, op.stop);
    expect((await stepsOf(plain))[0]).toMatch(/^\d+ imports a\.b$/);
    const odd = pickle(op.proto(4), texts('a', 'b-c'), op.stackGlobal, op.stop);
    expect((await stepsOf(odd))[0]).toMatch(/^\d+ imports 'b-c' from a$/);
  });

  test('what is not known by its name', async () => {
    const computed = pickle(op.proto(4), op.none, op.binUnicode('b'), op.stackGlobal, op.stop);
    expect((await stepsOf(computed)).join()).not.toContain('extension');
    expect((await stepsOf(pickle(op.proto(4), op.ext1(9), op.stop)))[0]).toBe(
      '2 imports what is registered as extension code 9',
    );
  });
});

test('a class of INST, which is not on the stack, is a fact too', async () => {
  const facts = await factsOf(pickle(op.mark, op.inst('a.b', 'c'), op.stop));
  expect(facts).toMatchObject([{ kind: 'pickle.global', module: 'a.b', name: 'c', via: 'INST', callCount: 1 }]);
  expect(facts[0]).not.toHaveProperty('moreSteps');
});

test('steps that are left out of a chain are counted', async () => {
  const steps = async (count: number): Promise<Fact | undefined> =>
    (await factsOf(pickle(op.global('a', 'B'), repeat(count, op.none, op.append), op.stop)))[0];
  // The last one says that it is given back.
  expect(await steps(MAX_CHAIN - 1)).not.toHaveProperty('moreSteps');
  expect(await steps(MAX_CHAIN)).toMatchObject({ name: 'B', moreSteps: 1 });
});

test('a global escapes where it is more than called', async () => {
  const escapes = async (...ops: readonly Op[]): Promise<readonly boolean[]> =>
    (await factsOf(pickle(...ops, op.stop))).flatMap((fact) => (fact.kind === 'pickle.global' ? [fact.escapes] : []));
  const [name, made] = [op.global('a', 'B'), pickle(op.emptyTuple, op.reduce)];
  expect(await escapes(name)).toEqual([true]);
  expect(await escapes(name, made)).toEqual([false]);
  expect(await escapes(name, op.dup, made, op.tuple2)).toEqual([true]);
  expect(await escapes(op.mark, op.inst('a', 'B'))).toEqual([false]);
});

test('calls of a global are complete unless unusual ones are left out', async () => {
  const complete = async (name: Op, count: number): Promise<boolean | null> => {
    const calls = repeat(count, name, op.none, op.binUnicode('x'), op.tuple2, op.reduce, op.pop);
    const [fact] = await factsOf(pickle(calls, op.none, op.stop));
    return fact?.kind === 'pickle.global' ? fact.callsComplete : null;
  };
  const unusual = op.global('builtins', 'getattr');
  expect(await complete(op.global('a', 'B'), MAX_UNUSUAL_CALLS + 1)).toBe(true);
  expect(await complete(unusual, MAX_UNUSUAL_CALLS)).toBe(true);
  expect(await complete(unusual, MAX_UNUSUAL_CALLS + 1)).toBe(false);
});

describe('persistent IDs', () => {
  const none = pickle(op.none, op.binPersId);
  const key = op.persId('0');
  const cls = op.global('torch', 'FloatStorage');
  const storage = (...more: readonly Op[]): Op =>
    pickle(
      op.mark,
      op.binUnicode('storage'),
      cls,
      op.binUnicode('0'),
      op.binUnicode('cpu'),
      op.binInt1(1),
      ...more,
      op.tuple,
      op.binPersId,
    );
  const module = pickle(
    op.mark,
    op.binUnicode('module'),
    cls,
    op.binUnicode('a.py'),
    op.binUnicode('class A: pass'),
    op.tuple,
    op.binPersId,
  );
  const IDS = { none, key, five: storage(), six: storage(op.none), module };
  const BY_ROLE: readonly [StreamRole, readonly (keyof typeof IDS)[]][] = [
    ['plain', []],
    ['torch-zip', ['five']],
    ['torchscript', ['five']],
    ['torch-legacy', ['five', 'six', 'module']],
    ['torch-tar', ['key', 'five', 'six', 'module']],
  ];

  test.each(BY_ROLE)('that fit the role %s', async (role, fitting) => {
    for (const [name, id] of Object.entries(IDS)) {
      const facts = await factsOf(pickle(op.proto(2), id, op.stop), role);
      const odd = facts.filter((fact) => fact.kind === 'pickle.structure' && fact.signal === 'foreign-persistent-id');
      expect([name, odd.length]).toEqual([name, (fitting as readonly string[]).includes(name) ? 0 : 1]);
    }
  });

  test('that fit no role are counted, and the first is shown', async () => {
    const bytes = pickle(op.proto(2), storage(), op.pop, op.persId('odd'), op.pop, none, op.stop);
    expect((await factsOf(bytes, 'torch-zip')).find((fact) => fact.kind === 'pickle.structure')).toMatchObject({
      signal: 'foreign-persistent-id',
      at: { offset: 2 + storage().length + 1 },
      count: 2,
      detail: expect.stringMatching(/^persistent ID .*odd.* of another shape than a storage of torch$/),
    });
    expect((await factsOf(pickle(op.proto(2), none, op.stop))).at(-1)).toMatchObject({
      detail: 'persistent ID None outside a torch checkpoint',
    });
  });
});

test('containers that hold each other very often grow when they are copied', async () => {
  const doubled = (times: number): Uint8Array =>
    pickle(op.proto(2), op.none, repeat(times, op.dup, op.tuple2), op.stop);
  const grows = async (bytes: Uint8Array): Promise<boolean> =>
    (await factsOf(bytes)).some((fact) => fact.kind === 'pickle.structure' && fact.signal === 'exponential-growth');
  expect(await grows(doubled(36))).toBe(true);
  expect((await factsOf(doubled(36))).at(-1)).toMatchObject({ at: { offset: 0 }, role: 'plain', count: 1 });
  expect(await grows(doubled(1))).toBe(false);
  expect(await grows(doubled(30))).toBe(false);
});

describe('facts of another reading', () => {
  const merged = (a: PickleGlobalFact, b: PickleGlobalFact): Fact | undefined => mergeFacts([a], [b])[0];
  const global = (more: Partial<PickleGlobalFact> = {}) => globalFact('os', 'system', [], more);

  test('are one where they name the same', () => {
    expect(mergeFacts([global()], [global()])).toHaveLength(1);
    expect(mergeFacts([global()], [globalFact('os', 'popen')])).toHaveLength(2);
    expect(mergeFacts([global()], [globalFact('nt', 'system')])).toHaveLength(2);
    expect(mergeFacts([global()], [global({ walksDots: true })])).toHaveLength(2);
    expect(mergeFacts([], [global(), global()])).toHaveLength(2);
  });

  test('of computed names are one at the same offset', () => {
    const here = dynamicFact('a');
    const there = { ...here, at: at('models/a.pkl', 9) };
    expect(mergeFacts([here], [here])).toEqual([here]);
    expect(mergeFacts([here], [there, there])).toEqual([here, there]);
    expect(mergeFacts([globalFact('?', '?', [], { walksDots: false })], [here])).toHaveLength(2);
    // What stands behind a computed name is still found.
    expect(mergeFacts([here, global()], [there, global({ readers: ['c-unbuffered'] })])).toHaveLength(3);
  });

  test('that are no names stay those of the first', () => {
    const fact = structFact('truncated');
    expect(mergeFacts([fact], [structFact('memo-missing')])).toEqual([fact]);
  });

  test('add readers, calls, uses and steps', () => {
    const [one, two] = [call([str('a')]), { ...call([str('b')]), offset: 30 }];
    const step = (offset: number, text: string) => ({ opcode: 'GLOBAL', offset, text }) as const;
    const a = global({ readers: ['c'], callCount: 1, calls: [one], chain: [step(1, 'x')] });
    const b = global({
      readers: ['c', 'python'],
      callCount: 2,
      calls: [one, two],
      chain: [step(1, 'x'), step(1, 'y'), step(2, 'x')],
    });
    expect(merged(a, b)).toMatchObject({
      readers: ['c', 'python'],
      callCount: 2,
      calls: [one, two],
      chain: [step(1, 'x'), step(1, 'y'), step(2, 'x')],
    });
    expect(merged(global(), b)).toMatchObject({ calls: [one, two] });
    expect(merged(b, global())).toMatchObject({ calls: [one, two], callCount: 2 });
  });

  test('are complete where both are, and escape where one does', () => {
    for (const [first, second] of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const)
      expect(
        merged(
          global({ callsComplete: first, usesComplete: first, escapes: first }),
          global({ callsComplete: second, usesComplete: second, escapes: second }),
        ),
      ).toMatchObject({ callsComplete: first && second, usesComplete: first && second, escapes: first || second });
  });
});
