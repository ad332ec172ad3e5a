import { plausibilityOfMark } from '../../plausibility/marks.js';
import { latin1 } from '../../bytes/read.js';
import { memorySource } from '../../bytes/source.js';
import type { Codec } from '../../codecs/codec.js';
import { compressed } from './container.js';
import { opened, unpacked } from '../members/opened.js';
import { InputError } from '../../model/errors.js';
import type { Notice } from '../../model/fact.js';
import { MAX_CHANCE_BYTES } from '../../model/limits.js';
import { HEAD_BYTES, type KnownFormat } from '../../model/format.js';
import { ENTRY, unread, type Origin } from '../../model/origin.js';
import { isChance } from '../../model/plausibility.js';
import { memberPath, type Member } from '../members/container.js';
import { isBomb, type Found, type Look } from '../members/look.js';
import { byMarks, startsWith, type FormatModule, type OpenedFormat } from '../members/format.js';
import { lazy } from '../../model/lazy.js';

/** A wrapper around one stream of bytes. Decoders load when they are needed: most runs need none. */
interface Compression extends Omit<OpenedFormat, 'open'> {
  readonly format: KnownFormat;
  readonly codec: () => Promise<Codec>;
  /** As people call it, where that is shorter. */
  readonly shown?: string;
  /** Its mark is two bytes: one file of numbers in a thousand has it. */
  readonly hasWeakMark?: true;
}

function compression({ format, codec, shown = format, hasWeakMark, ...recognition }: Compression): FormatModule {
  return {
    ...recognition,
    async *open(member, look) {
      const promise = look.formats.promisedBy(member.name);
      const isWeak = isChance(plausibilityOfMark(hasWeakMark === true, promise));
      const parts = { format, shown, codec: await codec(), isWeak };
      const found = opened(unpacked(member, compressed(member, parts, look.budget)), look);
      if (isWeak) yield* whereItHolds(member, parts, found, look);
      else {
        yield { kind: 'format', format, depth: member.depth };
        yield* found;
      }
    },
  };
}

const BREAKS: ReadonlySet<Notice['cause']> = new Set(['corrupt', 'truncated', 'unreadable']);

/**
 * What was found in data of which nothing but two bytes says that they are compressed. Where nothing is in them, they are no
 * artifact: text that begins with these bytes, the objects of git. Where they break off, every loader gets what comes before
 * that, and no more.
 */
async function* whereItHolds(
  member: Member,
  { format, shown, codec }: { readonly format: KnownFormat; readonly shown: string; readonly codec: Codec },
  found: AsyncGenerator<Found>,
  look: Look,
): AsyncGenerator<Found> {
  const notices: Found[] = [];
  let holds = false;
  for await (const item of found) {
    const isBreak = item.kind === 'notice' && BREAKS.has(item.notice.cause);
    if (!holds && isBreak) {
      notices.push(item);
      continue;
    }
    if (!holds) yield { kind: 'format', format, depth: member.depth };
    if (!holds) yield* notices;
    holds = true;
    yield item;
  }
  if (holds) return;
  if (notices.length > 0 && (await mayMatter(member, shown, codec, look))) {
    yield { kind: 'format', format, depth: member.depth };
    yield* notices;
    return;
  }
  look.budget.ledger.claim(member.source, 0, member.source.size, 'data');
}

/** Whether anything is in what data unpack to before they break off; true where that is too much to be chance. */
async function mayMatter(member: Member, shown: string, codec: Codec, look: Look): Promise<boolean> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of codec(member.source, 0, look.budget.platform)) {
      look.budget.checkSearch();
      chunks.push(chunk.slice());
      size += chunk.length;
      if (size > MAX_CHANCE_BYTES) return true;
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  const { name, depth } = member;
  const path = memberPath(member.path, `<${shown}>`);
  const inside = look.inspect({ path, name, source: memorySource(bytes), depth: depth + 1, origin: ENTRY });
  for await (const { kind } of inside) if (kind !== 'unread') return true;
  return false;
}

export const gzip = compression({
  format: 'gzip',
  title: 'gzip',
  ...byMarks([[0x1f, 0x8b]]),
  promises: [['gz tgz', 'gzip data']],
  codec: lazy(async () => (await import('../../codecs/inflate.js')).gzip),
});

export const zlib = compression({
  format: 'zlib',
  title: 'zlib',
  firstBytes: Array.from({ length: 8 }, (_, high) => (high << 4) | 8).filter((first) => first !== 0x28),
  /** No opcode is 'x', so that bytes beginning with a zlib header are no pickle (RFC 1950, 2.2). */
  recognise: (head) => (((head[0] ?? 0) << 8) | (head[1] ?? 0)) % 31 === 0,
  promises: [],
  codec: lazy(async () => (await import('../../codecs/inflate.js')).zlib),
  hasWeakMark: true,
});

export const bzip2 = compression({
  format: 'bzip2',
  title: 'bzip2',
  firstBytes: [0x42],
  recognise: (head) => startsWith(head, [0x42, 0x5a, 0x68]) && (head[3] ?? 0) >= 0x31 && (head[3] ?? 0) <= 0x39,
  promises: [['bz2', 'bzip2 data']],
  codec: lazy(async () => (await import('../../codecs/bzip2.js')).bzip2),
  shown: 'bz2',
});

export const xz = compression({
  format: 'xz',
  title: 'xz',
  ...byMarks([[0xfd, 0x37, 0x7a, 0x58, 0x5a]]),
  promises: [['xz lzma', 'xz or lzma data']],
  codec: lazy(async () => (await import('../../codecs/xz.js')).xz),
});

export const lzip = compression({
  format: 'lzip',
  title: 'lzip',
  ...byMarks([[0x4c, 0x5a, 0x49, 0x50]]),
  promises: [['lz', 'lzip data']],
  codec: lazy(async () => (await import('../../codecs/lzip.js')).lzip),
});

const lzmaCodec = lazy(async (): Promise<Codec> => (await import('../../codecs/lzma-joined.js')).lzmaJoined);

/** A header of LZMA that declares no data, and the five bytes of the range coder: Python goes on behind it. */
const EMPTY_STREAM_BYTES = 18;

/**
 * LZMA alone has no magic: properties lc + 9 * (lp + 5 * pb), a dictionary size, a length, and data whose first byte is
 * 0. liblzma takes any that fit when Python's lzma.open is to find out, as pandas does for .xz. Streams without data may
 * stand before the first that has any.
 */
function mayBeLzma(head: Uint8Array): boolean {
  const at = emptyStreamBytes(head);
  if (isRowOfEmpty(head, at)) return true;
  const rest = head.subarray(at);
  const isOther = at > 0 && (xz.recognise(rest) || lzip.recognise(rest));
  return isOther || (hasLzmaProperties(head, at) && rest.subarray(5, 13).some((byte) => byte !== 0));
}

/** Bytes of the streams without data that these begin with. */
function emptyStreamBytes(head: Uint8Array): number {
  let at = 0;
  while (hasLzmaProperties(head, at) && head.subarray(at + 5, at + EMPTY_STREAM_BYTES).every((byte) => byte === 0))
    at += EMPTY_STREAM_BYTES;
  return at;
}

/** They are all of the head: what follows them lies behind, where only a decoder gets to. Zeros are such a row. */
function isRowOfEmpty(head: Uint8Array, bytes = emptyStreamBytes(head)): boolean {
  return head.length === HEAD_BYTES && bytes + EMPTY_STREAM_BYTES > head.length;
}

/** A file or an entry: a name leads to its first byte. */
function isWhole({ from }: Origin): boolean {
  return from === 'artifact' || from === 'entry';
}

function hasLzmaProperties(head: Uint8Array, at: number): boolean {
  const properties = head[at] ?? 0xff;
  return (
    head.length > at + EMPTY_STREAM_BYTES - 1 &&
    head[at + 13] === 0 &&
    properties < 225 &&
    (properties % 9) + (Math.floor(properties / 9) % 5) <= 4
  );
}

export const lzma = compression({
  format: 'lzma',
  title: 'lzma (alone)',
  /** ']' is an opcode and NUL is none: joblib tells lzma-alone by these two bytes. */
  ...byMarks([[0x5d, 0]]),
  promises: [],
  codec: lzmaCodec,
  hasWeakMark: true,
  weakly: {
    recognise: (head, format, isOpaque) =>
      (isOpaque || format === 'pickle' || format === 'maybe-pickle') && mayBeLzma(head),
    async *open(member, look) {
      if (isRowOfEmpty(await member.source.read(0, HEAD_BYTES))) {
        // Behind a pickle or between entries nobody reads a row of zeros as LZMA: padding may be of any length. Zeros that
        // are packed to next to nothing are a finding by themselves.
        if (!isWhole(member.origin) || (await isBomb(member))) return;
        look.budget.checkSearch();
      }
      const isWeak = isChance(plausibilityOfMark(true, look.formats.promisedBy(member.name)));
      const parts = { format: 'lzma', shown: 'lzma', codec: await lzmaCodec(), isWeak } as const;
      let holds = false;
      for await (const item of compressed(member, parts, look.budget)) {
        // Chance gives nothing that is found. Behind what is found, where readers part counts.
        if (item.kind === 'notice' && holds) yield item;
        if (item.kind !== 'member') continue;
        // Streams without data may precede others: a file of zeros is a row of nothing else.
        if (holds || (await item.member.source.read(0, 1)).length === 0) return;
        const { path, name, source, depth } = item.member;
        for await (const found of look.inspect({ path, name, source, depth, origin: unread(ENTRY) })) {
          holds ||= found.kind === 'stream' || found.kind === 'fact';
          yield found;
        }
        if (!holds) return;
      }
    },
  },
});

export const lz4 = compression({
  format: 'lz4',
  title: 'lz4',
  ...byMarks([
    [0x04, 0x22, 0x4d, 0x18],
    [0x02, 0x21, 0x4c, 0x18],
  ]),
  promises: [['lz4', 'an lz4 frame']],
  codec: lazy(async () => (await import('../../codecs/lz4-frame.js')).lz4Frame),
});

const SKIPPABLE_FRAME = [0x2a, 0x4d, 0x18];

export const zstd = compression({
  format: 'zstd',
  title: 'zstd',
  firstBytes: [0x28, ...Array.from({ length: 16 }, (_, low) => 0x50 + low)],
  /** Skippable frames may precede frames of lz4 and zstd; both readers jump over them. */
  recognise: (head) =>
    startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]) ||
    ((head[0] ?? 0) >= 0x50 && startsWith(head.subarray(1), SKIPPABLE_FRAME)),
  promises: [['zst', 'zstd data']],
  codec: lazy(async () => (await import('../../codecs/zstd.js')).zstd),
});

export const zfile = compression({
  format: 'zfile',
  title: "joblib's ZF",
  firstBytes: [0x5a],
  /** joblib takes the two letters for enough, and 19 bytes for a length if Python's int(text, 16) does. */
  recognise: (head) =>
    startsWith(head, [0x5a, 0x46]) && head.length > 21 && /^[\s0-9a-f_x+-]+$/i.test(latin1(head, 2, 21)),
  promises: [],
  codec: lazy(async () => (await import('../../codecs/zfile.js')).zfile),
  shown: 'zf',
});
