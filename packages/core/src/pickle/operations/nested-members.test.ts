import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { classifyGlobal } from '../../catalogue/classify.js';
import type { PickleGlobalFact } from '../../model/fact.js';
import { analyseStream } from '../../streams/stream.js';

/**
 * `Class.member` is one attribute walk in two forms: a name of protocol 4, and `getattr(Class, 'member')` below it
 * (`save_global` of CPython's pickle). Both are judged as the name `Class.member`.
 */

const named = (module: string, name: string): Op =>
  pickle(op.shortBinUnicode(module), op.shortBinUnicode(name), op.stackGlobal);
const getattr = (module: string, name: string, member: string): Op =>
  pickle(op.global('builtins', 'getattr'), op.global(module, name), op.binUnicode(member), op.tuple2, op.reduce);

async function globalsOf(...ops: readonly Op[]): Promise<{ facts: PickleGlobalFact[]; signals: string[] }> {
  const { machine, facts } = await analyseStream(inputOf(pickle(...ops, op.stop)), 0);
  expect(machine.error).toBeNull();
  return { facts: facts.filter((fact) => fact.kind === 'pickle.global'), signals: [...machine.signals.keys()] };
}

function verdicts(facts: readonly PickleGlobalFact[]): Record<string, string> {
  return Object.fromEntries(
    facts.map((fact) => [`${fact.module}.${fact.name}`, classifyGlobal(fact, new Set()).class]),
  );
}

describe('ZoneInfo._unpickle', () => {
  const paris = op.binUnicode('Europe/Paris');
  const plain = named('zoneinfo', 'ZoneInfo._unpickle');
  const fetched = getattr('zoneinfo', 'ZoneInfo', '_unpickle');

  /** The verdict on the member alone, in both forms. */
  async function both(...call: readonly Op[]): Promise<string[]> {
    const forms = [await globalsOf(op.proto(4), plain, ...call), await globalsOf(op.proto(2), fetched, ...call)];
    return forms.map(({ facts, signals }) => {
      expect(signals).toEqual([]);
      const { 'zoneinfo.ZoneInfo._unpickle': member, ...others } = verdicts(facts);
      expect(new Set(Object.values(others))).toEqual(new Set(facts.length === 1 ? [] : ['allowed']));
      return member ?? 'not named';
    });
  }

  test.each([
    ['from the cache, as C writes it', [paris, op.binInt1(1), op.tuple2, op.reduce], 'allowed'],
    ['as pure Python writes it', [paris, op.newTrue, op.tuple2, op.reduce], 'allowed'],
    ['never called', [], 'allowed'],
    ['with one argument', [paris, op.tuple1, op.reduce], 'unexpected'],
    ['with three', [paris, op.newTrue, op.newTrue, op.tuple3, op.reduce], 'unexpected'],
    ['with a global', [paris, op.global('collections', 'OrderedDict'), op.tuple2, op.reduce], 'unexpected'],
    ['made by NEWOBJ', [paris, op.newTrue, op.tuple2, op.newObj], 'unexpected'],
    ['with a state', [paris, op.newTrue, op.tuple2, op.reduce, op.emptyDict, op.build], 'unexpected'],
  ])('%s: the same verdict in both forms', async (_name, call, verdict) => {
    expect(await both(...call)).toEqual([verdict, verdict]);
  });

  test('its calls are recorded under its own name', async () => {
    const { facts } = await globalsOf(op.proto(2), fetched, paris, op.newTrue, op.tuple2, op.reduce);
    const call = { via: 'REDUCE', offset: 74, argsKnown: true };
    expect(facts.map(({ name, callCount, walksDots, calls }) => ({ name, callCount, walksDots, calls }))).toEqual([
      { name: 'getattr', callCount: 1, walksDots: false, calls: [expect.objectContaining({ offset: 54 })] },
      { name: 'ZoneInfo', callCount: 0, walksDots: false, calls: [] },
      {
        name: 'ZoneInfo._unpickle',
        callCount: 1,
        walksDots: true,
        calls: [
          {
            ...call,
            args: [
              { kind: 'str', value: 'Europe/Paris', length: 12 },
              { kind: 'bool', value: true },
            ],
          },
        ],
      },
    ]);
  });

  test('a zone is data where it is an argument', async () => {
    const moment = (zone: Op): Op =>
      pickle(op.global('datetime', 'datetime'), op.shortBinBytes('0123456789'), zone, op.tuple2, op.reduce);
    for (const form of [fetched, pickle(op.proto(4), plain)]) {
      const { facts } = await globalsOf(op.proto(2), moment(pickle(form, paris, op.newTrue, op.tuple2, op.reduce)));
      expect(verdicts(facts)['datetime.datetime']).toBe('allowed');
    }
  });

  test('getattr itself takes no zone', async () => {
    const direct = [op.global('builtins', 'getattr'), paris, op.newTrue, op.tuple2, op.reduce];
    const { facts } = await globalsOf(op.proto(2), ...direct);
    expect(verdicts(facts)).toEqual({ 'builtins.getattr': 'dangerous' });
  });
});

describe('getattr that is no nested name', () => {
  test.each([
    ['of an unknown member', getattr('zoneinfo', 'ZoneInfo', 'no_cache')],
    ['of a dotted member', getattr('zoneinfo', 'ZoneInfo', '_unpickle.__func__')],
    ['of another class', getattr('datetime', 'timezone', '_unpickle')],
    ['of a name with a dot, before protocol 4', getattr('zoneinfo', 'ZoneInfo.ZoneInfo', '_unpickle')],
    [
      'by a name of another module',
      pickle(
        op.global('other', 'getattr'),
        op.global('zoneinfo', 'ZoneInfo'),
        op.binUnicode('_unpickle'),
        op.tuple2,
        op.reduce,
      ),
    ],
    [
      'with a default',
      pickle(
        op.global('builtins', 'getattr'),
        op.global('zoneinfo', 'ZoneInfo'),
        op.binUnicode('_unpickle'),
        op.none,
        op.tuple3,
        op.reduce,
      ),
    ],
  ])('%s', async (_name, form) => {
    const { facts } = await globalsOf(op.proto(2), form);
    expect(facts.map(({ name }) => name)).not.toContain('ZoneInfo._unpickle');
    expect(verdicts(facts)).not.toEqual(
      Object.fromEntries(Object.keys(verdicts(facts)).map((key) => [key, 'allowed'])),
    );
  });

  test('a call of a kept member is a finding: of the function that saves only keep, and of getattr', async () => {
    const linear = getattr('scipy.interpolate._interpolate', 'interp1d', '_call_linear');
    const upper = getattr('builtins', 'str', 'upper');
    const call = [op.emptyTuple, op.reduce];
    const ofLinear = async (...more: readonly Op[]) => verdicts((await globalsOf(op.proto(2), linear, ...more)).facts);
    const ofUpper = async (...more: readonly Op[]) => verdicts((await globalsOf(op.proto(2), upper, ...more)).facts);
    const member = 'scipy.interpolate._interpolate.interp1d._call_linear';
    expect(await ofLinear()).toMatchObject({ 'builtins.getattr': 'allowed', [member]: 'allowed' });
    expect(await ofLinear(...call)).toMatchObject({ 'builtins.getattr': 'allowed', [member]: 'unexpected' });
    expect(await ofUpper()).toMatchObject({ 'builtins.getattr': 'allowed' });
    expect(await ofUpper(...call)).toMatchObject({ 'builtins.getattr': 'dangerous' });
  });

  test('calling the member of a listed class is no call of what a call gave; calling another result is', async () => {
    const call = [op.emptyTuple, op.reduce];
    const upper = await globalsOf(op.proto(2), getattr('builtins', 'str', 'upper'), ...call);
    expect(upper.signals).not.toContain('call-of-call-result');
    const unlisted = await globalsOf(op.proto(2), getattr('a', 'B', 'upper'), ...call);
    expect(unlisted.signals).toContain('call-of-call-result');
    const other = await globalsOf(op.proto(2), op.global('a', 'B'), ...call, ...call);
    expect(other.signals).toContain('call-of-call-result');
  });
});
