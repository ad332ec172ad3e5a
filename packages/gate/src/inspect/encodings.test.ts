import { describe, expect, test } from 'vitest';
import { decodings, latin1OfString, strayBase64, type DecodedText } from './encodings.ts';

/** The bytes that a text may stand for, by one encoding, as Latin-1. */
function readings(text: string, how: DecodedText['how']): string[] {
  return [...decodings(Buffer.from(text))]
    .filter((one) => one.how === how)
    .map(({ bytes }) => bytes.toString('latin1'));
}

const encoded = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

describe('base64 with other bytes between', () => {
  const stray = (bytes: string): string[] =>
    [...strayBase64(Buffer.from(bytes, 'latin1'))].map((one) => one.bytes.toString('latin1'));

  test('is decoded where it gives eight bytes', () => {
    expect(stray(`\0${encoded('12345678')}\x80`)).toContain('12345678');
    expect(stray(`\0${encoded('1234567')}\x80`)).toEqual([]);
  });

  test('is read with signs of URLs and without', () => {
    expect(stray(`\0${encoded('\xff\xef\xbe12345').replaceAll('/', '_').replaceAll('+', '-')}`)).toContain(
      '\xff\xef\xbe12345',
    );
  });

  test('of large bytes ends at its padding, as it does for Python', () => {
    const large = `\0${encoded('12')}${encoded('a'.repeat(50_000))}`;
    expect(stray(large)).toEqual([]);
    expect(stray(large.slice(0, 1_000)).some((bytes) => bytes.includes('a'.repeat(700)))).toBe(true);
  });
});

describe('Z85', () => {
  // 'HelloWorld' is the example of the specification (rfc.zeromq.org/spec/32).
  const EXAMPLE = '\x86\x4f\xd2\x6f\xb5\x59\xf7\x5b';

  test('may have zeros at its end that were added', () => {
    expect(readings('HelloWorld00000', 'z85')).toEqual([`${EXAMPLE}\0\0\0\0`, `${EXAMPLE}\0`]);
  });

  test('has no second reading without zeros at its end', () => {
    expect(readings('00000HelloWorld', 'z85')).toEqual([`\0\0\0\0${EXAMPLE}`]);
    // Four bytes of which the last is 1.
    expect(readings('HelloWorld00001', 'z85')).toEqual([`${EXAMPLE}\0\0\0\x01`]);
  });

  test('comes in fives', () => {
    expect(readings('HelloWorld0000', 'z85')).toEqual([]);
  });
});

describe('a data URL', () => {
  test('has its type and its bytes', () => {
    const [url] = decodings(Buffer.from(`data:Text/Plain;charset=x;base64,${encoded('12345678')}`));
    expect([url?.how, url?.type, url?.bytes.toString()]).toEqual(['data-url', 'text/plain', '12345678']);
    expect(readings('data:,%41bcdefghij', 'data-url')).toEqual(['Abcdefghij']);
  });

  test('is nothing else that begins with letters', () => {
    expect(readings(`date:text/plain;base64,${encoded('12345678')}`, 'data-url')).toEqual([]);
    expect(readings(`data:text/plain;base64;${encoded('12345678')}`, 'data-url')).toEqual([]);
  });
});

describe('base64 behind a short beginning', () => {
  test.each([',', ':', ';', '|'])('that ends with %j', (sign) => {
    expect(readings(`name${sign}${encoded('123456789012')}`, 'base64-prefixed')).toContain('123456789012');
  });

  test('not behind blanks, nor behind a fifth sign', () => {
    expect(readings(`a b:${encoded('123456789012')}`, 'base64-prefixed')).toEqual([]);
    expect(readings(`a:b:c:d:${encoded('123456789012')}`, 'base64-prefixed')).toContain('123456789012');
    expect(readings(`::::x:${encoded('123456789012')}`, 'base64-prefixed')).not.toContain('123456789012');
  });
});

describe('Latin-1', () => {
  const text = (string: string): (string | boolean | undefined)[] | null => {
    const found = latin1OfString(Buffer.from(string));
    return found === null ? null : [found.bytes.toString('latin1'), found.isText];
  };

  test('is what a string of no characters beyond it stands for', () => {
    expect(text('\x80\x04')).toEqual(['\x80\x04', undefined]);
    expect(text('\xe9')).toEqual(['\xe9', undefined]);
    expect(text('\xff€')).toBeNull();
    expect(text('ascii')).toBeNull();
    expect(latin1OfString(Buffer.from([0xff]))).toBeNull();
  });

  test('of a text without control characters counts where it has lines', () => {
    const found = (string: string) => [...decodings(Buffer.from(string))].filter(({ how }) => how === 'latin1');
    expect(found('\xe9t\xe9')).toEqual([]);
    expect(found('\xe9t\xe9\n').map(({ isText }) => isText)).toEqual([true]);
    // U+0080 to U+009F are control characters, U+00A0 is none.
    expect(found('\x9f').map(({ isText }) => isText)).toEqual([undefined]);
    expect(found('\xa0')).toEqual([]);
  });
});

describe('alphabets', () => {
  /** Which bytes of ASCII may stand behind a text of an encoding. */
  const taken = (how: DecodedText['how'], text: string): string =>
    Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
      .filter((character) => readings(text + character, how).length > 0)
      .join('');
  const of = (expression: RegExp): string =>
    Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
      .filter((character) => expression.test(character))
      .join('');

  test.each<[DecodedText['how'], string, RegExp]>([
    ['base32', 'ABCDEF23456723', /[A-Za-z2-7=\r\n]/],
    ['base64', 'ABCDEF23456723', /[A-Za-z0-9+/_= \t\n\r\f\v-]/],
    ['base64-lenient', 'ABCDEF23456723', /[^A-Za-z0-9+/_= \t\n\r\f\v-]/],
    ['base85', 'ABCDEF23456723', /[A-Za-z0-9!#$%&()*+;<=>?@^_`{|}~\r\n-]/],
    ['z85', 'ABCDEF23456723', /[A-Za-z0-9.:+=^!/*?&<>()[\]{}@%$#\r\n-]/],
    ['ascii85', '!BCDEF23456723', /[!-uz~\t\n\r\f\v]/],
    ['hex', '0123456789abcd', /[ \t\r\n\f\v:,;\\_|[\](){}-]/],
  ])('%s', (how, text, expression) => expect(taken(how, text)).toBe(of(expression)));

  test.each<[DecodedText['how'], string]>([
    ['base32', '!BCDEF23456723'],
    ['base64', '!BCDEF23456723'],
    ['base85', '"BCDEF23456723'],
    ['z85', '"BCDEF23456723A'],
    ['ascii85', ' !CDEF23456723'],
    ['hex', 'g123456789abcd'],
  ])('%s: the first byte counts', (how, text) => expect(readings(text, how)).toEqual([]));

  test('lines of base32 are one text', () => {
    expect(readings('GEZDGNBV\nGY3TQOJQ\n', 'base32')).toEqual(['1234567890']);
  });

  test('a text of base64 alone is no ascii85, and no base85 where it is long', () => {
    const long = (length: number, more = '') => `${'A'.repeat(length - more.length)}${more}`;
    expect(readings(long(20), 'ascii85')).toEqual([]);
    for (const how of ['base85', 'z85'] as const) {
      expect(readings(long(1_020), how)).toHaveLength(1);
      expect(readings(long(1_030), how)).toEqual([]);
      expect(readings(long(1_030, '!'), how)).toHaveLength(1);
    }
    expect(readings(long(1_024), 'base85')).toHaveLength(1);
    expect(readings(long(1_025), 'base85')).toEqual([]);
  });

  test('ascii85 has ten digits between its marks', () => {
    expect(readings('<~!BCDEFGHI~>', 'ascii85')).toEqual([]);
    expect(readings('<~!BCDEFGHIJ~>', 'ascii85')).toHaveLength(1);
    // One mark alone, and what only begins like one, are digits.
    const length = (text: string) => readings(text, 'ascii85')[0]?.length;
    expect(length('<~!BCDEFGHIJ')).toBe(8);
    expect(length('!BCDEFGHIJ~>')).toBe(8);
    expect(length('<!BCDEFGHIJKLMN')).toBe(12);
    expect(length('~>!BCDEFGHIJKLM')).toBe(11);
    expect(length('x~>!BCDEFGHIJKL')).toBeUndefined();
  });
});

describe('how often a text is read', () => {
  test('ten bytes not at all', () => {
    expect([...decodings(Buffer.from('aaaaaaaaaa'))]).toEqual([]);
    expect([...decodings(Buffer.from('aaaaaaaaaaa'))]).not.toEqual([]);
  });

  test.each<[string, DecodedText['how'], number]>([
    ['YWJjZGVmZ2hp', 'base64', 1],
    ['YWJjZGVmZ2h-', 'base64', 2],
    ['YWJjZGVmZ2h_', 'base64', 2],
    ['YWJjZGVmZ2g=', 'base64', 1],
    // Digits behind padding.
    ['YWJjZGVmZ2g=YQ==', 'base64', 3],
    ['YWJjZGVmZ2g=_Q==', 'base64', 6],
    ['a:YWJjZGVmZ2hp', 'base64-prefixed', 1],
    ['a:YWJjZGVmZ2h-', 'base64-prefixed', 2],
    ['a:YWJjZGVmZ2g', 'base64-prefixed', 1],
    ['a:YWJjZGVmZ2', 'base64-prefixed', 0],
    ['data:text/plain;base64,YWJjZGVmZ2hp', 'base64-prefixed', 0],
    ['YWJjZGVmZ2hp', 'percent', 0],
    ['YWJjZGVmZ2hp%', 'percent', 0],
    ['YWJjZGVmZ2hp=', 'quoted-printable', 0],
    ['YWJjZGVmZ2hp\\', 'escapes', 0],
    ['YWJjZGVmZ2hp', 'uuencode', 0],
  ])('%j as %s: %i times', (text, how, times) => expect(readings(text, how)).toHaveLength(times));

  test('behind a prefix of 128 bytes at most', () => {
    const behind = (length: number) => readings(`${'a'.repeat(length - 1)}:${encoded('123456789')}`, 'base64-prefixed');
    expect(behind(128)).toEqual(['123456789']);
    expect(behind(129)).toEqual([]);
  });

  test('bytes in all ways up to 64 KB', () => {
    const stray = (length: number) => [...strayBase64(Buffer.alloc(length, 'QUJD=QUJD'))].length;
    expect(stray(64 * 1024)).toBe(6);
    expect(stray(64 * 1024 + 1)).toBe(2);
  });
});

test('control characters make bytes of a text, white space makes lines of it', () => {
  const found = (code: number): (string | undefined)[] =>
    [...decodings(Buffer.from(`\xe9${String.fromCharCode(code)}`))].map(({ isText }) => (isText ? 'text' : 'bytes'));
  const codes = Array.from({ length: 33 }, (_, code) => code);
  expect(codes.filter((code) => found(code)[0] === 'bytes')).toEqual(
    codes.filter((code) => code < 9 || (code > 13 && code < 32)),
  );
  expect(codes.filter((code) => found(code)[0] === 'text')).toEqual([10, 13]);
  expect([...decodings(Buffer.from('ab\0'))].map(({ how, bytes }) => [how, bytes.toString()])).toEqual([
    ['latin1', 'ab\0'],
  ]);
  expect([...decodings(Buffer.from('ab\x7f'))]).toEqual([]);
  expect(latin1OfString(Buffer.from('\x7f\x7f'))).toBeNull();
  expect(latin1OfString(Buffer.from('\x80'))?.bytes).toEqual(Buffer.of(0x80));
});

test.each<[DecodedText['how'], string, string]>([
  ['hex', '31323334353637383930', '1234567890'],
  ['base32', 'GEZDGNBVGY3TQOJQ', '1234567890'],
  ['percent', '%31%32abcdefgh', '12abcdefgh'],
  ['quoted-printable', '=31=32abcdefgh', '12abcdefgh'],
  ['escapes', '\\x31\\x32abcdefgh', '12abcdefgh'],
])('%s: %s', (how, text, expected) => expect(readings(text, how)).toEqual([expected]));
