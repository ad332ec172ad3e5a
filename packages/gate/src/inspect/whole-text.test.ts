import { describe, expect, test } from 'vitest';
import { decodings } from './encodings.ts';

/** Bytes that Python's own modules encoded: base64, binascii, quopri (3.12). */
const BYTES = Buffer.from(
  '000306090c0f1215181b1e2124272a2d303336393c3f4245484b4e5154575a5d606366696c6f7275787b7e8184878a8d909396999c9fa2a5a8abaeb163706f7369780a73797374656d0a28532774727565270a74522e',
  'hex',
);
const BASE32 =
  'AABQMCIMB4JBKGA3DYQSIJZKFUYDGNRZHQ7UERKIJNHFCVCXLJOWAY3GNFWG64TVPB5X5AMEQ6FI3EETS2MZZH5CUWUKXLVRMNYG643JPAFHG6LTORSW2CRIKMTXI4TVMUTQU5CSFY';
const BASE64 =
  'AAMGCQwPEhUYGx4hJCcqLTAzNjk8P0JFSEtOUVRXWl1gY2ZpbG9ydXh7foGEh4qNkJOWmZyfoqWoq66xY3Bvc2l4CnN5c3RlbQooUyd0cnVlJwp0Ui4=';
const BASE85 =
  '00RaI3=a|&7#kiTBqu5@Ff%qeJU>E3NJ~ypR99MEU}I)!Y;SUPczb?<golcakdu~~oS&klsH?8AV{mVCX?O~Ad2@7SZ3-w;Cv<XkWhV-BQZ4';
const ASCII85 =
  '!!<E3$kEsc(`OM>,UY&n0JbUI4?l/$84u]T<**7/?t3e_Ci=?:G^FmjKSPGEOHYuuS=cOPW2m)+@rQ@-Bm9u+H#n(=D$h[i-ZjBOAL@h,;D%';
const UU =
  'M  ,&"0P/$A48&QXA)"<J+3 S-CD\\/T)%2$M.45176EU@8V9I;&]R=7A[?H&$\nIAXJ-D).6F9R?HJ6HJZZQ8W!O<VEX"G-Y<W1E;0HH4R=T<G5E)PIT4BX \n';

/** How a text can be read, and whether a reading has the bytes. */
function readings(text: string | Buffer): readonly string[] {
  return [...decodings(Buffer.from(text))].filter(({ bytes }) => bytes.includes(BYTES)).map(({ how }) => how);
}

describe('a text as a whole', () => {
  test.each([
    ['hex', BYTES.toString('hex')],
    ['hex', BYTES.toString('hex').toUpperCase()],
    ['base32', BASE32],
    ['base64', BASE64],
    ['base64', BASE64.replaceAll('=', '')],
    ['base64', BASE64.replace(/(.{20})/g, '$1\n')],
    ['base85', BASE85],
    ['ascii85', ASCII85],
    ['ascii85', `<~${ASCII85}~>`],
    ['uuencode', UU],
    ['uuencode', UU.replaceAll('\n', '\r\n')],
    ['uuencode', UU.replaceAll(/ +\n/g, '\n')],
    ['uuencode', UU.replaceAll(' ', '`')],
    ['uuencode', `begin 644 a.bin\n${UU}\`\nend\n`],
    ['uuencode', `Some words of prose.\nbegin 644 a.bin\n${UU}\`\nend\n`],
    ['percent', [...BYTES].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')],
    ['quoted-printable', [...BYTES].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')],
    ['escapes', [...BYTES].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')],
    ['base64-prefixed', `data:${BASE64}`],
    ['base64-prefixed', `a:b,c;d|${BASE64}`],
  ])('is read as %s: %j', (how, text) => expect(readings(text)).toContain(how));

  test('behind the first four signs, as far as they stand at the beginning', () => {
    const behind = (head: string) => readings(`${head}${BASE64}`);
    expect(behind('a,b,c,d,')).toContain('base64-prefixed');
    expect(behind('!,!,!,!,YWJ,')).not.toContain('base64-prefixed');
    expect(behind('two words:')).not.toContain('base64-prefixed');
    expect(behind('two\nlines:')).not.toContain('base64-prefixed');
  });
});

describe('lines of uuencode', () => {
  const decoded = (text: string): string | null =>
    [...decodings(Buffer.from(text))].find(({ how }) => how === 'uuencode')?.bytes.toString('latin1') ?? null;

  test('end at an empty one, at one that is none behind a head, and with the text', () => {
    const line = '#86)C\n';
    expect(decoded(line.repeat(3))).toBe('abcabcabc');
    expect(decoded(`${line.repeat(2)}\n${line}`)).toBe('abcabc');
    expect(decoded(`${line.repeat(2)}\`\n${line}`)).toBe('abcabc');
    expect(decoded(`begin 644 x\n${line.repeat(2)}small letters\n`)).toBe('abcabc');
    expect(decoded(`${line.repeat(3)}#86)C`)).toBe('abcabcabcabc');
  });

  test('alone are all of the text, and no longer than their bytes and a check', () => {
    const line = '#86)C\n';
    expect(decoded(`${line.repeat(2)}#86)CX\n`)).toBe('abcabcabc');
    expect(decoded(`${line.repeat(2)}#86)CXX\n`)).toBeNull();
    expect(decoded(`${line.repeat(2)}N${'A'.repeat(64)}\n`)).toBeNull();
    expect(decoded(`${line.repeat(2)}small\n`)).toBeNull();
  });

  test.each([
    ['!80', 'a'],
    ['"86(', 'ab'],
    ['#86)C', 'abc'],
    ['$86)C9 ', 'abcd'],
  ])('%j is %j', (line, text) => {
    expect(decoded(`${line}\n${line}\n${line}\n${line}\n`)).toBe(text.repeat(4));
  });
});
