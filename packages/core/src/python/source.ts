import { latin1 } from '../bytes/read.js';
import { LimitError, UnsupportedError } from '../model/errors.js';
import { MAX_SOURCE_BYTES } from './limits.js';

/** A position in a source, 1-based. Columns count UTF-16 units, as SARIF and editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
  /** Byte offset in the file. */
  readonly offset: number;
}

/** The text of a source with the offsets of its bytes. */
export interface SourceText {
  readonly text: string;
  readonly encoding: string;
  position(at: number): Position;
}

/** One byte for each character, as Python names the encoding after `encodings.normalize_encoding`. */
const ONE_BYTE = new Set(
  'latin_1 latin1 iso_8859_1 iso8859_1 l1 8859 cp819 ascii us_ascii 646 cp1252 windows_1252 iso_8859_15 iso8859_15 latin9 latin_9'.split(
    ' ',
  ),
);
const UTF8 = new Set('utf_8 utf8 u8 utf_8_sig utf utf8_ucs2 utf8_ucs4 cp65001'.split(' '));

/** PEP 263: a comment in one of the first two lines; the first may be nothing but a comment or blank. */
const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

function declaredEncoding(head: string): string | null {
  const [first = '', second = ''] = head.split(/\r\n|\r|\n/, 2);
  const found = CODING.exec(first) ?? (/^[ \t\f]*(?:#.*)?$/.test(first) ? CODING.exec(second) : null);
  return found?.[1]?.toLowerCase().replaceAll(/[-.]/g, '_') ?? null;
}

/** The first two lines lie in here. */
const HEAD_BYTES = 2048;
const asciiHead = (bytes: Uint8Array): string => latin1(bytes, 0, Math.min(bytes.length, HEAD_BYTES));

/**
 * Decodes a source as CPython does (Parser/tokenizer/helpers.c): byte order mark, declared encoding, else UTF-8. Bytes
 * that the encoding does not have become U+FFFD: Python would refuse the file, and we read on.
 */
export function decodeSource(bytes: Uint8Array): SourceText {
  if (bytes.length > MAX_SOURCE_BYTES)
    throw new LimitError('MAX_SOURCE_BYTES', `a Python source of more than ${MAX_SOURCE_BYTES} bytes`);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const declared = mark > 0 ? null : declaredEncoding(asciiHead(bytes));
  const body = mark > 0 ? bytes.subarray(mark) : bytes;
  if (declared === null || UTF8.has(declared)) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
    return new Source(text, 'utf-8', mark, text.length === body.length ? null : body);
  }
  if (ONE_BYTE.has(declared)) return new Source(latin1(body), declared, 0, null);
  return new Source(decodeOther(body, declared), declared, 0, null);
}

/** A text that was decoded elsewhere: the cell of a notebook. Its offsets count UTF-16 units. */
export function sourceOf(text: string): SourceText {
  return new Source(text, 'utf-8', 0, null);
}

function decodeOther(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding.replaceAll('_', '-')).decode(bytes);
  } catch (error) {
    // The label is none that this platform knows.
    if (!(error instanceof RangeError)) throw error;
    throw new UnsupportedError(`the declared encoding ${encoding} is not supported`, 0);
  }
}

class Source implements SourceText {
  readonly text: string;
  readonly encoding: string;
  readonly #mark: number;
  /** Set where characters have several bytes. */
  readonly #bytes: Uint8Array | null;
  #lines: number[] | null = null;
  #byteLines: number[] | null = null;
  readonly #marks = new Map<number, readonly number[]>();

  constructor(text: string, encoding: string, mark: number, bytes: Uint8Array | null) {
    this.text = text;
    this.encoding = encoding;
    this.#mark = mark;
    this.#bytes = bytes;
  }

  position(at: number): Position {
    const lines = (this.#lines ??= lineStarts(this.text.length, (i) => this.text.charCodeAt(i)));
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    const start = lines[low] ?? 0;
    return { line: low + 1, column: at - start + 1, offset: this.#offset(at, low, start) };
  }

  #offset(at: number, line: number, start: number): number {
    const bytes = this.#bytes;
    if (bytes === null) return this.#mark + at;
    const starts = (this.#byteLines ??= lineStarts(bytes.length, (i) => bytes[i] ?? 0));
    let from = start;
    let inLine = 0;
    if (at - start > MARK_EVERY) {
      // A long line is read from its start once.
      const marks = this.#marksOf(start);
      const mark = Math.floor((at - start) / MARK_EVERY);
      from = start + mark * MARK_EVERY;
      inLine = marks[mark] ?? 0;
    }
    return this.#mark + (starts[line] ?? 0) + inLine + bytesIn(this.text, from, at);
  }

  /** Bytes of a line before each MARK_EVERY of its units. */
  #marksOf(start: number): readonly number[] {
    const known = this.#marks.get(start);
    if (known !== undefined) return known;
    const found = [0];
    const { text } = this;
    for (let from = start; from + MARK_EVERY <= text.length; from += MARK_EVERY) {
      found.push((found.at(-1) ?? 0) + bytesIn(text, from, from + MARK_EVERY));
      if (ENDS_LINE.test(text.slice(from, from + MARK_EVERY))) break;
    }
    this.#marks.set(start, found);
    return found;
  }
}

/** UTF-16 units of a long line between two columns whose bytes are known. */
const MARK_EVERY = 1024;
const ENDS_LINE = /[\r\n]/;

/** Bytes of a stretch in UTF-8; each half of a pair counts for two of its four. */
function bytesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i);
    count += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return count;
}

/** Starts of the lines; \n, \r\n and \r end one, a form feed does not. */
function lineStarts(length: number, codeAt: (index: number) => number): number[] {
  const starts = [0];
  for (let i = 0; i < length; i += 1) {
    const code = codeAt(i);
    if (code === 10 || (code === 13 && codeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** Whether an error is one of the source itself, and not of the time that its reader may take. */
export function isOfSource(error: unknown): error is LimitError | UnsupportedError {
  return error instanceof UnsupportedError || (error instanceof LimitError && error.limit === 'MAX_SOURCE_BYTES');
}
