import { latin1 } from '../bytes/read.js';
import type { Codec } from '../codecs/codec.js';
import { compressed } from '../containers/compressed.js';
import { opened, unpacked } from '../inspect/archives.js';
import type { Format } from '../model/format.js';
import { byMarks, startsWith, type FormatModule, type OpenedFormat } from './format.js';

/** A wrapper around one stream of bytes. Decoders load when they are needed: most runs need none. */
interface Compression extends Omit<OpenedFormat, 'open'> {
  readonly format: Format;
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
      yield { kind: 'format', format, depth: member.depth };
      const isWeak = hasWeakMark === true && look.formats.promisedBy(member.name) === null;
      const container = compressed(member, { format, shown, codec: await codec(), isWeak }, look.budget);
      yield* opened(unpacked(member, container), look);
    },
  };
}

export const gzip = compression({
  format: 'gzip',
  title: 'gzip',
  ...byMarks([[0x1f, 0x8b]]),
  promises: [['gz tgz', 'gzip data']],
  codec: async () => (await import('../codecs/inflate.js')).gzip,
});

export const zlib = compression({
  format: 'zlib',
  title: 'zlib',
  firstBytes: Array.from({ length: 8 }, (_, high) => (high << 4) | 8).filter((first) => first !== 0x28),
  /** No opcode is 'x', so that bytes beginning with a zlib header are no pickle (RFC 1950, 2.2). */
  recognise: (head) => (((head[0] ?? 0) << 8) | (head[1] ?? 0)) % 31 === 0,
  promises: [],
  codec: async () => (await import('../codecs/inflate.js')).zlib,
  hasWeakMark: true,
});

export const bzip2 = compression({
  format: 'bzip2',
  title: 'bzip2',
  firstBytes: [0x42],
  recognise: (head) => startsWith(head, [0x42, 0x5a, 0x68]) && (head[3] ?? 0) >= 0x31 && (head[3] ?? 0) <= 0x39,
  promises: [['bz2', 'bzip2 data']],
  codec: async () => (await import('../codecs/bzip2.js')).bzip2,
  shown: 'bz2',
});

export const xz = compression({
  format: 'xz',
  title: 'xz',
  ...byMarks([[0xfd, 0x37, 0x7a, 0x58, 0x5a]]),
  promises: [['xz lzma', 'xz or lzma data']],
  codec: async () => (await import('../codecs/xz.js')).xz,
});

const lzmaCodec = async (): Promise<Codec> => (await import('../codecs/lzma-alone.js')).lzmaAlone;

/**
 * LZMA alone has no magic: properties lc + 9 * (lp + 5 * pb), a dictionary size, a length, and data whose first byte is
 * 0. liblzma takes any that fit when Python's lzma.open is to find out, as pandas does for .xz.
 */
function hasLzmaProperties(head: Uint8Array): boolean {
  const properties = head[0] ?? 0xff;
  const isEmpty = head.subarray(5, 13).every((byte) => byte === 0);
  return (
    head.length > 17 &&
    head[13] === 0 &&
    !isEmpty &&
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
      (isOpaque || format === 'pickle' || format === 'maybe-pickle') && hasLzmaProperties(head),
    async *open(member, look) {
      const isWeak = look.formats.promisedBy(member.name) === null;
      const parts = { format: 'lzma', shown: 'lzma', codec: await lzmaCodec(), isWeak } as const;
      for await (const item of compressed(member, parts, look.budget)) {
        if (item.kind === 'member') {
          const { path, name, source, depth } = item.member;
          yield* look.inspect({ path, name, source, depth, stray: true });
        }
        return;
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
  codec: async () => (await import('../codecs/lz4-frame.js')).lz4Frame,
});

const SKIPPABLE_FRAME = [0x2a, 0x4d, 0x18];

export const zstd = compression({
  format: 'zstd',
  title: 'zstd',
  firstBytes: [0x28, ...Array.from({ length: 16 }, (_, low) => 0x50 + low)],
  /** Skippable frames may stand before frames of lz4 and zstd; both readers jump over them. */
  recognise: (head) =>
    startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]) ||
    ((head[0] ?? 0) >= 0x50 && startsWith(head.subarray(1), SKIPPABLE_FRAME)),
  promises: [['zst', 'zstd data']],
  codec: async () => (await import('../codecs/zstd.js')).zstd,
});

export const zfile = compression({
  format: 'zfile',
  title: "joblib's ZF",
  firstBytes: [0x5a],
  /** joblib takes the two letters for enough, and 19 bytes for a length if Python's int(text, 16) does. */
  recognise: (head) =>
    startsWith(head, [0x5a, 0x46]) && head.length > 21 && /^[\s0-9a-f_x+-]+$/i.test(latin1(head, 2, 21)),
  promises: [],
  codec: async () => (await import('../codecs/zfile.js')).zfile,
  shown: 'zf',
});
