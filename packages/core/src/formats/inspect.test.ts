import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { op, pickle } from '../../test/kit.js';
import { look } from '../../test/look-kit.js';
import { tarEntry, tarOf } from '../../test/tar-builder.js';
import { bytesOf, concat, fields, zipOf } from '../../test/zip-builder.js';

/** Looks one global up, whose module tells which pickle it stands in. */
function marked(module: string): Uint8Array {
  return pickle(op.global(module, 'f'), op.pop);
}

function stream(module: string, result: Uint8Array = op.none): Uint8Array {
  return pickle(op.proto(2), marked(module), result, op.stop);
}

/** Stops within its frame, in which another pickle follows. */
function framed(result: Uint8Array, behind: Uint8Array): Uint8Array {
  return pickle(op.proto(4), op.frame([result, op.stop, behind]));
}

/** An object array: what numpy reads as one pickle. */
function npy(header: string, data: Uint8Array): Uint8Array {
  return concat(
    bytesOf('?NUMPY').fill(0x93, 0, 1),
    Uint8Array.of(1, 0),
    fields([header.length, 2]),
    bytesOf(header),
    data,
  );
}

const OBJECTS = "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}";

describe('a zip with bytes before it', () => {
  const member = { name: 'a.pkl', data: stream('member') };
  const prefixOf = (start: Uint8Array, length: number): Uint8Array =>
    concat(start, Uint8Array.of(0x42), fields([length, 4]));

  test.each([
    ['with PROTO', op.proto(4)],
    ['without', pickle(op.none, op.pop)],
  ])('is taken in as a byte string by a pickle %s that goes on in the comment', async (_, start) => {
    const comment = pickle(op.pop, marked('comment'), op.none, op.stop);
    const size = (prefix: Uint8Array): number =>
      zipOf([member], { prefix, comment }).length - prefix.length - comment.length;
    const prefix = prefixOf(start, size(prefixOf(start, 0)));
    expect(await look('a.bin', zipOf([member], { prefix, comment }))).toMatchObject({ modules: ['comment', 'member'] });
  });

  test.each([
    ['counts too many entries', { end: { entries: 900 } }],
    ['has a comment that is cut off', { commentLength: 900 }],
  ])('is found where its end record %s', async (_, options) => {
    const bytes = zipOf([member], { prefix: bytesOf('some bytes'), comment: bytesOf('comment'), ...options });
    expect((await look('a.bin', bytes)).modules).toEqual(['member']);
  });

  test('is found in compressed bytes that are read to their end as a pickle first', async () => {
    const bytes = gzipSync(zipOf([member], { prefix: bytesOf('X'.repeat(30)) }));
    expect((await look('a.bin.gz', bytes)).modules).toEqual(['member']);
  });

  test('is the last member of a tar and nothing else', async () => {
    const zipped = { name: 'b.zip', data: zipOf([{ name: 'a.pkl', data: pickle(op.proto(4), op.none, op.stop) }]) };
    for (const bytes of [
      tarOf({ name: 'a.txt', data: bytesOf('text') }, zipped),
      tarOf(zipped, { ...zipped, name: 'c.zip' }),
    ]) {
      expect(await look('a.tar', bytes)).toEqual({ modules: [], incomplete: [], findings: [] });
      expect(await look('a.tar.gz', gzipSync(bytes))).toEqual({ modules: [], incomplete: [], findings: [] });
    }
  });

  test('is found in compressed bytes', async () => {
    expect((await look('a.gz', gzipSync(zipOf([member], { prefix: bytesOf('some bytes') })))).modules).toEqual([
      'member',
    ]);
  });
});

describe('a checkpoint in a zip', () => {
  const data = { name: 'x/data.pkl', data: stream('data') };

  test('holds more pickles behind the one that PyTorch reads', async () => {
    const bytes = zipOf([{ name: 'x/data.pkl', data: concat(stream('first'), stream('second'), stream('third')) }]);
    expect((await look('a.pt', bytes)).modules).toEqual(['first', 'second', 'third']);
  });

  test.each([
    ['an npy file', 'x/data/0', npy(OBJECTS, stream('storage'))],
    ['a compressed pickle', 'x/data/0', gzipSync(stream('storage'))],
    ['a pickle of protocol 0 by its name', 'x/data/a.pkl', pickle(marked('storage'), op.none, op.stop)],
  ])('has a storage that is %s', async (_, name, storage) => {
    expect((await look('a.pt', zipOf([data, { name, data: storage }]))).modules).toEqual(['data', 'storage']);
  });

  test.each([
    ['zlib', [0x78, 0x9c]],
    ['zlib with a preset dictionary', [0x78, 0xbb]],
    ['gzip', [0x1f, 0x8b, 8, 0]],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39]],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
    ['lz4', [4, 0x22, 0x4d, 0x18]],
    ['lzma', [0x5d, 0, 0]],
    ['npy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
    ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
    ['zip', [0x50, 0x4b, 3, 4]],
    ['pickle', [0x80, 2]],
  ])('has a storage of numbers that begin like %s by chance', async (_, head) => {
    const numbers = Uint8Array.from({ length: 4096 }, (_byte, i) => head[i] ?? (i * 89 + 41) % 251);
    const version = { name: 'x/version', data: bytesOf('3') };
    expect(await look('a.pt', zipOf([data, version, { name: 'x/data/0', data: numbers }]))).toEqual({
      modules: ['data'],
      incomplete: [],
      findings: ['TORCH-LOAD-UNTRUSTED', 'PICKLE-GLOBAL-IMPORT'],
    });
  });
});

test('any record of a package of PyTorch may be a pickle', async () => {
  const evil = { name: 'x/data/0', data: bytesOf('cevil\nf\n.') };
  const data = { name: 'x/data.pkl', data: stream('data') };
  expect((await look('a.pt', zipOf([data, evil]))).modules).toEqual(['data']);
  const extern = { name: 'x/.data/extern_modules', data: bytesOf('') };
  expect((await look('a.pt', zipOf([data, evil, extern]))).modules).toEqual(['data', 'evil']);
});

test('behind an object array whose pickle stops within its frame both offsets are read', async () => {
  const behind = concat(framed(op.none, Uint8Array.of(255, 255)), stream('behind'));
  expect((await look('a.npy', npy(OBJECTS, behind))).modules).toEqual(['behind']);
});

describe("PyTorch's tar", () => {
  const count = (module: string, items: number): Uint8Array => stream(module, op.binInt1(items));
  const storage = (module: string): Uint8Array =>
    concat(
      stream(module, pickle(op.binInt1(0), op.binUnicode('cpu'), op.global('torch', 'ByteStorage'), op.tuple3)),
      fields([3, 8]),
      Uint8Array.of(1, 2, 3),
    );

  test('reads the last member of a name', async () => {
    const entries = ['a', 'b'].map((module) => ({
      name: 'storages',
      data: concat(count(`${module}1`, 1), storage(`${module}2`), stream(`${module}3`, op.emptyList)),
    }));
    const { modules } = await look('a.pt', tarOf(...entries));
    expect(modules).toEqual(expect.arrayContaining(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']));
  });

  test('reads a hard link as the member that it stands for', async () => {
    const data = concat(count('a1', 1), storage('a2'), stream('a3', op.emptyList));
    const { modules } = await look(
      'a.pt',
      tarOf({ name: 'other', data }, { name: 'storages', type: '1', link: 'other' }),
    );
    expect(modules).toEqual(expect.arrayContaining(['a1', 'a2', 'a3']));
  });

  test('goes on behind the frame of a pickle that stops within it, and right behind the pickle', async () => {
    const inside = stream('inside', op.emptyList);
    const data = concat(framed(op.binInt1(0), inside), stream('behind', op.emptyList));
    expect((await look('a.pt', tarOf({ name: 'storages', data }))).modules).toEqual(['behind', 'inside']);
  });

  test('has pickles behind the last one that PyTorch reads', async () => {
    const data = concat(count('a1', 0), stream('a2', op.emptyList), stream('a3'));
    expect((await look('a.pt', tarOf({ name: 'storages', data }))).modules).toEqual(['a1', 'a2', 'a3']);
  });
});

test("PyTorch's format before 1.6 goes on at two offsets behind a pickle that stops within its frame", async () => {
  const magic = pickle(
    op.proto(2),
    op.long1(Uint8Array.of(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)),
    op.stop,
  );
  const version = framed(op.binInt2(1001), pickle(op.proto(2), op.emptyDict, op.stop, stream('inside')));
  const bytes = concat(magic, version, stream('info', op.emptyDict), stream('object'), pickle(op.emptyList, op.stop));
  expect((await look('a.pt', bytes)).modules).toEqual(['info', 'inside', 'object']);
});

describe('a tar', () => {
  const entry = { name: 'a.pkl', data: stream('member') };

  test('begins like a pickle', async () => {
    const bytes = tarOf({ name: 'abcdefgh', data: 'x' }, entry);
    const start = stream('head');
    bytes.set(start);
    bytes.fill(0x20, 148, 156);
    const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    bytes.set(bytesOf(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    expect((await look('a.bin', bytes)).modules).toEqual(['head', 'member']);
  });

  test.each([
    ['zeros', new Uint8Array(1024)],
    ['a block that is no header', new Uint8Array(512).fill(0x59)],
    ['a pickle', concat(stream('member'), new Uint8Array(512)).subarray(0, 512)],
  ])('lies behind %s', async (_, before) => {
    expect((await look('a.bin', concat(before, tarEntry(entry), new Uint8Array(1024)))).modules).toEqual(['member']);
  });

  /** A block that only the sum of signed bytes makes a header: a blank checksum, and bytes that add up to -256. */
  const chance = (given: Readonly<Record<number, number>>): Uint8Array => {
    const block = new Uint8Array(512);
    for (const [at, value] of Object.entries(given)) block[Number(at)] = value;
    let sum = block.reduce((total, byte) => total + (byte < 0x80 ? byte : byte - 256), 256);
    for (let at = 500; sum !== 0; at += 1) {
      const step = Math.max(-128, Math.min(127, -sum));
      block[at] = step & 0xff;
      sum += step;
    }
    return block;
  };
  const inBytes = (data: Uint8Array): Uint8Array => {
    const filler = [248, 247].map((length) => concat(op.long1(new Uint8Array(length)), op.pop));
    return concat(op.proto(5), ...filler, op.binBytes8(data), op.stop);
  };

  test.each([
    ['a size beyond every disk', { 124: 0x80, 126: 0x70 }],
    ['a device', { 156: 0x33 }],
    ['a size beyond the end', { 124: 0x34, 125: 0x30, 126: 0x30, 127: 0x30 }],
    ['a size that is none', { 124: 0x39 }],
  ])('that array data are by chance says nothing: %s', async (_, given) => {
    const data = concat(chance(given), new Uint8Array(512).fill(0x59), new Uint8Array(700).fill(1));
    const bytes = inBytes(data);
    expect(bytes.subarray(512, 1024)).toEqual(data.subarray(0, 512));
    expect(await look('a.pkl', bytes)).toEqual({ modules: [], incomplete: [], findings: [] });
    const first = pickle(op.proto(5), op.binBytes8(data), op.stop);
    expect(await look('a.pkl', first)).toEqual({ modules: [], incomplete: [], findings: [] });
  });

  test('whose only mark is the sum of signed bytes is read by tarfile, and so analysed', async () => {
    const data = stream('member');
    const size = [...data.length.toString(8)].map((digit, i) => [124 + i, digit.charCodeAt(0)] as const);
    const bytes = inBytes(concat(chance(Object.fromEntries([[0, 0x61], ...size])), data, new Uint8Array(1200)));
    expect(await look('a.pkl', bytes)).toMatchObject({ modules: ['member'], incomplete: [] });
  });
});

/** A pickle that names marked.f, by lzma.compress(..., FORMAT_ALONE) without its header: lc 3 and 4, lp 0, pb 2. */
const LZMA_3_0_2 = 'AEAAiAOckVmQaviVCX6/s5F6uL3f//wrQAA=';
const LZMA_4_0_2 = 'AEAAiAOckVmBcKWLAwEec67vNTqH//1kcAA=';

describe('compressed pickles without a clear mark', () => {
  const lzma = (properties: number, dictionary: number, data: string): Uint8Array =>
    concat(
      Uint8Array.of(properties),
      fields([dictionary, 4]),
      new Uint8Array(8).fill(0xff),
      Uint8Array.from(Buffer.from(data, 'base64')),
    );

  test.each([
    ['a dictionary of another size, by joblib', 'a.joblib', 0x5d, 0x12345601, LZMA_3_0_2],
    ['other properties, by pandas', 'a.pkl.xz', 0x5e, 0x800000, LZMA_4_0_2],
  ])('LZMA with %s', async (_, name, properties, dictionary, data) => {
    expect((await look(name, lzma(properties, dictionary, data))).modules).toEqual(['marked']);
  });

  test('numpy files in a row', async () => {
    const plain = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", Uint8Array.of(1, 2));
    expect((await look('a.npy.gz', gzipSync(concat(plain, npy(OBJECTS, stream('second')))))).modules).toEqual([
      'second',
    ]);
  });
});

test('an array of joblib that cannot be located is reported in any container', async () => {
  const wrapper = pickle(op.global('joblib.numpy_pickle', 'NumpyArrayWrapper'), op.emptyTuple, op.newObj);
  const array = pickle(op.proto(2), wrapper, op.emptyDict, op.build);
  const { incomplete } = await look('a.pkl.gz', concat(gzipSync(stream('packed')), array, Uint8Array.of(1, 2, 3)));
  expect(incomplete).toEqual(['the dtype of the array cannot be read from the stream']);
});

describe('bytes with the two marks of zlib or lzma', () => {
  const numbers = (head: readonly number[]): Uint8Array =>
    Uint8Array.from({ length: 4096 }, (_byte, i) => head[i] ?? (i * 89 + 41) % 251);

  test.each([
    ['zlib', [0x78, 0x9c, 0xff]],
    ['zlib with a preset dictionary', [0x78, 0xbb]],
    ['lzma', [0x5d, 0, 0, 1]],
  ])('are numbers where %s does not decode and the name promises nothing', async (_, head) => {
    expect((await look('weights.dat', numbers(head))).incomplete).toEqual([]);
  });

  test('are damaged where the name promises something, or something was decoded', async () => {
    expect((await look('a.pkl', numbers([0x78, 0x9c, 0xff]))).incomplete).toHaveLength(2);
    for (const behind of [0, 70_000]) {
      const whole = deflateSync(concat(stream('evil'), new Uint8Array(behind)));
      const seen = await look('weights.dat', whole.subarray(0, whole.length - 6));
      expect(seen.modules).toEqual(['evil']);
      expect(seen.incomplete).not.toEqual([]);
    }
  });
});

describe('files of other kinds under the names of pickles', () => {
  const text = (lines: string): Uint8Array => bytesOf(lines);

  test.each([
    ['paths', text('/opt/one\n../two\n\n# three\n')],
    [
      'code of setuptools',
      text("import os; var = 'A'; enabled = os.environ.get(var); enabled and __import__('b').c(); \n"),
    ],
  ])('a path configuration file: %s', async (_, bytes) => {
    expect(await look('a.pth', bytes)).toEqual({ modules: [], incomplete: [], findings: [] });
  });

  test('such a line under another name, and text that is no path, stay what the name promises', async () => {
    expect((await look('a.pt', text('/opt/one\n'))).incomplete).toHaveLength(1);
    expect((await look('a.pth', text('<html>\n<body>\n'))).incomplete).toHaveLength(1);
    expect((await look('a.pth', text('/opt/one\n\0\n'))).incomplete).toHaveLength(1);
  });

  test('a pickle in the form of lines is no path configuration file', async () => {
    const seen = await look('a.pth', text('cmodule\nf\n.'));
    expect(seen.modules).toEqual(['module']);
    expect(seen.findings).not.toEqual([]);
  });

  test('saved variables of IDL and SPSS, called .sav', async () => {
    const nothing = { modules: [], incomplete: [], findings: [] };
    expect(await look('a.sav', concat(bytesOf('SR\0\u0004\0\0\0\n'), new Uint8Array(64)))).toEqual(nothing);
    expect(await look('b.sav', concat(bytesOf('$FL2@(#) SPSS DATA FILE'), new Uint8Array(64)))).toEqual(nothing);
    expect((await look('c.sav', bytesOf('SRxx'))).incomplete).toHaveLength(1);
  });

  test('an empty map of MessagePack is one byte, the beginning of a pickle', async () => {
    const empty = Uint8Array.of(0x80);
    expect(await look('lookups.bin', empty)).toEqual({ modules: [], incomplete: [], findings: [] });
    expect((await look('model.pkl', empty)).incomplete).toHaveLength(1);
  });

  test('a length that leads far behind the end counts for no more than there is', async () => {
    // "TZif2" is BINSTRING with a length of 845 million: a folder of time zones is full of them.
    const zone = concat(bytesOf('TZif2'), new Uint8Array(1500));
    const zones = Array.from({ length: 400 }, (_, index) => tarEntry({ name: `zone${index}`, data: zone }));
    expect(await look('zones.tar.gz', gzipSync(tarOf(...zones)))).toEqual({
      modules: [],
      incomplete: [],
      findings: [],
    });
  });
});

describe('pickles where a padding or a comment is', () => {
  const honest = Uint8Array.of(0x80, 4, 0x4e, 0x2e);

  test.each([1, 37, 500, 4096])('behind %d zeros, as a shelf in one file has them', async (zeros) => {
    const shelf = concat(honest, new Uint8Array(zeros), honest, new Uint8Array(zeros), marked('os'), new Uint8Array(9));
    const seen = await look('shelf.dat', shelf);
    expect(seen.modules).toEqual(['os']);
    expect(seen.findings).toContain('PICKLE-EXEC');
    expect(seen.incomplete).toEqual([]);
  });

  test('a shelf of plain values has no finding, however many there are', async () => {
    const record = concat(honest, new Uint8Array(512 - honest.length));
    const shelf = concat(...Array.from({ length: 300 }, () => record));
    expect(await look('shelf.dat', shelf)).toEqual({ modules: [], incomplete: [], findings: [] });
  });

  test('in the comment of a zip', async () => {
    const plain = zipOf([{ name: 'a.txt', data: bytesOf('x') }]);
    const withComment = (comment: Uint8Array): Uint8Array => {
      const bytes = concat(plain, comment);
      new DataView(bytes.buffer).setUint16(plain.length - 2, comment.length, true);
      return bytes;
    };
    expect((await look('a.zip', withComment(marked('os')))).modules).toEqual(['os']);
    const nothing = { modules: [], incomplete: [], findings: [] };
    expect(await look('a.zip', withComment(bytesOf('cat\ndog\n')))).toEqual(nothing);
    expect(await look('a.zip', withComment(bytesOf('made by hand')))).toEqual(nothing);
  });
});
