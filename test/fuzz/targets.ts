import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Budget, DEFAULT_LIMITS } from '../../packages/core/src/bytes/budget.js';
import { memorySource } from '../../packages/core/src/bytes/source.js';
import { bzip2 } from '../../packages/core/src/codecs/bzip2.js';
import type { Codec } from '../../packages/core/src/codecs/codec.js';
import { gzip, rawDeflateCodec, zlib } from '../../packages/core/src/codecs/inflate.js';
import { lz4Frame } from '../../packages/core/src/codecs/lz4-frame.js';
import { lzmaAlone } from '../../packages/core/src/codecs/lzma-alone.js';
import { xz } from '../../packages/core/src/codecs/xz.js';
import { zfile } from '../../packages/core/src/codecs/zfile.js';
import { zstd } from '../../packages/core/src/codecs/zstd.js';
import type { Container, Member } from '../../packages/core/src/containers/container.js';
import { npy } from '../../packages/core/src/containers/npy.js';
import { sevenZip } from '../../packages/core/src/containers/seven-zip.js';
import { tar } from '../../packages/core/src/containers/tar.js';
import { zip } from '../../packages/core/src/containers/zip.js';
import { inspect } from '../../packages/core/src/inspect.js';
import { loadPolicy } from '../../packages/core/src/policy/load.js';
import { analyseStream } from '../../packages/core/src/analysis/pickle/sequence.js';
import { inputOf } from '../../packages/core/test/kit.js';
import { randomPickle, type Random } from '../../packages/core/test/random-pickle.js';
import { VECTORS } from '../../packages/core/test/codec-vectors.js';
import { anyBytes, mutated } from './mutate.js';

/** A decoder under test. */
export interface Target {
  readonly name: string;
  /** Of all inputs, how many in a thousand are its own. */
  readonly share: number;
  readonly make: (random: Random) => Uint8Array;
  /** Throws what the decoder throws. */
  readonly run: (bytes: Uint8Array) => Promise<void>;
}

/** Small enough that a bomb made by chance costs little. */
const LIMITS = { ...DEFAULT_LIMITS, artifactMs: 2000, members: 500, decodedBytes: 4 * 2 ** 20, retainedBytes: 2 ** 20 };
/** Bytes that a codec may put out before the next input. */
const MOST_OUTPUT = 2 ** 20;
const MOST_SEED = 16 * 1024;

const budget = (): Budget => new Budget(LIMITS, () => performance.now(), 0);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Bombs cost what they are made to cost; bench/hostile measures that. */
const BOMBS = /bomb|high-ratio|sixty-deep|overlapping/;

function filesUnder(folder: string): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !BOMBS.test(path) && !/\.(?:py|md|json|txt)$/.test(path) && statSync(path).size <= MOST_SEED)
      found.push(new Uint8Array(readFileSync(path)));
  }
  return found;
}

const beginsWith =
  (...magic: readonly number[]) =>
  (bytes: Uint8Array): boolean =>
    magic.every((byte, i) => bytes[i] === byte);

function vectors(prefix: string): Uint8Array[] {
  return Object.entries(VECTORS).flatMap(([name, [data]]) =>
    name.startsWith(prefix) && data.length < MOST_SEED ? [new Uint8Array(Buffer.from(data, 'base64'))] : [],
  );
}

/** Seeds changed, and now and then any bytes. */
function maker(seeds: readonly Uint8Array[], words: readonly Uint8Array[] = []): Target['make'] {
  return (random) => (random(8) === 0 ? anyBytes(random, seeds) : mutated(random, seeds, words));
}

function codec(name: string, share: number, decoder: Codec, seeds: readonly Uint8Array[]): Target {
  return {
    name,
    share,
    make: maker(seeds),
    run: async (bytes) => {
      let size = 0;
      for await (const chunk of decoder(memorySource(bytes), 0)) {
        size += chunk.length;
        if (size > MOST_OUTPUT) return;
      }
    },
  };
}

function container(
  name: string,
  share: number,
  open: Container,
  seeds: readonly Uint8Array[],
  words: readonly Uint8Array[] = [],
): Target {
  return {
    name,
    share,
    make: maker(seeds, words),
    run: async (bytes) => {
      const member: Member = { path: 'm', name: 'm', source: memorySource(bytes), depth: 0 };
      for await (const opened of open(member, budget())) {
        if (opened.kind === 'member') await readSome(opened.member);
        else JSON.stringify(opened);
      }
    },
  };
}

async function readSome({ source }: Member): Promise<void> {
  const head = await source.read(0, 4096);
  if (head.length === 4096) await source.read(70_000, 16);
}

/** As a scan would, with all that comes of it: it must end, and what it gives must be plain data. */
async function inspectAll(name: string, bytes: Uint8Array): Promise<void> {
  for await (const found of inspect({ path: name, name, source: memorySource(bytes), depth: 0 }, budget())) {
    if (found.kind === 'fact') JSON.stringify(found.fact);
    else if (found.kind === 'notice') JSON.stringify(found.notice);
    else if (found.kind === 'stream') JSON.stringify([found.stream, found.facts]);
  }
}

function artifact(name: string, share: number, file: string, make: Target['make']): Target {
  return { name, share, make, run: (bytes) => inspectAll(file, bytes) };
}

const POLICY = text(`category: PICKLE            # omitted: every category
fail_on: [CRITICAL, HIGH]
ticket_on:
- MEDIUM
retest: "sentinel artifact ./models/ --rule PICKLE"
max_acceptable_severity: moderate
rules:
  PICKLE-EXEC: { owner: "release owner", fail_on: ["CRITICAL", "HIGH"] }
allow:
  - entry: mylib.model.Net
    why: "reviewed"
    expires: 2027-06-30
accept:
  - fingerprint: 0123456789abcdef0123456789abcdef
    owner: "release board"
    why: "sandboxed"
    expires: 2027-01-31
---
category: ARCHIVE
fail_on: []
`);
const POLICY_WORDS = [
  '&a',
  '*a',
  '<<: *a',
  '? ',
  '- ',
  ': ',
  '!!',
  '|',
  '>',
  '"\\x',
  '\n---\n',
  '\t',
  '[',
  '{',
  '#',
  '1e999',
  'null',
  '~',
  '%YAML 1.2',
  '__proto__: 1\n',
  '\u0000',
  '\ud800',
].map(text);

export function targets(root: string): Target[] {
  const files = filesUnder(join(root, 'fixtures'));
  const pick = (test: (bytes: Uint8Array) => boolean): Uint8Array[] => files.filter(test);
  const pickles = pick(
    (bytes) => beginsWith(0x80)(bytes) || /^[cP(}\]NIV]/.test(String.fromCharCode(bytes[0] ?? 0)),
  ).filter((bytes) => bytes.length < 6000 && !beginsWith(0x50, 0x4b)(bytes));
  const tars = pick((bytes) => bytes.length > 300 && String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar');
  const legacy = pick((bytes) => bytes[0] === 0x80 && bytes[2] === 0x8a && bytes[3] === 0x0a);
  const zips = pick(beginsWith(0x50, 0x4b));
  const npys = pick(beginsWith(0x93, 0x4e));
  const joblibs = pick((bytes) => Buffer.from(bytes.subarray(0, 400)).includes('NumpyArrayWrapper'));
  const sevens = [...pick(beginsWith(0x37, 0x7a)), ...vectors('sevenZip')];
  const zipWords = [
    [0x50, 0x4b, 1, 2],
    [0x50, 0x4b, 3, 4],
    [0x50, 0x4b, 5, 6],
    [0x50, 0x4b, 6, 6],
    [0x50, 0x4b, 6, 7],
    [0x50, 0x4b, 7, 8],
  ].map((word) => Uint8Array.from(word));
  const tarWords = ['ustar\0', '17 path=../a\n', '././@LongLink', '22 GNU.sparse.name=a\n', '\x80\x00\x00\x00'].map(
    text,
  );
  const npyWords = [
    "'descr'",
    "'shape'",
    "'|O'",
    '(',
    '[',
    ')',
    "('a', '<f8')",
    '1' + '0'.repeat(20),
    "{'descr': ",
  ].map(text);
  return [
    {
      name: 'pickle machine, streams by grammar',
      share: 230,
      make: (random) => randomPickle(random, 1 + random(random(6) === 0 ? 60 : 18)),
      run: async (bytes) => void JSON.stringify((await analyseStream(inputOf(bytes, { limits: LIMITS }), 0)).facts),
    },
    {
      name: 'pickle machine, changed pickles',
      share: 80,
      make: maker(pickles),
      run: async (bytes) => void JSON.stringify((await analyseStream(inputOf(bytes, { limits: LIMITS }), 0)).facts),
    },
    artifact('inspect: streams by grammar', 40, 'm.pkl', (random) => randomPickle(random, 1 + random(18))),
    artifact('inspect: any fixture, changed', 15, 'm.bin', maker(files)),
    artifact('inspect: torch legacy', 10, 'm.pt', maker(legacy)),
    artifact('inspect: joblib', 10, 'm.joblib', maker(joblibs)),
    artifact('inspect: zip', 5, 'm.pt', maker(zips, zipWords)),
    artifact(
      'inspect: pickles in base64',
      5,
      'm.txt',
      maker(pickles.map((bytes) => text(`model = "${Buffer.from(bytes).toString('base64')}"\n`))),
    ),
    artifact('inspect: tar', 5, 'm.tar', maker(tars, tarWords)),
    container('zip', 40, zip, zips, zipWords),
    container('tar', 120, tar, tars, tarWords),
    container('7z', 25, sevenZip, sevens),
    container('npy', 150, npy, npys, npyWords),
    codec('gzip', 40, gzip, [...vectors('gzip'), ...pick(beginsWith(0x1f, 0x8b))]),
    codec('zlib', 35, zlib, vectors('zlib')),
    codec('deflate', 40, rawDeflateCodec(), vectors('deflate')),
    codec('bzip2', 10, bzip2, [...vectors('bzip2'), ...pick(beginsWith(0x42, 0x5a))]),
    codec('xz', 25, xz, [...vectors('xz'), ...pick(beginsWith(0xfd, 0x37))]),
    codec('lzma', 25, lzmaAlone, vectors('lzmaAlone')),
    codec('lz4', 25, lz4Frame, [...vectors('lz4'), ...pick(beginsWith(4, 0x22, 0x4d))]),
    codec('zstd', 35, zstd, [...vectors('zstd'), ...pick(beginsWith(0x28, 0xb5))]),
    codec('zfile', 25, zfile, [...vectors('zfile'), ...pick(beginsWith(0x5a, 0x46))]),
    {
      name: 'policy',
      share: 5,
      make: maker([POLICY], POLICY_WORDS),
      run: async (bytes) => void JSON.stringify(loadPolicy(new TextDecoder().decode(bytes), 'p.yml')),
    },
  ];
}
