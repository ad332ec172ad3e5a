import type { Budget } from '../../bytes/budget.js';
import { u32 } from '../../bytes/read.js';
import { sliceSource, type ByteSource } from '../../bytes/source.js';
import { streamSource } from '../../bytes/stream-source.js';
import { branchDecoder, type Branch } from '../../codecs/branch-filters.js';
import { CHUNK_BYTES, type Codec } from '../../codecs/codec.js';
import { deltaFilter, filtered, type Filter } from '../../codecs/filters.js';
import { rawDeflate } from '../../codecs/inflate.js';
import { lzmaProperties } from '../../codecs/lzma-decoder.js';
import { lzma1, lzma2, lzma2Dictionary } from '../../codecs/lzma.js';
import { InputError, UnsupportedError } from '../../model/errors.js';
import { unpackedSize, type Coder, type Folder } from './headers.js';

/** Methods of 7-Zip's DOC/Methods.txt that rewrite bytes and keep their number. */
const BRANCHES: ReadonlyMap<string, Branch> = new Map<string, Branch>([
  ['04', 'x86'],
  ['05', 'powerPc'],
  ['06', 'ia64'],
  ['07', 'arm'],
  ['08', 'armThumb'],
  ['09', 'sparc'],
  ['0a', 'arm64'],
  ['03030103', 'x86'],
  ['03030205', 'powerPc'],
  ['03030401', 'ia64'],
  ['03030501', 'arm'],
  ['03030701', 'armThumb'],
  ['03030805', 'sparc'],
]);
const COPY = '00';
const DELTA = '03';

/** What is known and cannot be decoded, for the notice. */
const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ['06f10701', 'encrypted with a password'],
  ['0303011b', '7z method BCJ2'],
  ['030401', '7z method PPMd'],
  ['040109', '7z method Deflate64'],
  ['04f71102', '7z method Brotli'],
  ['0b', '7z method RISC-V branch filter'],
]);

type Chunks = AsyncGenerator<Uint8Array, unknown>;

/** Bytes between two coders: at rest, or a decoder that can be opened. */
type Stage =
  | { readonly kind: 'bytes'; readonly source: ByteSource; readonly start: number }
  | { readonly kind: 'stream'; readonly open: () => Chunks };

/** A folder's packed streams as they lie in the archive. */
export interface PackedStreams {
  readonly source: ByteSource;
  readonly starts: readonly number[];
  readonly sizes: readonly number[];
}

/** What a folder makes, as a random-access source: decoded when it is read, as it is where it is only stored. */
export function folderSource(folder: Folder, packed: PackedStreams, budget: Budget): ByteSource {
  const order = codersInOrder(folder, packed);
  const start = packed.starts[0] ?? 0;
  const end = start + (packed.sizes[0] ?? 0);
  const size = unpackedSize(folder);
  let stage: Stage = { kind: 'bytes', source: sliceSource(packed.source, 0, end), start };
  for (const { coder, size: declared } of order) stage = nextStage(stage, coder, declared, { start, end }, budget);
  if (stage.kind === 'bytes') return sliceSource(stage.source, stage.start, size);
  const { open } = stage;
  return streamSource(open, budget, size, { source: packed.source, start, packed: end - start });
}

/** The coders from the packed stream on. Only chains are decoded: all known methods but BCJ2 are links of one. */
function codersInOrder(folder: Folder, packed: PackedStreams): { coder: Coder; size: number }[] {
  const at = packed.starts[0] ?? 0;
  for (const coder of folder.coders) {
    const reason = UNSUPPORTED.get(coder.method);
    if (reason !== undefined) throw new UnsupportedError(reason, at);
  }
  if (folder.coders.some((coder) => coder.inputs !== 1 || coder.outputs !== 1)) {
    throw new UnsupportedError('a 7z folder whose coders have several streams', at);
  }
  const order: { coder: Coder; size: number }[] = [];
  for (let index = folder.packed[0]; index !== undefined;) {
    const coder = folder.coders[index];
    if (coder === undefined || order.length === folder.coders.length)
      throw new InputError('corrupt 7z header: the coders of a folder form no chain', at);
    order.push({ coder, size: folder.sizes[index] ?? 0 });
    const output: number = index;
    index = folder.pairs.find((pair) => pair.output === output)?.input;
  }
  if (order.length !== folder.coders.length)
    throw new InputError('corrupt 7z header: the coders of a folder form no chain', at);
  return order;
}

function nextStage(
  stage: Stage,
  coder: Coder,
  size: number,
  { start, end }: { readonly start: number; readonly end: number },
  budget: Budget,
): Stage {
  if (coder.method === COPY) return stage;
  const filter = filterOf(coder, start);
  if (filter !== null) {
    return { kind: 'stream', open: () => exactly(filtered(chunksOf(stage), [filter()]), size, end) };
  }
  const codec = codecOf(coder, size, start);
  if (stage.kind === 'bytes')
    return { kind: 'stream', open: () => exactly(codec(stage.source, stage.start, budget.platform), size, end) };
  // Two compressors in a row: the second one reads what the first one puts out.
  return {
    kind: 'stream',
    open: () => exactly(codec(streamSource(stage.open, budget), 0, budget.platform), size, end),
  };
}

function filterOf(coder: Coder, offset: number): (() => Filter) | null {
  const { method, properties } = coder;
  if (method === DELTA) {
    if (properties.length !== 1) throw badProperties(method, offset);
    return () => deltaFilter(properties[0]! + 1);
  }
  const branch = BRANCHES.get(method);
  if (branch === undefined) return null;
  return () => branchDecoder(branch, properties.length === 4 ? u32(properties, 0) : 0);
}

function codecOf(coder: Coder, size: number, offset: number): Codec {
  const { method, properties } = coder;
  if (method === '030101') {
    const values = properties.length === 5 ? lzmaProperties(properties[0]!) : null;
    if (values === null) throw badProperties(method, offset);
    return lzma1({ properties: values, dictionary: u32(properties, 1), size });
  }
  if (method === '21') {
    const dictionary = properties.length === 1 ? lzma2Dictionary(properties[0]!) : null;
    if (dictionary === null) throw badProperties(method, offset);
    return lzma2(dictionary);
  }
  if (method === '040108') return rawDeflate;
  if (method === '040202') return onDemand(async () => (await import('../../codecs/bzip2.js')).bzip2);
  if (method === '04f71101') return onDemand(async () => (await import('../../codecs/zstd.js')).zstd);
  if (method === '04f71104') return onDemand(async () => (await import('../../codecs/lz4-frame.js')).lz4Frame);
  throw new UnsupportedError(`7z method ${method}`, offset);
}

/** The rarer decoders load when they are first needed. */
function onDemand(load: () => Promise<Codec>): Codec {
  return async function* loaded(source, start, platform) {
    return yield* (await load())(source, start, platform);
  };
}

function badProperties(method: string, offset: number): InputError {
  return new InputError(`corrupt 7z header: the properties of method ${method}`, offset);
}

async function* chunksOf(stage: Stage): AsyncGenerator<Uint8Array, void> {
  if (stage.kind === 'stream') {
    yield* stage.open();
    return;
  }
  for (let at = stage.start; ;) {
    const bytes = await stage.source.read(at, CHUNK_BYTES);
    if (bytes.length === 0) return;
    at += bytes.length;
    yield bytes.slice();
  }
}

/** The declared number of bytes and no more: what a decoder would still put out belongs to nobody. */
async function* exactly(chunks: Chunks, size: number, end: number): AsyncGenerator<Uint8Array, void> {
  try {
    for (let left = size; left > 0;) {
      const step = await chunks.next();
      if (step.done === true)
        throw new InputError(`truncated: a 7z folder of ${size} bytes ends ${left} bytes early`, end, 'truncated');
      yield step.value.length > left ? step.value.subarray(0, left) : step.value;
      left -= step.value.length;
    }
  } finally {
    await chunks.return(undefined);
  }
}
