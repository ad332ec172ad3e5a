import { describe, expect, test } from 'vitest';
import { bytesOf, concat, zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import type { Report } from '../../model/report.js';
import { scan } from '../../scan.js';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const HARMLESS = zipOf([{ name: 'config.json', data: bytesOf('{}') }]);
const HOSTILE = zipOf([{ name: 'a.pkl', data: latin1('cposix\nsystem\n(S"id"\ntR.') }]);

function u32(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
}

async function reportOf(...parts: readonly Uint8Array[]): Promise<Report> {
  const bytes = concat(...parts);
  return scan([{ path: 'model.pkl', source: memorySource(bytes), size: bytes.length }]);
}

describe('a pickle with a zip archive', () => {
  test('as one of its byte strings is a pickle', async () => {
    const report = await reportOf(latin1('\x80\x03B'), u32(HARMLESS.length), HARMLESS, latin1('q\0.'));
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('pass');
  });

  test.each([
    ['BINBYTES8', '\x80\x04\x8e', 8, '\x94.'],
    ['BYTEARRAY8', '\x80\x05\x96', 8, '\x94.'],
    ['BINBYTES behind others', '\x80\x03N0N0N0N0B', 4, '.'],
  ] as const)('as the argument of %s is a pickle', async (_, before, width, behind) => {
    const length = concat(u32(HARMLESS.length), new Uint8Array(width - 4));
    expect((await reportOf(latin1(before), length, HARMLESS, latin1(behind))).findings).toEqual([]);
    const other = concat(u32(HARMLESS.length - 1), new Uint8Array(width - 4));
    expect((await reportOf(latin1(before), other, HARMLESS, latin1(behind))).findings).not.toEqual([]);
  });

  test('whose members are analysed', async () => {
    const report = await reportOf(latin1('\x80\x03B'), u32(HOSTILE.length), HOSTILE, latin1('.'));
    expect(report.findings.map(({ ruleId, location }) => [ruleId, location.path])).toContainEqual([
      'PICKLE-EXEC',
      `model.pkl![bytes 7-${6 + HOSTILE.length}]!a.pkl`,
    ]);
  });

  test.each([
    ['in a longer byte string', [latin1('\x80\x03B'), u32(HARMLESS.length + 1), HARMLESS, latin1('a.')]],
    ['behind its end', [latin1('\x80\x03N.'), HARMLESS]],
    [
      'where the stream does not end with the file',
      [latin1('\x80\x03B'), u32(HARMLESS.length), HARMLESS, latin1('.N')],
    ],
    ['where the stream has no end', [latin1('\x80\x03B'), u32(HARMLESS.length), HARMLESS]],
  ] as const)('%s is ambiguous', async (_, parts) => {
    const report = await reportOf(...parts);
    expect(report.findings.map(({ ruleId }) => ruleId)).toContain('ARCHIVE-AMBIGUOUS');
  });
});
