import { u32 } from '../../bytes/read.js';
import { byMarks, startsWith, type FormatModule } from '../members/format.js';

/** Images. What is hidden in them is looked for as in all formats that are not analysed. */

const RUNS_NOTHING = 'Its readers run nothing of it that we know of. It is not analysed.';

export const png: FormatModule = {
  title: 'PNG image',
  ...byMarks([[0x89, 0x50, 0x4e, 0x47]]),
  promises: [],
  opaque: RUNS_NOTHING,
};

export const jpeg: FormatModule = {
  title: 'JPEG image',
  ...byMarks([[0xff, 0xd8, 0xff]]),
  promises: [],
  opaque: RUNS_NOTHING,
};

export const gif: FormatModule = {
  title: 'GIF image',
  ...byMarks([
    [0x47, 0x49, 0x46, 0x38, 0x37, 0x61],
    [0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
  ]),
  promises: [],
  opaque: RUNS_NOTHING,
};

/** Bytes of the header behind the 14 of a BMP file, of OS/2 and of Windows. */
const BMP_HEADERS: ReadonlySet<number> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

export const bmp: FormatModule = {
  title: 'BMP image',
  firstBytes: [0x42],
  /** Two letters are a weak mark: the reserved bytes are zero, and the pixels lie behind one of the known headers. */
  recognise: (head) =>
    startsWith(head, [0x42, 0x4d]) &&
    head.length >= 26 &&
    u32(head, 6) === 0 &&
    BMP_HEADERS.has(u32(head, 14)) &&
    u32(head, 10) >= 14 + u32(head, 14),
  promises: [],
  opaque: RUNS_NOTHING,
};

export const webp: FormatModule = {
  title: 'WebP image',
  firstBytes: [0x52],
  recognise: (head) =>
    startsWith(head, [0x52, 0x49, 0x46, 0x46]) && startsWith(head.subarray(8), [0x57, 0x45, 0x42, 0x50]),
  promises: [],
  opaque: RUNS_NOTHING,
};

export const tiff: FormatModule = {
  title: 'TIFF image',
  /** Both byte orders, then 42; or 43 and the size of an offset, for BigTIFF. */
  ...byMarks([
    [0x49, 0x49, 0x2a, 0],
    [0x4d, 0x4d, 0, 0x2a],
    [0x49, 0x49, 0x2b, 0, 8, 0, 0, 0],
    [0x4d, 0x4d, 0, 0x2b, 0, 8, 0, 0],
  ]),
  promises: [],
  opaque: RUNS_NOTHING,
};
