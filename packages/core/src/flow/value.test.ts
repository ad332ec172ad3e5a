import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unitOf } from '../../test/flow-kit.js';
import { Environment } from './environment.js';
import { MAX_PATH, MAX_TRAIL, MANY_PATHS, SOURCES_OF_A_KIND } from './limits.js';
import {
  append,
  either,
  EMPTY,
  join,
  keyOf,
  memberPath,
  NEVER_TRUE,
  ofPath,
  rank,
  resultPath,
  sameValue,
  sizeOf,
  step,
  stepsOf,
  unite,
  widened,
  type Origin,
  type Trail,
  type Value,
} from './value.js';

const unit = unitOf('x = 1\n');
const trail = (from: number, text = 't'): Trail => ({
  unit,
  from,
  to: from + 1,
  text,
  previous: null,
  length: 1,
  start: from,
});
const guard = (weak: boolean) => ({ text: 'g', weak, unit, at: 0 });
const origin = (from: number, more: Partial<Origin> = {}): Origin => ({
  source: { reach: 'network', protocol: 'socket' },
  parameter: null,
  isBytes: false,
  part: null,
  fixedHost: false,
  guard: null,
  entry: null,
  trail: trail(from),
  ...more,
});
const of = (...paths: string[]): Value => ({ ...EMPTY, paths });
const checked = (...check: string[]): Value => ({ ...EMPTY, check, mac: ['m'] });

describe('paths', () => {
  test.each([
    ['a', 'b', 'a.b'],
    ['a.next', 'next', 'a.next'],
    ['a.next.x', 'next', 'a.next'],
    ['a.next().x', 'next', 'a.next'],
    ['a.next[].x', 'next', 'a.next[]'.slice(0, 6)],
    ['a.nextone', 'next', 'a.nextone.next'],
    ['a.nextone.next', 'next', 'a.nextone.next'],
    ['a.b.….c', 'd', 'a.b.….d'],
  ])('the member %s of %s', (path, name, expected) => expect(memberPath(path, name)).toBe(expected));

  test('what is called twice is called no further', () => {
    expect([resultPath('a'), resultPath('a()'), resultPath('a()()')]).toEqual(['a()', 'a()()', 'a()()']);
  });

  test('a long one is its first two names and its last', () => {
    const exact = `a.${'b'.repeat(MAX_PATH - 2)}`;
    expect(ofPath(exact).paths).toEqual([exact]);
    expect(ofPath(`a.b.${'c'.repeat(MAX_PATH)}.d`).paths).toEqual(['a.b.….d']);
    expect(ofPath(`a.${'b'.repeat(MAX_PATH)}`)).toBe(EMPTY);
    expect(ofPath(`a.b.${'c'.repeat(MAX_PATH)}`)).toBe(EMPTY);
  });

  test('of very many their ends are kept', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => `a.b.x${i}.c`);
    const half = MANY_PATHS / 2;
    const exact = join([of(...many(half)), of(...many(MANY_PATHS).slice(half))]);
    expect(exact.paths).toHaveLength(MANY_PATHS);
    expect(join([of(...many(half)), of(...many(MANY_PATHS + 1).slice(half))]).paths).toEqual(['a.b.….c']);
    expect(widened(of('a.b.c.d', 'a.b.x.d', 'a.b.c', 'a.b', 'a.b.….d')).paths).toEqual(['a.b.….d', 'a.b.c', 'a.b']);
    expect(widened(EMPTY)).toBe(EMPTY);
  });
});

describe('origins', () => {
  test('are ranked by whom they let in, and by what vouches for them', () => {
    const source = (reach: 'network' | 'store' | 'worker' | 'local') => ({ source: { reach, protocol: 'p' } });
    const order = [
      origin(0, source('network')),
      origin(0, { ...source('network'), fixedHost: true }),
      origin(0, source('store')),
      origin(0, source('worker')),
      origin(0, { source: null }),
      origin(0, source('local')),
      origin(0, { ...source('network'), guard: guard(true) }),
      origin(0, { ...source('local'), guard: guard(true) }),
      origin(0, { ...source('network'), guard: guard(false) }),
    ];
    expect(order.map(rank)).toEqual([0, 0.5, 1, 2, 3, 4, 10, 14, 20]);
  });

  test('are one where they say the same', () => {
    const keys = [
      origin(1),
      origin(2),
      origin(1, { isBytes: true }),
      origin(1, { part: 'member' }),
      origin(1, { guard: guard(true) }),
      origin(1, { guard: guard(false) }),
      origin(1, { source: { reach: 'network', protocol: 'other' } }),
    ].map(keyOf);
    expect(keys).toEqual(['socket@1', 'socket@2', 'socket@1b', 'socket@1m', 'socket@1w', 'socket@1g', 'other@1']);
    const [a, b] = [origin(1), origin(1, { trail: { ...trail(5), previous: trail(1), length: 2, start: 1 } })];
    expect(unite([[a], [b]])).toEqual([a]);
  });

  test('of a kind the first ones are kept, of parameters all', () => {
    const many = Array.from({ length: 20 }, (_, i) => origin(i));
    expect(unite([many.slice(0, 1), many.slice(1)])).toEqual(many.slice(0, SOURCES_OF_A_KIND));
    const other = origin(50, { isBytes: true });
    expect(unite([many, [other]])).toEqual([...many.slice(0, SOURCES_OF_A_KIND), other]);
    const owner = unit.module.scope;
    const parameters = Array.from({ length: 20 }, (_, i) =>
      origin(0, { source: null, parameter: { owner, name: `p${i}` } }),
    );
    expect(unite([parameters.slice(0, 10), parameters.slice(10)])).toEqual(parameters);
    expect(unite([[], many, []])).toBe(many);
    expect(unite([many, many])).toBe(many);
    expect(unite([[], []])).toEqual([]);
  });
});

describe('values join', () => {
  test('everything in them', () => {
    const a = { ...of('a'), origins: [origin(1)], mac: ['x'] };
    const b = { ...of('b', 'a'), origins: [origin(2)], mac: ['y'] };
    expect(join([a, b])).toEqual({ ...EMPTY, paths: ['a', 'b'], origins: [origin(1), origin(2)], mac: ['x', 'y'] });
    expect(join([EMPTY, a, EMPTY])).toBe(a);
    expect(join([a, a])).toBe(a);
    expect(join([])).toBe(EMPTY);
    expect(join([EMPTY, NEVER_TRUE])).toBe(EMPTY);
    expect(join([NEVER_TRUE, NEVER_TRUE])).toBe(NEVER_TRUE);
    expect(sizeOf(join([a, b]))).toBe(6);
  });

  test('of branches only what all of them have checked, unless they are never true', () => {
    expect(either([checked('a', 'b'), checked('b', 'c')]).check).toEqual(['b']);
    expect(either([checked('a'), EMPTY]).check).toEqual([]);
    expect(either([EMPTY, checked('a')]).check).toEqual([]);
    expect(either([checked('a'), NEVER_TRUE]).check).toEqual(['a']);
    expect(either([NEVER_TRUE, checked('a'), checked('a')]).check).toEqual(['a']);
    expect(either([NEVER_TRUE, checked('a'), EMPTY]).check).toEqual([]);
    expect(either([EMPTY, EMPTY])).toBe(EMPTY);
    expect(either([NEVER_TRUE])).toBe(NEVER_TRUE);
    const one = checked('a');
    expect(either([one])).toEqual(one);
  });

  test('they are the same where they hold the same, in any order', () => {
    expect(sameValue(of('a', 'b'), of('b', 'a'))).toBe(true);
    expect(sameValue(of('a'), of('a', 'b'))).toBe(false);
    expect(sameValue(of('a', 'c'), of('a', 'b'))).toBe(false);
    expect(sameValue(checked('a'), checked('b'))).toBe(false);
    expect(sameValue(checked('a'), { ...checked('a'), mac: [] })).toBe(false);
    expect(sameValue({ ...EMPTY, origins: [origin(1)] }, { ...EMPTY, origins: [origin(1)] })).toBe(true);
    expect(sameValue({ ...EMPTY, origins: [origin(1)] }, { ...EMPTY, origins: [origin(2)] })).toBe(false);
    expect(sameValue(EMPTY, NEVER_TRUE)).toBe(false);
    expect(sameValue(NEVER_TRUE, EMPTY)).toBe(false);
    expect(sameValue(NEVER_TRUE, NEVER_TRUE)).toBe(true);
    expect(sameValue(EMPTY, { ...EMPTY })).toBe(true);
  });
});

describe('steps', () => {
  test('are numbered, up to a limit', () => {
    let last: Trail | null = null;
    for (let i = 0; i < MAX_TRAIL + 5; i += 1) last = step(unit, { from: i, to: i + 1 }, `s${i}`, last);
    if (last === null) throw new TypeError('no steps');
    expect(last.length).toBe(MAX_TRAIL);
    expect(stepsOf(last).map(({ text }) => text)).toEqual(Array.from({ length: MAX_TRAIL }, (_, i) => `s${i}`));
  });

  test('of another trail come behind', () => {
    const before = step(unit, { from: 1, to: 2 }, 'b', trail(0, 'a'));
    const later = step(unit, { from: 3, to: 4 }, 'd', trail(2, 'c'));
    const all = append(before, later);
    expect(stepsOf(all).map(({ text, from, length }) => `${text}${from}${length}`)).toEqual([
      'a01',
      'b12',
      'c23',
      'd34',
    ]);
  });
});

test('an environment is as it was when a branch is left, and the branch is what it has changed', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const action = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), name, value: fc.option(fc.nat(3), { nil: undefined }) }),
    fc.constant({ kind: 'enter' as const }),
    fc.constant({ kind: 'leave' as const }),
    fc.constant({ kind: 'leave and apply' as const }),
  );
  const values = [of('0'), of('1'), of('2'), of('3')];
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const env = new Environment();
      let model = new Map<string, Value>();
      const before: Map<string, Value>[] = [];
      for (const act of actions) {
        if (act.kind === 'set') {
          const value = act.value === undefined ? undefined : values[act.value];
          env.set(act.name, value);
          if (value === undefined) model.delete(act.name);
          else model.set(act.name, value);
        } else if (act.kind === 'enter') {
          env.enter();
          before.push(new Map(model));
        } else {
          const earlier = before.pop();
          if (earlier === undefined) continue;
          const changes = env.leave();
          const inside = model;
          for (const [key, value] of changes) expect(value).toBe(inside.get(key));
          for (const key of ['a', 'b', 'c', 'd'])
            if (inside.get(key) !== earlier.get(key)) expect(changes.has(key)).toBe(true);
          model = earlier;
          if (act.kind === 'leave and apply') {
            env.apply(changes);
            model = inside;
          }
        }
        for (const key of ['a', 'b', 'c', 'd']) {
          expect(env.get(key)).toBe(model.get(key));
          expect(env.has(key)).toBe(model.has(key));
        }
      }
    }),
  );
});
