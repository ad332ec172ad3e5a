import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { analyseStream } from '../../streams/stream.js';
import { readersOf } from '../readers.js';

const run = async (...ops: readonly Op[]) => (await analyseStream(inputOf(pickle(...ops, op.stop)), 0)).machine;

describe('numbers that pickle.py and C take differently', () => {
  const everyone = 'c,c-unbuffered,python';
  test.each<[string, Op, string]>([
    ['a plain int', op.int('12'), everyone],
    ['an int with a sign', op.int('-12'), everyone],
    ['a sign alone', op.int('-'), ''],
    ['no digit', op.int(''), ''],
    ['an int with the letter of LONG', op.int('12L'), ''],
    ['LONG with its letter', op.long('12L'), everyone],
    ['LONG without it', op.long('12'), everyone],
    ['LONG of its letter alone', op.long('L'), ''],
    ['LONG with two letters', op.long('12LL'), ''],
    ['an int with a dot', op.int('1.5'), ''],
    ['a float', op.float('1.5'), everyone],
    ['a float without a dot', op.float('15'), everyone],
    ['a float with two dots', op.float('1.5.5'), ''],
    ['a float of many digits', op.float('9'.repeat(310)), 'python'],
    ['a letter', op.int('1a'), ''],
    ['a sign behind digits', op.int('1-'), ''],
    ['truth values', pickle(op.int('01'), op.pop, op.int('00')), everyone],
  ])('%s', async (_what, ops, readers) => expect(readersOf((await run(ops)).alive).join()).toBe(readers));
});

describe('slots of the memo by their digits', () => {
  const stored = async (put: string, get: string): Promise<boolean> => {
    const machine = await run(op.none, op.put(put), op.pop, op.get(get));
    return machine.stopped;
  };

  test('beyond exact numbers each is a slot of its own', async () => {
    const huge = '90071992547409930';
    expect(await stored(huge, huge)).toBe(true);
    expect(await stored(huge, `0${huge}`)).toBe(true);
    expect(await stored(huge, '90071992547409931')).toBe(false);
    expect(await stored(huge, '90071992547409932')).toBe(false);
    const two = await run(op.none, op.put(huge), op.newTrue, op.put('90071992547409931'), op.popMark);
    expect(two.signals.has('memo-rewritten')).toBe(false);
    expect(two.memoCount).toBe(2);
  });

  test('nine digits, ten, and a leading zero', async () => {
    for (const digits of ['0', '9', '10', '123456789', '1234567890']) expect(await stored(digits, digits)).toBe(true);
    expect(await stored('7', '07')).toBe(true);
    expect(await stored('7', '8')).toBe(false);
    expect(await stored('17', '71')).toBe(false);
  });
});

describe('text in lines', () => {
  const kinds = async (ops: Op): Promise<readonly string[]> => {
    const cls = pickle(op.global('a', 'B'), op.emptyTuple, op.newObj, op.emptyDict);
    const { facts } = await analyseStream(
      inputOf(pickle(op.proto(2), cls, ops, op.none, op.setItem, op.build, op.stop)),
      0,
    );
    return facts.flatMap((fact) => (fact.kind === 'pickle.global' ? fact.uses.map(({ flags }) => String(flags)) : []));
  };

  test('a special name is one, escaped or not', async () => {
    const plain = await kinds(op.unicode('name'));
    const special = await kinds(op.unicode('__class__'));
    expect(special).not.toEqual(plain);
    expect(await kinds(op.unicode('\\u005f_class__'))).toEqual(special);
    expect(await kinds(op.string("'__class__'"))).toEqual(special);
    expect(await kinds(op.string("'name'"))).toEqual(plain);
  });

  test('a special name may be written in escapes alone, and a long text is none', async () => {
    const escaped = (digits: number, letter: string): string =>
      [...'__class__']
        .map((char) => `\\${letter}${(char.codePointAt(0) ?? 0).toString(16).padStart(digits, '0')}`)
        .join('');
    const special = await kinds(op.unicode('__class__'));
    const plain = await kinds(op.unicode('name'));
    expect(await kinds(op.unicode(escaped(4, 'u')))).toEqual(special);
    expect(await kinds(op.unicode(escaped(8, 'U')))).toEqual(special);
    expect(await kinds(op.unicode('x'.repeat(2_000)))).toEqual(plain);
    expect(await kinds(op.unicode(`__class__${'x'.repeat(2_000)}`))).toEqual(plain);
  });

  test('what begins like a pickle is noted, behind the opcode', async () => {
    const { nested } = await run(op.unicode(Uint8Array.of(0x80, 2, 0x4e, 0x2e)));
    expect(nested).toMatchObject([{ offset: 1, length: 4, form: 'line' }]);
    expect((await run(op.unicode('text'))).nested).toEqual([]);
  });

  test('STRING wants quotes', async () => {
    for (const line of ["'a'", '"a"', "''"]) expect((await run(op.string(line))).stopped).toBe(true);
    for (const line of ['a', "'a", '\'a"', "'"]) expect((await run(op.string(line))).stopped).toBe(false);
  });

  test('STRING beyond ASCII: no reader of ASCII goes on, and all the others do', async () => {
    const machine = await run(op.string(Uint8Array.of(0x27, 0xe9, 0x27)));
    expect([machine.stopped, readersOf(machine.alive).join()]).toEqual([true, 'c,c-unbuffered,python']);
  });
});

describe('two lines', () => {
  const globals = async (bytes: Uint8Array) => {
    const { facts } = await analyseStream(inputOf(bytes), 0);
    return facts.flatMap((fact) =>
      fact.kind === 'pickle.global' ? [[fact.module, fact.name, fact.readers.join()]] : [],
    );
  };
  const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

  test.each([
    ['cos\nsystem\n.', [['os', 'system', 'c,c-unbuffered,python']]],
    ['cos\nsystem', [['os', 'syste', 'python']]],
    ['(ios\nsystem', [['os', 'syste', 'python']]],
    ['c\nsystem\n.', [['', 'system', 'python']]],
    ['cos\n\n.', [['os', '', 'python']]],
    ['c\xc3\xa9\nx\n.', [['é', 'x', 'c,c-unbuffered,python']]],
    ['(i\xc3\xa9\nx\n.', []],
    ['c\xff\nx\n.', []],
  ])('%j', async (text, expected) => expect(await globals(latin1(text))).toEqual(expected));

  test('a name with blanks is odd', async () => {
    for (const name of ['a b', 'a\tb', 'a\u00a0b', '\ufeffa']) {
      const machine = await run(op.global('m', name));
      expect(machine.signals.get('malformed-name')?.offset).toBe(0);
    }
    expect((await run(op.global('m', 'a.b_c'))).signals.size).toBe(0);
  });
});

test('a frame within a frame ends pure Python, which may be the last reader', async () => {
  // Blanks before a float: pure Python alone goes on.
  const inner = op.frame([op.none], 1);
  const machine = await run(op.proto(4), op.frame([op.float(' 1.5'), op.pop, inner]));
  expect([machine.alive, machine.signals.has('frame-mismatch'), machine.stopped]).toEqual([0, true, false]);
});
