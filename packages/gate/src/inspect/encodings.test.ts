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

test.each<[DecodedText['how'], string, string]>([
  ['hex', '31323334353637383930', '1234567890'],
  ['base32', 'GEZDGNBVGY3TQOJQ', '1234567890'],
  ['percent', '%31%32abcdefgh', '12abcdefgh'],
  ['quoted-printable', '=31=32abcdefgh', '12abcdefgh'],
  ['escapes', '\\x31\\x32abcdefgh', '12abcdefgh'],
])('%s: %s', (how, text, expected) => expect(readings(text, how)).toEqual([expected]));
