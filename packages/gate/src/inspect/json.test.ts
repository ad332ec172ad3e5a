import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JOINED_BYTES, JsonReader, lengthOf, readJson, stringsOf, type JsonOptions, type JsonString } from './json.ts';
import { LONGEST_NUMBER, MAX_KEY_CHARACTERS } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';

const OPTIONS: JsonOptions = { depth: 4, shortest: 3, exact: true };
const read = (text: string | Buffer, more: Partial<JsonOptions> = {}) =>
  readJson(typeof text === 'string' ? Buffer.from(text) : text, 'body', { ...OPTIONS, ...more });

/** What is refused, and where. */
function refusal(text: string | Buffer, more: Partial<JsonOptions> = {}): string {
  try {
    read(text, more);
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.detail} @${error.refusal.offset}`;
    throw error;
  }
  return 'nothing';
}

test('is what the platform reads', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), (text) => {
      expect(JSON.stringify(read(text, { depth: 9 }).value)).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('is refused where the platform refuses it', () => {
  const part = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '1',
    '-',
    '0',
    '.',
    'e',
    '+',
    'true',
    'nul',
    ' ',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 7 }), (parts) => {
      const text = parts.join('');
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      const said = refusal(text).includes('repeated') ? 'nothing' : refusal(text);
      expect([said === 'nothing', said], text).toEqual([isJson, said]);
    }),
    { numRuns: 400 },
  );
});

test.each([
  ['', 'JSON: it ends early @0'],
  ['  ', 'JSON: it ends early @2'],
  ['1 2', 'JSON: something follows the value @2'],
  ['tru', 'JSON: a value is expected @0'],
  ['nulL', 'JSON: a value is expected @0'],
  ['NaN', 'JSON: a value is expected @0'],
  ['-', 'JSON: a digit is expected @0'],
  ['01', 'JSON: something follows the value @1'],
  ['1.', 'JSON: a digit is expected behind the point @0'],
  ['1e', 'JSON: a digit is expected in the exponent @0'],
  ['1e+', 'JSON: a digit is expected in the exponent @0'],
  ['{1:2}', 'JSON: a key is expected @1'],
  ['{"a" 1}', 'JSON: a colon is expected @5'],
  ['{"a":1 "b":2}', 'JSON: a comma or the end of a map is expected @7'],
  ['{"a":1,}', 'JSON: a key is expected @7'],
  ['[1 2]', 'JSON: a comma or the end of a list is expected @3'],
  ['[1,]', 'JSON: a value is expected @3'],
  ['["a]', 'JSON: a string does not end @1'],
  ['"\n"', 'JSON: a control character in a string @1'],
  ['"\\x"', 'JSON: an escape is unknown @0'],
  ['{"a":1,"a":2}', 'JSON: a key is repeated: parsers differ in which of them they take @7'],
  ['[[[[[1]]]]]', 'JSON: lists and maps lie more than 4 deep @4'],
  ['[[[[1]]]]', 'nothing'],
  ['{"a":{"a":{"a":{"a":{}}}}}', 'JSON: lists and maps lie more than 4 deep @20'],
  ['\ufeff1', 'JSON: a value is expected @0'],
])('%j: %s', (text, said) => expect(refusal(text)).toBe(said));

test('bytes that are no UTF-8', () => {
  expect(refusal(Buffer.of(0x22, 0xff, 0x22))).toBe('JSON: the bytes are no UTF-8 @0');
  expect(refusal(Buffer.from('"\\n\xff"', 'latin1'))).toBe('JSON: the bytes are no UTF-8 @0');
  expect(read('"é€"').value).toBe('é€');
  expect(read('"\\u00e9\\""').value).toBe('é"');
});

describe('a map', () => {
  test('has no prototype', () => {
    const value = read('{"__proto__": 1}').value as object;
    expect([Object.getPrototypeOf(value), Object.keys(value)]).toEqual([null, ['__proto__']]);
  });

  test('may have a key twice where it is read as Python does', () => {
    expect(read('{"a":1,"a":2}', { lenient: true }).value).toEqual({ a: 2 });
  });
});

test('as Python reads it: NaN, a byte order mark, control characters, several texts', () => {
  expect(read('\ufeff[NaN, Infinity, -Infinity, "a\nb\\ud83d\\ude00"] {}', { lenient: true }).value).toEqual({});
  expect(read('[NaN, -Infinity]', { lenient: true }).value).toEqual([NaN, -Infinity]);
  expect(read('"a\n\\u0062"', { lenient: true }).value).toBe('a\nb');
});

const shown = (strings: readonly JsonString[]) => strings.map(({ bytes, offset }) => [bytes.toString(), offset]);

describe('strings', () => {
  test('are listed from their shortest length on, keys too', () => {
    const { strings } = read('{"key": "ab", "k": ["abc", [{"x": "def"}]]}');
    expect(strings.map(({ bytes, offset, isKey, key }) => [bytes.toString(), offset, isKey, key])).toEqual([
      ['key', 1, true, null],
      ['abc', 20, false, 'k'],
      ['def', 34, false, 'x'],
    ]);
  });

  test('of a list may be pieces of one, or its lines, with nothing between', () => {
    expect(shown(read('["ab", null, "", "cd"]').strings)).toEqual([
      ['abcd', 0],
      ['ab\ncd', 0],
    ]);
    expect(read('["a", "b"]').strings).toEqual([]);
    expect(shown(read('["abcd"]').strings)).toEqual([['abcd', 1]]);
    expect(read('["ab", "cd", 1]').strings).toEqual([]);
  });

  test('are found behind a fault of what only begins like JSON', () => {
    expect(shown(stringsOf(Buffer.from('["abc", nope, "d\\u0065f"'), 'x', 4, 3))).toEqual([
      ['abc', 1],
      ['def', 14],
    ]);
    expect(shown(stringsOf(Buffer.from(`${'['.repeat(9)}"abc"`), 'x', 4, 3))).toEqual([['abc', 9]]);
    expect(shown(stringsOf(Buffer.from('[nope, "de", "fgh", ""'), 'x', 4, 3))).toEqual([['fgh', 13]]);
  });
});

test('in pieces of any size it is the same', () => {
  const text = Buffer.from('{"a": [1, -2.5e3, true, "é\\"x", null, {"b": "cc"}], "c": "dd", "n": 12}');
  const whole = readJson(text, 'x', OPTIONS);
  for (let size = 1; size < text.length; size += 1) {
    const reader = new JsonReader('x', OPTIONS);
    const strings: JsonString[] = [];
    let have = 0;
    for (let at = 0; have < text.length;) {
      have = Math.min(text.length, have + size);
      at = reader.read(text.subarray(at, have), at, have === text.length);
      strings.push(...reader.take());
    }
    expect([reader.value, shown(strings)]).toEqual([whole.value, shown(whole.strings)]);
  }
});

test('keys count as long as their map is open, where the text passes', () => {
  const map = `{"${'k'.repeat(MAX_KEY_CHARACTERS / 4)}": 1}`;
  const passing = { passing: true, valueless: true } as const;
  expect(refusal(`[${Array.from({ length: 5 }, () => map).join()}]`, passing)).toBe('nothing');
  const keys = Array.from({ length: 5 }, (_, i) => `"${i}${map.slice(2, -1)}`);
  expect(refusal(`{${keys.join()}}`, passing)).toContain('so many keys');
  expect(refusal(`{${keys.join()}}`)).toBe('nothing');
});

describe('a long list of numbers', () => {
  const many = (...numbers: (number | string)[]) => `[${numbers.join()}]`;
  const cut = (text: string) => {
    const list = read(text, { exact: false }).value as unknown[];
    return [list.length, lengthOf(list)];
  };
  const ones = Array.from({ length: 40 }, () => 1);

  test('is cut to its first and one of each kind, and its length is known', () => {
    expect(cut(many(...ones))).toEqual([16, 40]);
    expect(cut(many(...ones.slice(0, 16)))).toEqual([16, 16]);
    expect(cut(many(...ones.slice(0, 17)))).toEqual([16, 17]);
    expect(cut(many(...ones, '0.5'))).toEqual([17, 41]);
    expect(cut(many(...ones, '0.5', '0.25', 2, 3, -4, '-0.5'))).toEqual([17, 46]);
    expect(cut(many(...ones, '"a"', 1))).toEqual([17, 42]);
    expect(lengthOf(read(many(...ones)).value as unknown[])).toBe(40);
    expect((read(many(...ones)).value as unknown[]).length).toBe(40);
  });

  test('may be written in any way, and is refused where one is wrong', () => {
    for (const text of ['1', ' 1', '  1', '1 ', '-1', '0', '10', '1e3', '-0.5', '1.5E-3']) {
      const list = `[${ones.join()},0.5,${text},${text}]`;
      expect(lengthOf(read(list, { exact: false }).value as unknown[]), text).toBe(43);
    }
    for (const text of ['01', '-', '1.', '.5', '1e', '+1', '1 1', '- 1', '00', '-01'])
      expect(refusal(`[${ones.join()},0.5,${text},${text}]`, { exact: false }), text).not.toBe('nothing');
  });
});

describe('a long string', () => {
  const lengths = [0, 1, 62, 63, 64, 65, 66, 130];

  test.each(['', '\\n', '\\"', '\\\\', 'é', '€\\t', '\x7f', '\\u00e9'])(
    'that ends with %j is what the platform reads',
    (end) => {
      for (const length of lengths)
        for (const text of [
          `"${'a'.repeat(length)}${end}"`,
          `"${end}${'a'.repeat(length)}"`,
          `["${end}${'a'.repeat(length)}${end}","x"]`,
        ])
          expect(read(text).value, text).toEqual(JSON.parse(text));
    },
  );

  test('has no control character, and its offset is given', () => {
    for (const length of lengths)
      for (const control of ['\0', '\n', '\x1f'])
        for (const more of ['', 'b'.repeat(70)])
          expect(refusal(`["${'a'.repeat(length)}${control}${control}${more}"]`)).toBe(
            `JSON: a control character in a string @${length + 2}`,
          );
    expect(refusal(`"${'a'.repeat(70)} "`)).toBe('nothing');
  });

  test('that does not end is refused at its beginning', () => {
    for (const length of lengths) {
      expect(refusal(`["${'a'.repeat(length)}`)).toBe('JSON: a string does not end @1');
      expect(refusal(`["${'a'.repeat(length)}\\"`)).toBe('JSON: a string does not end @1');
    }
  });

  test('is UTF-8', () => {
    for (const length of lengths)
      expect(refusal(Buffer.from(`["${'a'.repeat(length)}\xc3"]`, 'latin1'))).toBe('JSON: the bytes are no UTF-8 @1');
  });
});

describe('strings behind a fault', () => {
  const found = (text: string) => shown(stringsOf(Buffer.from(text), 'x', 4, 3));

  test('that do not end are none', () => {
    expect(found('[nope, "abc')).toEqual([]);
    expect(found('["abc", nope, "def')).toEqual([['abc', 1]]);
  });

  test('may lie beside each other, and are no keys', () => {
    expect(found('[nope "abc""def"')).toEqual([
      ['abc', 6],
      ['def', 11],
    ]);
    expect(stringsOf(Buffer.from('[nope, "py/object"'), 'x', 4, 3).map(({ isKey, key }) => [isKey, key])).toEqual([
      [false, null],
    ]);
    expect(stringsOf(Buffer.from('{"abc": "def"}'), 'x', 4, 3).map(({ isKey }) => isKey)).toEqual([true, false]);
  });

  test('as short as they may be', () => {
    expect(found('[nope "ab"')).toEqual([]);
    expect(found('[nope "abc"')).toEqual([['abc', 6]]);
  });
});

test.each([
  ['NaN', 'JSON: a value is expected @0'],
  ['Infinity', 'JSON: a value is expected @0'],
  ['-Infinity', 'JSON: a value is expected @0'],
  ['[-Infinity]', 'JSON: a value is expected @1'],
  ['-I', 'JSON: a value is expected @0'],
  ['-N', 'JSON: a digit is expected @0'],
])('%s is no value to the letter', (text, said) => expect(refusal(text)).toBe(said));

test('words are read where they are whole', () => {
  for (const word of ['true', 'false', 'null', '-Infinity', 'NaN', 'Infinity'])
    for (let cut = 1; cut < word.length; cut += 1) {
      const text = Buffer.from(`[${word}]`);
      const reader = new JsonReader('x', { ...OPTIONS, lenient: true });
      const next = reader.read(text.subarray(0, cut + 1), 0, false);
      expect(next).toBe(1);
      reader.read(text.subarray(next), next, true);
      expect(lengthOf(reader.value as unknown[])).toBe(1);
    }
});

test('a mark of UTF-8 stands at the beginning alone', () => {
  const reader = new JsonReader('x', { ...OPTIONS, lenient: true });
  expect(reader.read(Buffer.from('1 '), 0, false)).toBe(2);
  expect(() => reader.read(Buffer.from('\ufeff2'), 2, true)).toThrow(Refused);
});

test('a number that goes on has as many digits as may be', () => {
  const reads = (digits: number): number =>
    new JsonReader('x', OPTIONS).read(Buffer.from(`[${'1'.repeat(digits)}`), 0, false);
  expect(reads(LONGEST_NUMBER)).toBe(1);
  expect(() => reads(LONGEST_NUMBER + 1)).toThrow('more digits');
});

describe('where the text passes', () => {
  const passing = { passing: true, valueless: true } as const;

  test('keys count with 64 bytes beside them', () => {
    const map = (length: number): string => `{"${'k'.repeat(length)}": 1}`;
    expect(refusal(map(MAX_KEY_CHARACTERS - 64), passing)).toBe('nothing');
    expect(refusal(map(MAX_KEY_CHARACTERS - 63), passing)).toContain('so many keys');
    expect(refusal(map(MAX_KEY_CHARACTERS - 63), { ...passing, lenient: true })).toBe('nothing');
    // Those of maps that have ended do not count.
    expect(refusal(`{"a": ${map(MAX_KEY_CHARACTERS - 200)}, "b": ${map(MAX_KEY_CHARACTERS - 200)}}`, passing)).toBe(
      'nothing',
    );
  });

  test('the strings of one list are joined up to eight megabytes', () => {
    expect(JOINED_BYTES).toBe(8_388_608);
    const half = 'a'.repeat(JOINED_BYTES / 2);
    const list = (...strings: string[]): string => `[${strings.map((string) => `"${string}"`).join()}]`;
    expect(refusal(list(half, half), passing)).toBe('nothing');
    expect(refusal(list(half, half, 'b'), passing)).toContain('a list of so much text');
    expect(refusal(list(half, half, 'b'))).toBe('nothing');
  });
});

test('without a value nothing but the strings is read', () => {
  const { value, strings } = read('{"abc": [1, 2, 0.5, "def"], "x": {"y": 3}}', { valueless: true });
  expect([JSON.stringify(value), shown(strings)]).toEqual([
    '{"abc":null,"x":null}',
    [
      ['abc', 1],
      ['def', 20],
    ],
  ]);
  expect(JSON.stringify(read('[1,"a",[2]]', { valueless: true }).value)).toBe('[]');
  expect(refusal(`[1,2,3,0.5,4,${'5,'.repeat(20)}]`, { valueless: true })).toContain('a value is expected');
});

test('white space is that of RFC 8259', () => {
  expect(read('\t[\r1 ,\n2\t]\r\n').value).toEqual([1, 2]);
  for (const sign of ['\v', '\f', '\x0e', '\xa0']) expect(refusal(`[${sign}1]`)).toBe('JSON: a value is expected @1');
});

test('the strings of a list are joined from their shortest length on, and are no key', () => {
  expect(read('{"a": ["b", "cd"]}').strings.map(({ bytes, isKey, key }) => [bytes.toString(), isKey, key])).toEqual([
    ['bcd', false, 'a'],
    ['b\ncd', false, 'a'],
  ]);
  expect(read('["b", "c"]').strings).toEqual([]);
});

test('as Python reads it: bytes that are no UTF-8, and escapes that there are not', () => {
  expect(read(Buffer.from('"a\xff"', 'latin1'), { lenient: true }).value).toBe('a\ufffd');
  expect(read('"\\x\\u0041"', { lenient: true }).value).toBe('xA');
  expect(read('"a\n\\u0041"', { lenient: true }).value).toBe('a\nA');
});

test('a number with an exponent is a fraction where a list is cut', () => {
  const list = (...more: string[]) => read(`[${'1,'.repeat(40)}${more.join()}]`, { exact: false }).value as unknown[];
  expect([list('1e5').length, list('1.5', '1e5').length, list('2').length]).toEqual([17, 17, 16]);
  expect(list('1.5', '1e5', '7').slice(15)).toEqual([1, 1.5]);
});
