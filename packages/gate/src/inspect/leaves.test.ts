import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS, type InspectionLimits } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';
import {
  byteSuspects,
  inspectBytes,
  inspectStrings,
  inspectText,
  inspectWindow,
  mayHold,
  SHORTEST_LEAF,
  stringSuspects,
  textSuspects,
} from './leaves.ts';
import { Spending } from './spending.ts';

test('a short text may hold something where it has lines, control characters or no ASCII', () => {
  const word = 'a'.repeat(SHORTEST_LEAF);
  const mixed = (sign: string): boolean => mayHold(Buffer.from(`${word.slice(1)}${sign}`, 'latin1'));
  expect(['\n', '\0', '\x1f', '\x7f', '\x80'].map(mixed)).toEqual([true, true, true, true, true]);
  expect([' ', '~', 'a', '!'].map(mixed)).toEqual([false, false, false, false]);
  expect(mayHold(Buffer.from(`${word.slice(2)}\n`))).toBe(false);
});

test('a long one always may', () => {
  expect(mayHold(Buffer.from('a'.repeat(11)))).toBe(true);
  expect(mayHold(Buffer.from('a'.repeat(10)))).toBe(false);
  expect(mayHold(Buffer.from('aaaaaaa\n'))).toBe(true);
});

const PICKLE = "cposix\nsystem\n(S'true'\ntR.";
const HIDDEN = Buffer.from(PICKLE).toString('base64');
/** The same from protocol 2 on: no text. */
const BYTES = Buffer.from('\x80\x02cposix\nsystem\nU\x04true\x85R.', 'latin1');
const spendingOf = (limits: Partial<InspectionLimits> = {}): Spending =>
  new Spending({ ...DEFAULT_INSPECTION_LIMITS, ...limits });

/** The signal and the path of the refusal. */
async function said(run: () => Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.signal} ${error.refusal.path}`;
    throw error;
  }
}

const shown = (suspects: Iterable<{ what: string; path: string; kind?: string; coding?: string }>): string[] =>
  [...suspects].map(({ what, path, kind, coding }) => `${what} ${path} ${kind ?? coding}`);
const inText = (text: string | Buffer, limits: Partial<InspectionLimits> = {}): string[] =>
  shown(textSuspects(Buffer.from(text as string), 'p', spendingOf(limits), 0));
const inBytes = (bytes: Buffer, kind: 'whole' | 'numbers' | 'text' = 'whole', isStray = false): string[] =>
  shown(byteSuspects(bytes, 'p', spendingOf(), 0, kind, isStray));

describe('a text', () => {
  test.each<[string, string, string[]]>([
    ['of words', 'some words of a sentence', []],
    ['of nothing', '', []],
    ['with opcodes in lines', PICKLE, ['piece p text']],
    ['with opcodes and no lines', PICKLE.replaceAll('\n', ' '), []],
    ['of base64', HIDDEN, ['piece p>base64 whole']],
    ['of hex', Buffer.from(PICKLE).toString('hex'), ['piece p>hex whole']],
    ['of JSON', JSON.stringify([HIDDEN]), ['piece p>json@1>base64 whole']],
    ['of JSON behind a mark', `\ufeff${JSON.stringify([HIDDEN])}`, ['piece p>json@1>base64 whole']],
    ['of JSON in a line', `one\ntwo\r\n \t[ "${HIDDEN}"]`, ['piece p>json@2>base64 whole']],
    ['of a map in a line', `one\n{"a": "${HIDDEN}"}`, ['piece p>json@6>base64 whole']],
    ['of one string of JSON', ` "${HIDDEN}"`, ['piece p>json@0>base64 whole']],
    ['with a quote in a later line', `one\n"${HIDDEN}"`, []],
    ['with brackets behind words', `one [ "${HIDDEN}" ]`, []],
  ])('%s', (_name, text, expected) => {
    // What it decodes to is text as well.
    const found = inText(text).filter((one) => !/>.* text$|base64-lenient/.test(one));
    expect(found).toEqual(expected);
  });

  test('of base64 of gzip data is packed', () => {
    const found = inText(gzipSync(PICKLE).toString('base64'));
    expect(found).toContain('packed p>base64 gzip');
  });

  test('counts as one value, each of JSON in it as well', () => {
    expect(() => inText('some words of a sentence', { leaves: 0 })).toThrow(Refused);
    expect(inText('some words of a sentence', { leaves: 1 })).toEqual([]);
    expect(() => inText('some', { leaves: 0 })).not.toThrow();
  });

  test('counts what it decodes to, and how deep', async () => {
    expect(await said(() => inspectText(Buffer.from(HIDDEN), 'p', spendingOf({ decodedBytes: 20 })))).toMatch(
      /^decoded-bytes p>/,
    );
    expect(await said(() => inspectText(Buffer.from(HIDDEN), 'p', spendingOf({ depth: 1 })))).toBe(
      'GLOBAL posix.system p>base64',
    );
    expect(await said(() => inspectText(Buffer.from(HIDDEN), 'p', spendingOf({ depth: 1 }), 1))).toMatch(/^depth p>/);
    const twice = JSON.stringify([HIDDEN]);
    expect(await said(() => inspectText(Buffer.from(twice), 'p', spendingOf({ depth: 2 })))).toBe(
      'GLOBAL posix.system p>json@1>base64',
    );
    expect(await said(() => inspectText(Buffer.from(twice), 'p', spendingOf({ depth: 1 })))).toMatch(
      /^depth p>json@1>/,
    );
  });

  test('may be a data URL of an executable type', async () => {
    const url = (type: string): Promise<string | null> =>
      said(() => inspectText(Buffer.from(`data:${type};base64,QUJDREVGRw==`), 'p', spendingOf()));
    expect(await url('application/x-pickle')).toBe('data-url p>data-url');
    expect(await url('text/plain')).toBeNull();
  });

  test('with a YAML tag is refused', async () => {
    expect(await said(() => inspectText(Buffer.from('!!python/object:a.b'), 'p', spendingOf()))).toBe('yaml-tag p');
  });
});

describe('strings of JSON', () => {
  const string = (text: string, isKey = false) => ({ bytes: Buffer.from(text), offset: 7, isKey, key: null });

  test('are inspected at their offsets', async () => {
    expect(shown(stringSuspects([string(HIDDEN)], 'p', spendingOf(), 0))).toContain('piece p@7>base64 whole');
    expect(await said(() => inspectStrings([string(HIDDEN)], 'p', spendingOf({ depth: 1 })))).toBe(
      'GLOBAL posix.system p@7>base64',
    );
    expect(await said(() => inspectStrings([string(HIDDEN)], 'p', spendingOf({ depth: 1 }), 1))).toMatch(/^depth /);
    expect(await said(() => inspectStrings([string('words')], 'p', spendingOf()))).toBeNull();
  });

  test('that jsonpickle takes for keys of its own are refused as keys', async () => {
    expect(await said(() => inspectStrings([string('py/object', true)], 'p', spendingOf()))).toBe('jsonpickle p');
    expect(await said(() => inspectStrings([string('py/object')], 'p', spendingOf()))).toBeNull();
  });
});

describe('bytes', () => {
  const BESIDE = '\0\x80\x90\xa0';

  test('by their kind', () => {
    expect(inBytes(Buffer.alloc(0))).toEqual([]);
    expect(inBytes(BYTES)).toContain('piece p whole');
    expect(inBytes(Buffer.from(PICKLE), 'text')).toEqual(['piece p text']);
    expect(inBytes(Buffer.from(PICKLE))).toEqual(expect.arrayContaining(['piece p whole', 'piece p text']));
    expect(inBytes(gzipSync(PICKLE))).toContain('packed p gzip');
    // Numbers may begin like compressed data.
    expect(inBytes(gzipSync(PICKLE), 'numbers').filter((one) => one.startsWith('packed'))).toEqual([]);
    expect(inBytes(gzipSync(PICKLE), 'text').filter((one) => one.startsWith('packed'))).toEqual([]);
    // Text among them is text all the same.
    expect(inBytes(Buffer.from(HIDDEN), 'numbers')).toContain('piece p>base64 whole');
    expect(inBytes(Buffer.from(HIDDEN), 'text')).toEqual([]);
  });

  test('that are text in units of 16 bits', () => {
    const units = Buffer.from(HIDDEN, 'utf16le');
    expect(inBytes(units)).toContain('piece p>unicode>base64 whole');
    expect(inBytes(units, 'numbers')).toEqual([]);
    expect(inBytes(units, 'whole', true)).toContain('piece p>unicode>base64 whole');
    // Units that are no text are none.
    expect(inBytes(Buffer.from('\x01a\x02b\x03c', 'utf16le')).filter((one) => one.includes('unicode'))).toEqual([]);
  });

  test('with base64 in a row, and the bytes before it that look like a digit of it', () => {
    const around = (before: string, text: string): string[] =>
      inBytes(Buffer.from(`${BESIDE}${before}${text}${BESIDE}`, 'latin1')).filter((one) => one.includes('text@'));
    const long = HIDDEN.replaceAll('=', '');
    for (const before of ['', 'A', 'AB', 'ABC']) expect(around(before, long)).toContain('piece p>text@4>base64 whole');
    expect(inBytes(Buffer.from(`${BESIDE}${long}`, 'latin1'), 'whole', true)).toEqual([]);
    expect(around('', `${long}\x80\x81\x82${long}`)).toContain(`piece p>text@${7 + long.length}>base64 whole`);
  });

  test('with a run of 16 digits at least', () => {
    // A pickle in eleven bytes: base64 of 15 digits, filled up.
    const call = Buffer.from('cos\nabc\n)R.');
    const short = call.toString('base64').replaceAll('=', '');
    expect(short).toHaveLength(15);
    const runs = (text: string): boolean =>
      inBytes(Buffer.concat([Buffer.from(BESIDE, 'latin1'), Buffer.from(text), Buffer.from(BESIDE, 'latin1')])).some(
        (one) => one.includes('text@'),
      );
    expect(runs(short)).toBe(false);
    expect(runs(`${short}A`)).toBe(true);
    // At the very end, too.
    expect(inBytes(Buffer.from(`${BESIDE}${short}A`, 'latin1')).some((one) => one.includes('text@'))).toBe(true);
  });

  test('that only begin like zlib data are none, and damaged gzip data are refused', async () => {
    const look = (bytes: Buffer): Promise<string | null> => said(() => inspectBytes(bytes, 'p', spendingOf()));
    expect(await look(Buffer.from([0x78, 0x9c, 0xff, 0xff, 0xff, 0xff]))).toBeNull();
    expect(await look(Buffer.from([0x1f, 0x8b, 8, 0, 0xff, 0xff]))).not.toBeNull();
    expect(await look(deflateSync('just words that are packed'))).toBeNull();
    expect(await look(deflateSync(BYTES))).toMatch(/^GLOBAL posix.system p/);
  });

  test('that unpack to more than is accepted are refused, whatever packs them', async () => {
    const bomb = deflateSync(Buffer.alloc(2_000));
    expect(await said(() => inspectBytes(bomb, 'p', spendingOf({ decodedBytes: 1_000 })))).toBe('expansion p');
  });

  test('as deep as may be', async () => {
    expect(await said(() => inspectBytes(Buffer.from(HIDDEN), 'p', spendingOf({ depth: 1 })))).toBe(
      'GLOBAL posix.system p>base64',
    );
    expect(await said(() => inspectBytes(Buffer.from(HIDDEN), 'p', spendingOf({ depth: 1 }), 1))).toMatch(/^depth /);
  });
});

describe('a window', () => {
  const around = (text: string): Buffer => Buffer.from(`\0\x80${text}\x80\0`, 'latin1');
  const look = (bytes: Buffer, offset: number): Promise<string | null> =>
    said(() => inspectWindow(bytes, offset, 'p', spendingOf()));

  test('is looked through for runs of base64 wherever it lies', async () => {
    expect(await look(around(HIDDEN), 0)).toMatch(/^GLOBAL posix.system p>/);
    expect(await look(around(HIDDEN), 1)).toBe('GLOBAL posix.system p>text@2>base64');
    expect(await look(around('words'), 1)).toBeNull();
  });

  test('at the beginning, as text of 16 bits', async () => {
    expect(await look(Buffer.from(HIDDEN, 'utf16le'), 0)).toBe('GLOBAL posix.system p>unicode>base64');
    expect(await look(Buffer.from(HIDDEN, 'utf16le'), 1)).toBeNull();
  });
});
