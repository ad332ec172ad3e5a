import { ARTIFACT } from '../../packages/core/src/model/origin.js';
import { PythonModule } from '../../packages/core/src/python/module.js';
import { readNotebook } from '../../packages/core/src/python/notebook.js';
import { readReport } from '../../packages/core/src/closure/read-report.js';
import { analyseStream } from '../../packages/core/src/streams/stream.js';
import {
  floatReaders,
  intReaders,
  isZero,
  latin1Text,
  longReaders,
  memoIndex,
  quotedString,
  rawUnicodeEscape,
  utf8Surrogates,
} from '../../packages/core/src/pickle/text.js';
import { Budget, DEFAULT_LIMITS } from '../../packages/core/src/bytes/budget.js';
import { memorySource } from '../../packages/core/src/bytes/source.js';
import { classifyName, refuseUserEntry } from '../../packages/core/src/catalogue/classify.js';
import { branchDecoder, type Branch } from '../../packages/core/src/codecs/branch-filters.js';
import { bzip2 } from '../../packages/core/src/codecs/bzip2.js';
import type { Codec } from '../../packages/core/src/codecs/codec.js';
import { deltaFilter } from '../../packages/core/src/codecs/filters.js';
import { gzip, rawDeflate, zlib } from '../../packages/core/src/codecs/inflate.js';
import { lz4Frame } from '../../packages/core/src/codecs/lz4-frame.js';
import { lzma2 } from '../../packages/core/src/codecs/lzma.js';
import { lzmaAlone } from '../../packages/core/src/codecs/lzma-alone.js';
import { xz } from '../../packages/core/src/codecs/xz.js';
import { zfile } from '../../packages/core/src/codecs/zfile.js';
import { zstd } from '../../packages/core/src/codecs/zstd.js';
import { base64Text } from '../../packages/core/src/formats/members/base64-text.js';
import type { Container, Member } from '../../packages/core/src/formats/members/container.js';
import { EntryNames } from '../../packages/core/src/formats/members/entry-names.js';
import {
  entryPathProblems,
  linkEscape,
  normalEntryName,
  quoteName,
} from '../../packages/core/src/formats/members/entry-path.js';
import { portablePlatform } from '../../packages/core/src/platform.js';
import { hasZipBehind } from '../../packages/core/src/formats/zip/zip-behind.js';
import { formats } from '../../packages/core/src/formats/index.js';
import { readNpyHeader } from '../../packages/core/src/formats/npy/descr.js';
import { npy } from '../../packages/core/src/formats/npy/container.js';
import { HeaderCursor } from '../../packages/core/src/formats/seven-zip/cursor.js';
import { readHeader } from '../../packages/core/src/formats/seven-zip/headers.js';
import { sevenZip } from '../../packages/core/src/formats/seven-zip/container.js';
import { tar } from '../../packages/core/src/formats/tar/container.js';
import { zip } from '../../packages/core/src/formats/zip/container.js';
import { inspect } from '../../packages/core/src/formats/inspect.js';
import { escapeText } from '../../packages/core/src/model/escape.js';
import { DEFAULT_POLICY } from '../../packages/core/src/policy/defaults.js';
import { loadPolicy } from '../../packages/core/src/policy/load.js';
import { tighten } from '../../packages/core/src/policy/tighten.js';
import { renderJson } from '../../packages/core/src/report/json.js';
import { renderMarkdown } from '../../packages/core/src/report/markdown.js';
import { renderSarif } from '../../packages/core/src/report/sarif.js';
import { renderText } from '../../packages/core/src/report/text.js';
import { RULES } from '../../packages/core/src/rules/index.js';
import { scan } from '../../packages/core/src/scan.js';
import { trace } from '../../packages/core/src/trace.js';
import { inputOf } from '../../packages/core/test/kit.js';
import { randomPickle, type Random } from '../../packages/core/test/random-pickle.js';
import { longName, pax, tarOf } from '../../packages/core/test/tar-builder.js';
import { randomSevenZip, randomTar } from './archives.js';
import { documentTargets } from './documents.js';
import type { Target } from './target.js';
import { randomJoblib } from './joblib.js';
import { anyBytes, enlarged, mutated } from './mutate.js';
import { seedsOf, type Seeds } from './seeds.js';
import { withChecksums, withHeaderLength } from './repair.js';
import {
  BASE64_WORDS,
  CODEC_WORDS,
  NAME_WORDS,
  NAMES,
  NOTEBOOKS,
  NPY_HEADERS,
  NPY_WORDS,
  POLICIES,
  POLICY_WORDS,
  PYTHON,
  PYTHON_WORDS,
  REPORTS,
  TAR_WORDS,
  TEXT_WORDS,
  TEXTS,
  ZIP_WORDS,
} from './words.js';

/**
 * Small enough that a bomb made by chance costs little. The deadline is beyond what the runner lets an input take, so
 * that it hides nothing.
 */
const LIMITS = {
  ...DEFAULT_LIMITS,
  artifactMs: 60_000,
  members: 500,
  decodedBytes: 4 * 2 ** 20,
  retainedBytes: 2 ** 20,
};
/** Of each kind of large input, as many in a thousand. */
const LARGE_SHARE = 0.05;
/** Bytes that a codec may put out before the next input. */
const MOST_OUTPUT = 2 ** 20;
/** What a terminal would act upon; a newline ends no line of its own. */
const CONTROLS = new RegExp(String.raw`[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]`);
/** Lines of a trace without those of its streams, of which each byte may be one. */
const MOST_LINES = 10_000;

const budget = (size?: number): Budget => new Budget(LIMITS, portablePlatform, size);
const toText = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** Seeds changed, and now and then any bytes. */
function maker(seeds: readonly Uint8Array[], words: readonly Uint8Array[] = []): Target['make'] {
  if (seeds.length === 0) throw new Error('a target has no seeds');
  return (random) => (random(8) === 0 ? anyBytes(random, seeds) : mutated(random, seeds, words));
}

/** Half of the time what a reader checks first is made right again, so that the change is seen by what lies behind. */
function repaired(make: Target['make'], repair: (bytes: Uint8Array) => Uint8Array): Target['make'] {
  return (random) => (random(2) === 0 ? make(random) : repair(make(random)));
}

function codec(name: string, share: number, decoder: Codec, seeds: readonly Uint8Array[]): Target {
  return {
    name,
    share,
    make: maker(seeds, CODEC_WORDS),
    run: async (bytes) => {
      let size = 0;
      for await (const chunk of decoder(memorySource(bytes), 0, portablePlatform)) {
        size += chunk.length;
        if (size > MOST_OUTPUT) return;
      }
    },
  };
}

function container(name: string, share: number, open: Container, make: Target['make']): Target {
  return {
    name,
    share,
    make,
    run: async (bytes) => {
      const member: Member = { path: 'm', name: 'm', source: memorySource(bytes), depth: 0, origin: ARTIFACT };
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
function artifact(name: string, share: number, file: string, make: Target['make']): Target {
  return {
    name: `inspect: ${name}`,
    share,
    make,
    run: async (bytes) => {
      const member: Member = { path: file, name: file, source: memorySource(bytes), depth: 0, origin: ARTIFACT };
      for await (const found of inspect(member, budget(bytes.length))) {
        if (found.kind === 'fact') JSON.stringify(found.fact);
        else if (found.kind === 'notice') JSON.stringify(found.notice);
        else if (found.kind === 'stream') JSON.stringify([found.stream, found.facts]);
      }
    },
  };
}

async function analyse(bytes: Uint8Array): Promise<void> {
  JSON.stringify((await analyseStream(inputOf(bytes, { limits: LIMITS }), 0)).facts);
}

/** Rules, decisions and every reporter. */
async function report(bytes: Uint8Array): Promise<void> {
  const path = 'models/m.pkl';
  const result = await scan([{ path, source: memorySource(bytes), size: bytes.length }], {
    limits: LIMITS,
    today: '2026-01-01',
  });
  JSON.parse(renderJson(result));
  renderText(result, { color: false, quiet: false, verbose: true });
  renderMarkdown(
    result,
    RULES.map((rule) => rule.meta),
  );
  JSON.parse(renderSarif(result, { rules: RULES.map((rule) => rule.meta), root: null }));
}

async function traceLines(bytes: Uint8Array): Promise<void> {
  let lines = 0;
  for await (const line of trace('m.pkl', memorySource(bytes), { limits: LIMITS })) {
    if (CONTROLS.test(line)) throw new Error(`a control character in a line of the trace: ${JSON.stringify(line)}`);
    lines += 1;
    if (lines > MOST_LINES + 4 * bytes.length) throw new Error(`${lines} lines of a trace`);
  }
}

/** What a line or a string argument of an opcode goes through. */
function opcodeText(bytes: Uint8Array): void {
  utf8Surrogates(bytes);
  rawUnicodeEscape(bytes);
  quotedString(bytes);
  const line = latin1Text(bytes);
  intReaders(line);
  longReaders(line);
  floatReaders(line);
  memoIndex(line);
  isZero(line);
}

function names(bytes: Uint8Array): void {
  const name = toText(bytes);
  entryPathProblems(name);
  linkEscape(name, name.slice(name.length / 2), 'symlink');
  linkEscape(name, name.slice(name.length / 2), 'hardlink');
  normalEntryName(name);
  quoteName(name);
  escapeText(name);
  formats.promisedBy(name);
  const entries = new EntryNames();
  for (const part of name.split('\n')) entries.add(part);
  refuseUserEntry(name);
  const dot = name.lastIndexOf('.');
  classifyName(name.slice(0, Math.max(0, dot)), name.slice(dot + 1), true);
}

const BRANCHES: readonly Branch[] = ['x86', 'powerPc', 'ia64', 'arm', 'armThumb', 'sparc', 'arm64'];

function filters(bytes: Uint8Array): void {
  const [first = 0, second = 0] = bytes;
  const half = bytes.length >>> 1;
  for (const filter of [branchDecoder(BRANCHES[first % BRANCHES.length] ?? 'x86', second), deltaFilter(second + 1)]) {
    const size = filter.push(bytes.subarray(0, half)).length + filter.push(bytes.subarray(half)).length;
    if (size + filter.finish().length !== bytes.length) throw new Error('a filter changes the number of bytes');
  }
}

function policy(bytes: Uint8Array): void {
  tighten(DEFAULT_POLICY, loadPolicy(toText(bytes), 'p.yml'));
}

/** Everything that a rule may ask of a source. */
function python(bytes: Uint8Array): void {
  const source = PythonModule.read(bytes, { module: 'a.b' });
  for (const site of source.calls) {
    source.targets(site);
    const { positional, keywords } = source.arguments(site);
    for (const value of [...positional, ...[...keywords.values()].flat()]) {
      source.constants(value);
      source.textParts(value);
    }
    source.position(site.call.from);
  }
  JSON.stringify(source.problems);
}

function notebook(bytes: Uint8Array): void {
  PythonModule.readText(readNotebook(bytes).text);
}

function header7z(bytes: Uint8Array): void {
  readHeader(new HeaderCursor(bytes, null));
}

function npyHeader(bytes: Uint8Array): void {
  readNpyHeader(toText(bytes), 0);
}

export async function targets(root: string): Promise<Target[]> {
  const seeds = seedsOf(root);
  return [...smallTargets(seeds), ...largeTargets(seeds), ...(await documentTargets(root, seeds.pickles))];
}

/** Few and large: time that grows faster than the input. */
function largeTargets(seeds: Seeds): Target[] {
  const large =
    (from: readonly Uint8Array[], words: readonly Uint8Array[] = []): Target['make'] =>
    (random) =>
      enlarged(random, from, words);
  const longNames = (random: Random): Uint8Array => {
    const part = toText(NAMES[random(NAMES.length)] ?? NAME_WORDS[0] ?? new Uint8Array(0)).slice(random(9));
    const name = `${part.slice(0, 1 + random(4)).repeat(1000 * (1 + random(60)))}${random(2) === 0 ? 'x' : ''}`;
    const key = ['path', 'linkpath', 'size', 'GNU.sparse.name', 'c'][random(5)] ?? 'path';
    const header = random(2) === 0 ? pax({ [key]: name }) : longName(name, random(2) === 0 ? 'L' : 'K');
    return tarOf(header, { name: 'a.pkl', data: 'N.', type: random(3) === 0 ? '2' : '0' });
  };
  const share = LARGE_SHARE;
  return [
    { name: 'large: pickle machine', share, make: large(seeds.pickles), run: analyse },
    { name: 'large: text and numbers of opcodes', share, make: large(TEXTS, TEXT_WORDS), run: opcodeText },
    { name: 'large: names', share, make: large(NAMES, NAME_WORDS), run: names },
    { name: 'large: npy header', share, make: large(NPY_HEADERS, NPY_WORDS), run: npyHeader },
    { name: 'large: 7z header', share, make: large(seeds.sevens.map(sevenZipHeader).filter(isFilled)), run: header7z },
    { name: 'large: python', share, make: large(PYTHON, PYTHON_WORDS), run: python },
    { name: 'large: policy', share, make: large(POLICIES, POLICY_WORDS), run: policy },
    artifact('large tar names', share, 'm.tar', longNames),
    artifact('large, any fixture', share, 'm.bin', large(seeds.files, [...ZIP_WORDS, ...CODEC_WORDS])),
    artifact('large text', share, 'm.txt', large(base64Of(seeds.pickles), BASE64_WORDS)),
    { name: 'large: scan and reports', share, make: large(seeds.pickles), run: report },
    { name: 'large: trace', share, make: large(seeds.pickles), run: traceLines },
  ];
}

function smallTargets(seeds: Seeds): Target[] {
  const short = (random: Random): Uint8Array => randomPickle(random, 1 + random(18));
  const base64 = base64Of(seeds.pickles);
  const tars = repaired(maker(seeds.tars, TAR_WORDS), withChecksums);
  const sevens = randomSevenZip(seeds);
  const wrapped = [...seeds.gzip, ...seeds.zlib, ...seeds.bzip2, ...seeds.xz, ...seeds.lz4, ...seeds.zstd].filter(
    (bytes) => bytes.length < 1000,
  );
  return [
    {
      name: 'pickle machine: streams by grammar',
      share: 210,
      make: (random) => randomPickle(random, 1 + random(random(6) === 0 ? 60 : 18)),
      run: analyse,
    },
    { name: 'pickle machine: changed pickles', share: 40, make: maker(seeds.pickles), run: analyse },
    { name: 'pickle machine: joblib arrays', share: 20, make: randomJoblib, run: analyse },
    { name: 'text and numbers of opcodes', share: 60, make: maker(TEXTS, TEXT_WORDS), run: opcodeText },
    artifact('streams by grammar', 20, 'm.pkl', short),
    artifact('any fixture', 6, 'm.bin', maker(seeds.files)),
    artifact('torch legacy', 3, 'm.pt', maker(seeds.legacy)),
    artifact('torch tar', 2, 'm.pt', repaired(maker(seeds.torchTars, TAR_WORDS), withChecksums)),
    artifact('joblib', 4, 'm.joblib', maker(seeds.joblibs)),
    artifact('zip', 2, 'm.pt', maker(seeds.zips, ZIP_WORDS)),
    artifact('tar', 2, 'm.tar', tars),
    artifact('tars by grammar', 3, 'm.tar', randomTar),
    artifact('7z by grammar', 3, 'm.7z', sevens),
    artifact('7z', 2, 'm.7z', maker(seeds.sevens)),
    artifact('npy', 8, 'm.npy', repaired(maker(seeds.npys, NPY_WORDS), withHeaderLength)),
    artifact('compressed', 3, 'm.pkl.gz', maker(wrapped, CODEC_WORDS)),
    artifact('pickles in base64', 3, 'm.txt', maker(base64)),
    { name: 'scan and reports', share: 4, make: short, run: report },
    { name: 'scan and reports: changed pickles', share: 2, make: maker(seeds.pickles), run: report },
    { name: 'scan and reports: any fixture', share: 2, make: maker(seeds.files), run: report },
    { name: 'trace', share: 5, make: short, run: traceLines },
    { name: 'trace: changed pickles', share: 3, make: maker(seeds.pickles), run: traceLines },
    {
      name: 'identify',
      share: 55,
      make: maker(seeds.files),
      run: async (bytes) => {
        formats.recognise(bytes);
        await formats.formatAtHead(memorySource(bytes));
        await hasZipBehind(memorySource(bytes));
      },
    },
    { name: 'names of entries and globals', share: 45, make: maker(NAMES, NAME_WORDS), run: names },
    container('zip', 25, zip, maker(seeds.zips, ZIP_WORDS)),
    container('tar', 70, tar, tars),
    container('tars by grammar', 15, tar, randomTar),
    container('7z', 25, sevenZip, maker(seeds.sevens)),
    container('7z by grammar', 12, sevenZip, sevens),
    {
      name: '7z header',
      share: 50,
      make: maker(seeds.sevens.map(sevenZipHeader).filter(isFilled)),
      run: header7z,
    },
    container('npy', 60, npy, repaired(maker(seeds.npys, NPY_WORDS), withHeaderLength)),
    {
      name: 'npy header',
      share: 50,
      make: maker(NPY_HEADERS, NPY_WORDS),
      run: npyHeader,
    },
    container('base64 in text', 25, base64Text, maker(base64)),
    codec('gzip', 25, gzip, seeds.gzip),
    codec('zlib', 20, zlib, seeds.zlib),
    codec('deflate', 25, rawDeflate, seeds.deflate),
    codec('bzip2', 4, bzip2, seeds.bzip2),
    codec('xz', 10, xz, seeds.xz),
    codec('lzma', 10, lzmaAlone, seeds.lzma),
    codec('lzma2', 10, lzma2(1 << 20), seeds.lzma2),
    codec('lz4', 15, lz4Frame, seeds.lz4),
    codec('zstd', 12, zstd, seeds.zstd),
    codec('zfile', 15, zfile, seeds.zfile),
    { name: 'branch and delta filters', share: 13, make: maker(seeds.files), run: filters },
    { name: 'python source', share: 30, make: maker(PYTHON, PYTHON_WORDS), run: python },
    { name: 'notebook', share: 10, make: maker(NOTEBOOKS, PYTHON_WORDS), run: notebook },
    {
      name: 'report of an earlier run',
      share: 5,
      make: maker(REPORTS),
      run: (bytes) => void readReport(toText(bytes), 'r.json'),
    },
    { name: 'policy', share: 2, make: maker(POLICIES, POLICY_WORDS), run: policy },
  ];
}

const isFilled = (bytes: Uint8Array): boolean => bytes.length > 0;

function base64Of(pickles: readonly Uint8Array[]): Uint8Array[] {
  return pickles.map((bytes) => new TextEncoder().encode(`model = "${Buffer.from(bytes).toString('base64')}"\n`));
}

/** The last bytes, as many as the signature header says. */
function sevenZipHeader(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 32) return new Uint8Array(0);
  const start = 32 + view.getUint32(12, true);
  return bytes.slice(start, start + view.getUint32(20, true));
}
