import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { FULL_SIZE } from '../../../../oracles/full-size.js';
import { look, reportOf } from '../../test/look-kit.js';
import { pax, tarEntry, tarOf } from '../../test/tar-builder.js';
import { bytesOf, concat, fields, zipOf } from '../../test/zip-builder.js';

/*
 * What an adversarial read of the parsers found: each file was called clean, and a reader found the pickle in it.
 */
const PICKLE = bytesOf('cmarker\nf\n.');
const XZ = decoded(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAXY3Bvc2l4CnN5c3RlbQooUyJpZCIKdFIuAGibwukKuCXfAAEwGI4brOwftvN9AQAAAAAEWVo=',
);
const LZIP = decoded('TFpJUAEQADGcCiL2DPgLo9vbbQB9tg6TIAeYXVT0ar7R4xXy//+UZAAAU0hPOBgAAAAAAAAAPgAAAAAAAAA=');

function decoded(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

describe('compressed data', () => {
  test.each(['model.bin', 'noext', 'a.pkl.xz', 'a.lz'])(
    'of lzip, which liblzma reads, is decoded in %s',
    async (name) => {
      expect((await look(name, LZIP)).modules).toEqual(['posix']);
    },
  );

  test.each([18, 90, 486, 504, 522, 18 * 40_000])(
    'behind %i zeros, which liblzma takes for empty streams, is decoded',
    async (zeros) => {
      expect((await look('model.bin', concat(new Uint8Array(zeros), XZ))).modules).toEqual(['posix']);
    },
  );

  test('behind a row of empty streams with a dictionary is decoded', async () => {
    const empty = concat(Uint8Array.of(1, 0, 0, 1, 0), new Uint8Array(13));
    const row = concat(...Array.from({ length: 100 }, () => empty));
    expect((await look('model.bin', concat(row, XZ))).modules).toEqual(['posix']);
  });

  test.each([
    // Two streams of LZMA. The dictionary of the second has a size that lzma.open does not take, and FORMAT_ALONE does.
    [
      'that some readers do not join',
      'CQAAEAD//////////wBAAI0nzIuQZeram90OIwlH///JKAAACf//fwD//////////wAXQ+v////hAAAA',
    ],
    [
      'truncated',
      'CQAAEAD//////////wBAAIVU4zwxet0Ng0r4xfO/9Dy+Sl///GTwAF3//38A//////////8ABRzDEQLkbFppXpuylfs2q31UyX5u0Ve+a8b/',
    ],
  ])('%s, where no header marks it, is incomplete behind a pickle', async (reason, joined) => {
    const { incomplete, modules } = await look('a.bin', decoded(joined));
    expect(incomplete).toEqual([expect.stringContaining(reason)]);
    expect(modules[0]).toMatch(/^marker/);
  });

  test('in a file of zeros is not there', async () => {
    expect(await look('model.bin', new Uint8Array(9000))).toEqual({ modules: [], incomplete: [], findings: [] });
  });

  test('with a gzip name of more than is read is incomplete in unclaimed bytes', async () => {
    const gzip = new Uint8Array(gzipSync(PICKLE));
    const header = gzip.slice(0, 10);
    header[3] = 8;
    const named = concat(header, new Uint8Array(3 * 2 ** 20).fill(0x61), Uint8Array.of(0), gzip.subarray(10));
    const { incomplete } = await look('a.npy', concat(npy('|u1', 0), Uint8Array.of(7), named));
    expect(incomplete).toEqual([expect.stringContaining('a gzip file name is longer than')]);
  });
});

function npy(descr: string, padding: number): Uint8Array {
  const header = bytesOf(`{'descr': '${descr}', 'fortran_order': False, 'shape': (1,), }${' '.repeat(padding)}\n`);
  return concat(Uint8Array.of(0x93), bytesOf('NUMPY'), fields([2, 1], [0, 1], [header.length, 4]), header);
}

describe('npy', () => {
  test('behind another array with a header longer than is read is incomplete', async () => {
    const { incomplete } = await look('a.npy', concat(npy('|u1', 0), Uint8Array.of(7), npy('|O', 2 ** 21), PICKLE));
    expect(incomplete).toEqual([expect.stringContaining('an npy header of 2097')]);
  });

  test('behind the array of a compressed member is analysed', async () => {
    const zeros = "{'descr': '|u1', 'fortran_order': False, 'shape': (100000,), }\n";
    const first = concat(
      Uint8Array.of(0x93),
      bytesOf('NUMPY'),
      fields([1, 1], [0, 1], [zeros.length, 2]),
      bytesOf(zeros),
      new Uint8Array(100_000),
    );
    const npz = (data: Uint8Array): Uint8Array => zipOf([{ name: 'a.npy', method: 8, data }]);
    expect((await look('a.npz', npz(concat(first, npy('|O', 0), PICKLE)))).modules).toEqual(['marker']);
    expect(await look('a.npz', npz(first))).toEqual({ modules: [], incomplete: [], findings: [] });
  });
});

describe('tar', () => {
  test.each(['a.tar', 'model.bin'])('whose checksum has a separator for a blank is a tar in %s', async (name) => {
    const block = tarEntry({ name: 'a.pkl', data: PICKLE });
    const sum = new TextDecoder().decode(block.subarray(148, 154));
    block.set(bytesOf(`\x1c${sum}\0`), 148);
    expect((await look(name, tarOf(block))).modules).toEqual(['marker']);
  });

  test.each([
    ['a map', { 'GNU.sparse.map': '0,3,4,8', 'GNU.sparse.size': '12' }],
    ['a size', { 'GNU.sparse.size': '12' }],
  ])('with %s of a sparse file in a global header is incomplete', async (_, records) => {
    const { incomplete } = await look('a.tar', tarOf(pax(records, 'g'), { name: 'a.bin', data: '\xff'.repeat(20) }));
    expect(incomplete.some((reason) => reason.includes('sparse files'))).toBe(true);
  });

  test.each(['-1536', '-1024', '\u0663', '\x1c30', '0x10', ''])(
    'with %j for a size in a pax header is incomplete',
    async (size) => {
      const { incomplete, findings } = await look('a.tar', tarOf(pax({ size }), { name: 'a.bin', data: '\xff' }));
      expect(incomplete.filter((reason) => reason.includes('no plain number'))).toHaveLength(1);
      // One below zero led back to its own header, again and again.
      expect(findings).toEqual([]);
    },
  );

  test('with a folder by the short name and a file by the long one is read as both', async () => {
    const inner = tarEntry({ name: 'cmarker\nf\n.' });
    const short = tarEntry({ name: `${'d'.repeat(99)}/`, type: '\0', magic: 'v7', size: 512 });
    const seen = await look('a.tar', tarOf(pax({ path: `${'d'.repeat(99)}/a.pkl` }), short, inner));
    expect(seen.modules).toEqual(['marker']);
    expect(seen.findings).toContain('ARCHIVE-AMBIGUOUS');
  });
});

/** A zip whose end record leads zipfile to one directory, and PyTorch, which counts from the file's begin, to another. */
function twoDirectories(base: number): Uint8Array {
  const first = { name: 'x/a.txt', data: bytesOf('hello') };
  const evil = zipOf([{ name: 'archive/data.pkl', data: PICKLE }]);
  const local = 30 + 'archive/data.pkl'.length + PICKLE.length;
  const holderAt = 30 + first.name.length + first.data.length;
  const evilAt = holderAt + 30 + 'holder.bin'.length + 1;
  const inner = zipOf([{ name: 'archive/data.pkl', data: PICKLE, central: { offset: base + evilAt } }]);
  const holder = {
    name: 'holder.bin',
    data: concat(Uint8Array.of(0xff), inner.subarray(0, evil.length - 22), new Uint8Array(70_000).fill(0xff)),
  };
  const offset = base + evilAt + local;
  const directoryAt = holderAt + 30 + holder.name.length + holder.data.length;
  const shift = directoryAt - offset;
  return zipOf(
    [
      { ...first, central: { offset: -shift } },
      { ...holder, central: { offset: holderAt - shift } },
    ],
    { end: { offset, entries: 1 } },
  );
}

describe('zip', () => {
  const base = 512 * 201;

  test('as the last member of a tar is read as the program that opens the tar reads it', async () => {
    const front = tarEntry({ name: 'front', data: new Uint8Array(base - 1024).fill(0xff) });
    const seen = await look('a.tar', tarOf(front, { name: 'm.bin', data: twoDirectories(base) }));
    expect(seen.modules).toEqual(['marker']);
    expect(seen.findings).toContain('ARCHIVE-AMBIGUOUS');
  });

  test('as a byte string of a pickle is read as the program that opens the pickle reads it', async () => {
    const zip = twoDirectories(base);
    const front = concat(
      bytesOf('X'),
      fields([base - 11, 4]),
      new Uint8Array(base - 11).fill(0x61),
      bytesOf('0B'),
      fields([zip.length, 4]),
    );
    const seen = await look('a.pkl', concat(front, zip, bytesOf('.')));
    expect(seen.modules).toEqual(['marker']);
  });

  const inner = zipOf([{ name: 'a.pkl', data: PICKLE }]);

  test.each(['b.zip', 'b.bin', 'b', 'b.npy', 'b.h5'])(
    'behind other bytes in a large compressed member is found in %s',
    async (name) => {
      const member = concat(new Uint8Array(100_000).fill(0xff), inner);
      expect(deflateRawSync(member).length).toBeLessThan(1000);
      const seen = await look('a.zip', zipOf([{ name, method: 8, data: member }]));
      expect(seen.modules).toEqual(['marker']);
    },
  );

  test('behind HDF5 in a large compressed member is found', async () => {
    const member = concat(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10), new Uint8Array(100_000), inner);
    expect((await look('a.zip', zipOf([{ name: 'b.h5', method: 8, data: member }]))).modules).toEqual(['marker']);
  });

  test('behind an array in a compressed member is found where the array does not take all bytes', async () => {
    const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (100000,)}\n";
    const magic = concat(Uint8Array.of(0x93), bytesOf('NUMPY'));
    const array = concat(magic, fields([1, 2], [header.length, 2]), bytesOf(header));
    const member = concat(array, new Uint8Array(100_000), inner);
    expect((await look('a.zip', zipOf([{ name: 'b.npy', method: 8, data: member }]))).modules).toEqual(['marker']);
  });

  test.runIf(FULL_SIZE)(
    'in archives in archives, which would have gigabytes unpacked for it, is not looked for without a word',
    async () => {
      let archive = zipOf([{ name: 'm', method: 8, data: new Uint8Array(4 << 20) }]);
      for (let depth = 0; depth < 4; depth += 1)
        archive = zipOf(Array.from({ length: 8 }, (_, i) => ({ name: `${i}`, method: 8, data: archive })));
      const seen = await look('a.zip', archive);
      expect(seen.findings).toContain('ARCHIVE-BOMB');
      expect(seen.incomplete.some((reason) => reason.includes('the rest was not looked at'))).toBe(true);
    },
    60_000,
  );

  test('with two zip64 fields in one record is ambiguous', async () => {
    const field = fields([1, 2], [0, 2]);
    const zip = zipOf([{ name: 'a.txt', data: 'hello', central: { extra: concat(field, field) } }]);
    expect((await look('a.zip', zip)).findings).toContain('ARCHIVE-AMBIGUOUS');
    const once = zipOf([{ name: 'a.txt', data: 'hello', central: { extra: field } }]);
    expect((await look('a.zip', once)).findings).toEqual([]);
  });
});

describe('tar', () => {
  test('behind HDF5, where a reader goes over what is no header, is found', async () => {
    const front = concat(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10), new Uint8Array(504));
    const seen = await look('model.h5', concat(front, tarOf({ name: 'm.pkl', data: PICKLE })));
    expect(seen.modules).toEqual(['marker']);
  });
});

describe('a format that is not analysed', () => {
  const HDF5 = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10);
  const reasonOf = async (name: string): Promise<string | undefined> => {
    const { artifacts } = await reportOf(name, HDF5);
    const part = artifacts[0]?.parts[0];
    return part?.kind === 'opaque' ? part.reason : undefined;
  };

  test('says that its name promises another one', async () => {
    expect(await reasonOf('model.pt')).toContain('The name promises a pickle or an archive that holds one');
    expect(await reasonOf('model.h5')).not.toContain('promises');
  });

  test('is a pickle as well where its loader gets to a name', async () => {
    const pickle = concat(bytesOf('GGUF'), fields([3, 4]), bytesOf('\0'), bytesOf('0'), PICKLE);
    expect((await look('model.pt', pickle)).modules).toEqual(['marker']);
  });
});
