import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { op, pickle, type Op } from '../../test/kit.js';
import { OPCODES, opcodesOf } from './opcodes.js';
import { ValueMachine, type Dialect, type Outcome } from './value-machine.js';
import type { Fault } from './value-stack.js';

/** A value as text; containers are filled later. */
interface Shown {
  readonly open: string;
  readonly items: (Shown | string)[];
}

const ALL: Dialect = { opcodes: opcodesOf(), maxValues: Infinity, maxOpcodes: Infinity };

function show(value: Shown | string): string {
  return typeof value === 'string' ? value : `${value.open}(${value.items.map(show).join(' ')})`;
}

/** Writes down what each opcode is given. */
class Writer extends ValueMachine<Shown> {
  readonly faults: Fault[] = [];

  constructor(dialect = ALL) {
    super(dialect);
  }

  run(bytes: Uint8Array): Outcome {
    return this.runFrom(bytes, 0);
  }

  /** From window to window, each of which begins with the opcode that the one before had no room for. */
  runIn(bytes: Uint8Array, size: number): Outcome {
    for (let at = 0, length = size; ;) {
      const outcome = this.runFrom(bytes.subarray(at, at + length), 0);
      if (outcome !== 'more' || at + length >= bytes.length) return outcome;
      length = this.opcodeAt === 0 ? length + size : size;
      at += this.opcodeAt;
    }
  }

  /** Where the opcode begins that was not run. */
  get next(): number {
    return this.opcodeAt;
  }

  get shown(): string | null {
    return this.result === null ? null : show(this.result);
  }

  #made(open: string, items: readonly (Shown | string)[]): Shown {
    return { open, items: [...items] };
  }

  #bytes(open: string, bytes: Uint8Array): Shown {
    return this.#made(open, [Buffer.from(bytes).toString('latin1')]);
  }

  protected fault(fault: Fault): null {
    this.faults.push(fault);
    return null;
  }

  protected constant = (value: boolean | null): Shown => this.#made('constant', [String(value)]);
  protected int = (value: number): Shown => this.#made('int', [String(value)]);
  protected long = (bytes: Uint8Array, from: number, to: number): Shown =>
    this.#made('long', [Buffer.from(bytes.subarray(from, to)).toString('hex')]);
  protected float = (bytes: Uint8Array, from: number): Shown =>
    this.#made('float', [String(new DataView(bytes.buffer, bytes.byteOffset + from, 8).getFloat64(0))]);
  protected text = (bytes: Uint8Array, from: number, to: number): Shown =>
    this.#bytes('text', bytes.subarray(from, to));
  protected override oldText = (bytes: Uint8Array, from: number, to: number): Shown =>
    this.#bytes('old', bytes.subarray(from, to));
  protected override byteString = (bytes: Uint8Array, from: number, to: number): Shown =>
    this.#bytes('bytes', bytes.subarray(from, to));
  protected override byteArray = (bytes: Uint8Array, from: number, to: number): Shown =>
    this.#bytes('bytearray', bytes.subarray(from, to));
  protected tuple = (items: Shown[]): Shown => this.#made('tuple', items);
  protected list = (items: Shown[]): Shown => this.#made('list', items);
  protected dict = (): Shown => this.#made('dict', []);
  protected override set = (): Shown => this.#made('set', []);
  protected override frozenset = (items: Shown[]): Shown => this.#made('frozenset', items);
  protected append = (target: Shown, item: Shown): boolean => target.items.push('+', item) > 0;
  protected extend = (target: Shown, items: Shown[]): boolean => target.items.push('++', ...items) > 0;
  protected setItems = (target: Shown, items: Shown[]): boolean => target.items.push('=', ...items) > 0;
  protected override addItems = (target: Shown, items: Shown[]): boolean => target.items.push('|', ...items) > 0;
  protected global = (module: Uint8Array, name: Uint8Array): Shown =>
    this.#made('global', [Buffer.from(module).toString(), Buffer.from(name).toString()]);
  protected override stackGlobal = (module: Shown, name: Shown): Shown => this.#made('stackGlobal', [module, name]);
  protected override extension = (code: number): Shown => this.#made('extension', [String(code)]);
  protected reduce = (callee: Shown, args: Shown): Shown => this.#made('reduce', [callee, args]);
  protected newObject = (type: Shown, args: Shown): Shown => this.#made('new', [type, args]);
  protected override newObjectEx = (type: Shown, args: Shown, named: Shown): Shown =>
    this.#made('newEx', [type, args, named]);
  protected override instantiate = (items: Shown[]): Shown => this.#made('instantiate', items);
  protected build = (target: Shown, state: Shown): Shown => this.#made('build', [target, state]);
  protected persistent = (id: Shown): Shown => this.#made('persistent', [id]);
  protected override persistentLine = (id: Uint8Array): Shown => this.#bytes('persistent', id);
  protected override buffer = (): Shown => this.#made('buffer', []);
  protected override readOnly = (buffer: Shown): Shown => this.#made('readOnly', [buffer]);
}

const ONE = op.binInt1(1);
const TWO = op.binInt1(2);
const I1 = 'int(1)';
const I2 = 'int(2)';

/** Each opcode with what it comes to. */
const CASES: readonly (readonly [name: string, ops: readonly Op[], shown: string])[] = [
  ['NONE', [op.none], 'constant(null)'],
  ['NEWTRUE', [op.newTrue], 'constant(true)'],
  ['NEWFALSE', [op.newFalse], 'constant(false)'],
  ['BININT', [op.binInt(-2)], 'int(-2)'],
  ['BININT1', [op.binInt1(200)], 'int(200)'],
  ['BININT2', [op.binInt2(65_535)], 'int(65535)'],
  ['INT', [op.int('-129')], 'long(7fff)'],
  ['INT', [op.int('01')], 'constant(true)'],
  ['INT', [op.int('00')], 'constant(false)'],
  ['LONG', [op.long('128L')], 'long(8000)'],
  ['LONG1', [op.long1(Uint8Array.of(1, 2))], 'long(0102)'],
  ['LONG4', [op.long4(Uint8Array.of(255))], 'long(ff)'],
  ['FLOAT', [op.float('-1.5e2')], 'float(-150)'],
  ['FLOAT', [op.float('nan')], 'float(NaN)'],
  ['FLOAT', [op.float('-inf')], 'float(-Infinity)'],
  ['BINFLOAT', [op.binFloat(0.25)], 'float(0.25)'],
  ['UNICODE', [op.unicode('a\\u0062\\\\u0063')], 'text(ab\\\\u0063)'],
  ['BINUNICODE', [op.binUnicode('ab')], 'text(ab)'],
  ['SHORT_BINUNICODE', [op.shortBinUnicode('ab')], 'text(ab)'],
  ['BINUNICODE8', [op.binUnicode8('ab')], 'text(ab)'],
  ['STRING', [op.string("'a\\x62'")], 'old(ab)'],
  ['BINSTRING', [op.binString('ab')], 'old(ab)'],
  ['SHORT_BINSTRING', [op.shortBinString('ab')], 'old(ab)'],
  ['BINBYTES', [op.binBytes('ab')], 'bytes(ab)'],
  ['SHORT_BINBYTES', [op.shortBinBytes('ab')], 'bytes(ab)'],
  ['BINBYTES8', [op.binBytes8('ab')], 'bytes(ab)'],
  ['BYTEARRAY8', [op.byteArray8('ab')], 'bytearray(ab)'],
  ['EMPTY_TUPLE', [op.emptyTuple], 'tuple()'],
  ['TUPLE1', [ONE, op.tuple1], `tuple(${I1})`],
  ['TUPLE2', [ONE, TWO, op.tuple2], `tuple(${I1} ${I2})`],
  ['TUPLE3', [ONE, TWO, op.none, op.tuple3], `tuple(${I1} ${I2} constant(null))`],
  ['TUPLE', [op.mark, ONE, op.mark, op.tuple, TWO, op.tuple], `tuple(${I1} tuple() ${I2})`],
  ['MARK', [ONE, op.mark, op.popMark], I1],
  ['EMPTY_LIST', [op.emptyList], 'list()'],
  ['LIST', [op.mark, ONE, TWO, op.list], `list(${I1} ${I2})`],
  ['APPEND', [op.emptyList, ONE, op.append], `list(+ ${I1})`],
  ['APPENDS', [op.emptyList, op.mark, ONE, TWO, op.appends], `list(++ ${I1} ${I2})`],
  ['EMPTY_DICT', [op.emptyDict], 'dict()'],
  ['DICT', [op.mark, ONE, TWO, op.dict], `dict(= ${I1} ${I2})`],
  ['SETITEM', [op.emptyDict, ONE, TWO, op.setItem], `dict(= ${I1} ${I2})`],
  ['SETITEMS', [op.emptyDict, op.mark, ONE, op.setItems], `dict(= ${I1})`],
  ['EMPTY_SET', [op.emptySet], 'set()'],
  ['ADDITEMS', [op.emptySet, op.mark, ONE, op.addItems], `set(| ${I1})`],
  ['FROZENSET', [op.mark, ONE, op.frozenSet], `frozenset(${I1})`],
  ['GLOBAL', [op.global('a.b', 'C d')], 'global(a.b C d)'],
  ['STACK_GLOBAL', [ONE, TWO, op.stackGlobal], `stackGlobal(${I1} ${I2})`],
  ['EXT1', [op.ext1(255)], 'extension(255)'],
  ['EXT2', [op.ext2(256)], 'extension(256)'],
  ['EXT4', [op.ext4(-1)], 'extension(-1)'],
  ['REDUCE', [ONE, TWO, op.reduce], `reduce(${I1} ${I2})`],
  ['NEWOBJ', [ONE, TWO, op.newObj], `new(${I1} ${I2})`],
  ['NEWOBJ_EX', [ONE, TWO, op.none, op.newObjEx], `newEx(${I1} ${I2} constant(null))`],
  ['OBJ', [op.mark, ONE, TWO, op.obj], `instantiate(${I1} ${I2})`],
  ['INST', [op.mark, ONE, op.inst('m', 'C')], `instantiate(global(m C) ${I1})`],
  ['BUILD', [ONE, TWO, op.build], `build(${I1} ${I2})`],
  ['PERSID', [op.persId('x y')], 'persistent(x y)'],
  ['BINPERSID', [ONE, op.binPersId], `persistent(${I1})`],
  ['NEXT_BUFFER', [op.nextBuffer], 'buffer()'],
  ['READONLY_BUFFER', [ONE, op.readonlyBuffer], `readOnly(${I1})`],
  ['POP', [ONE, TWO, op.pop], I1],
  ['POP', [ONE, op.mark, op.pop], I1],
  ['POP_MARK', [ONE, op.mark, TWO, op.popMark], I1],
  ['DUP', [ONE, op.dup, op.tuple2], `tuple(${I1} ${I1})`],
  ['BINPUT', [ONE, op.binPut(7), op.pop, op.binGet(7)], I1],
  ['BINGET', [ONE, op.binPut(0), TWO, op.binPut(0), op.pop, op.binGet(0), op.tuple2], `tuple(${I1} ${I2})`],
  ['LONG_BINPUT', [ONE, op.longBinPut(4_000_000_000), op.pop, op.longBinGet(4_000_000_000)], I1],
  ['LONG_BINGET', [ONE, op.binPut(3), op.pop, op.longBinGet(3)], I1],
  ['PUT', [ONE, op.put('007'), op.pop, op.binGet(7)], I1],
  ['GET', [ONE, op.binPut(10), op.pop, op.get('10')], I1],
  // Slots 5 and 0 are written: the next one is 2.
  ['MEMOIZE', [ONE, op.binPut(5), TWO, op.binPut(0), op.memoize, op.pop, op.pop, op.binGet(2)], I2],
  ['PROTO', [op.proto(4), ONE], I1],
  ['FRAME', [op.frame([ONE])], I1],
  ['STOP', [ONE], I1],
];

describe('the value machine', () => {
  test('has a case here for every opcode', () => {
    expect([...new Set(CASES.map(([name]) => name))].toSorted()).toEqual(OPCODES.map(({ name }) => name).toSorted());
  });

  test.each(CASES)('%s', (_name, ops, shown) => {
    const machine = new Writer();
    expect([machine.run(pickle(...ops, op.stop)), machine.shown, machine.faults]).toEqual(['stopped', shown, []]);
  });

  test.each<[string, readonly Op[], Fault]>([
    ['a tuple of more values than there are', [ONE, op.tuple2], 'value'],
    ['a tuple across a mark', [ONE, op.mark, TWO, op.tuple2], 'value'],
    ['STOP with nothing above the mark', [ONE, op.mark, op.stop], 'value'],
    ['POP on nothing', [op.pop], 'value'],
    ['items for nothing', [op.mark, op.appends], 'target'],
    ['a memo slot for nothing', [op.binPut(0)], 'target'],
    ['a mark that is not there', [ONE, op.tuple], 'mark'],
    ['a mark that was taken', [op.mark, ONE, op.list, op.tuple], 'mark'],
    ['INST without a mark', [op.inst('m', 'C')], 'mark'],
    ['a slot that was never written', [op.binGet(0)], 'slot'],
    ['a slot across a gap', [ONE, op.binPut(0), op.binPut(2), op.binGet(1)], 'slot'],
    ['a number in another base', [op.int('0x1')], 'line'],
    ['a number with blanks', [op.float(' 1')], 'line'],
    ['a slot with a sign', [ONE, op.put('+1')], 'line'],
    ['a text that no quotes enclose', [op.string('a')], 'line'],
    ['a malformed escape', [op.unicode('\\u00')], 'line'],
    ['a byte that is no opcode', [Uint8Array.of(0)], 'opcode'],
  ])('ends at %s', (_what, ops, fault) => {
    const machine = new Writer();
    expect([machine.run(pickle(...ops, op.stop)), machine.faults, machine.shown]).toEqual(['ended', [fault], null]);
  });

  test('an opcode that the dialect does not have is not run, not even its argument', () => {
    for (const { code, name } of OPCODES) {
      if (name === 'STOP') continue;
      const opcodes = opcodesOf();
      opcodes[code] = 0;
      const machine = new Writer({ ...ALL, opcodes });
      expect([machine.run(Uint8Array.of(code)), machine.faults], name).toEqual(['ended', ['opcode']]);
    }
  });

  test('a slot is what was stored under it last, in whatever order slots are written', () => {
    const slots = fc.array(fc.tuple(fc.nat(12), fc.nat(255)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(slots, (stored) => {
        const ops = stored.flatMap(([slot, value]) => [op.binInt1(value), op.binPut(slot), op.pop]);
        const known = new Map(stored);
        for (const [slot, value] of known) {
          const machine = new Writer();
          machine.run(pickle(...ops, op.binGet(slot), op.stop));
          expect(machine.shown).toBe(`int(${value})`);
        }
        const counted = new Writer();
        counted.run(pickle(...ops, op.none, op.memoize, op.pop, op.binGet(known.size), op.stop));
        expect(counted.shown).toBe('constant(null)');
      }),
    );
  });

  test('limits end it: values with marks, slots, opcodes', () => {
    const run = (dialect: Partial<Dialect>, ...ops: Op[]): readonly Fault[] => {
      const machine = new Writer({ ...ALL, ...dialect });
      machine.run(pickle(...ops, op.stop));
      return machine.faults;
    };
    expect(run({ maxValues: 2 }, ONE, op.mark, op.popMark)).toEqual([]);
    expect(run({ maxValues: 2 }, ONE, op.mark, TWO, op.popMark)).toEqual(['full']);
    expect(run({ maxValues: 1 }, ONE, op.binPut(0))).toEqual([]);
    expect(run({ maxValues: 1 }, ONE, op.binPut(0), op.binPut(9))).toEqual(['full']);
    expect(run({ maxOpcodes: 2 }, ONE, op.dup)).toEqual([]);
    expect(run({ maxOpcodes: 2 }, ONE, op.dup, op.pop)).toEqual(['full']);
  });

  test('windows of any size come to the same', () => {
    const ops = fc.array(fc.constantFrom(...CASES), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(ops, fc.integer({ min: 1, max: 40 }), fc.nat(4), (cases, size, cut) => {
        const whole = pickle(...cases.flatMap(([, body]) => [op.mark, ...body, op.tuple]), op.stop);
        const bytes = whole.subarray(0, whole.length - cut);
        const limited = { ...ALL, maxOpcodes: cases.reduce((sum, [, body]) => sum + body.length + 2, 0) };
        const [first, second] = [new Writer(limited), new Writer(limited)];
        const outcome = first.run(bytes);
        expect([second.runIn(bytes, size), second.shown, second.faults]).toEqual([outcome, first.shown, first.faults]);
      }),
    );
  });

  test('bytes that end within an opcode need more, from the beginning of the opcode on', () => {
    for (const [name, ops] of CASES) {
      const before = pickle(...ops.slice(0, -1));
      const last = ops.at(-1) ?? op.none;
      // The helper writes a frame with what lies in it.
      if (name === 'FRAME') continue;
      for (let length = 0; length < last.length; length += 1) {
        const machine = new Writer();
        expect([machine.run(pickle(before, last.subarray(0, length))), machine.next]).toEqual(['more', before.length]);
      }
    }
  });
});
