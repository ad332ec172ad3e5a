import { LONGEST_FIELD, LONGEST_GAP } from '../model/limits.js';
import { refuse } from '../model/rules.js';
import { percentDecoded, percentKept } from './escapes.js';

/** A text value, as UTF-8, and where it begins. */
export interface Leaf {
  readonly bytes: Buffer;
  readonly offset: number;
}

const AMPERSAND = 0x26;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const LESS = 0x3c;
const MORE = 0x3e;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BANG = 0x21;
const QUESTION = 0x3f;

/** The stretches between separators, with where they begin. */
export function* split(bytes: Buffer, separator: number): Generator<Leaf> {
  for (let from = 0; from <= bytes.length;) {
    const found = bytes.indexOf(separator, from);
    const end = found === -1 ? bytes.length : found;
    yield { bytes: bytes.subarray(from, end), offset: from };
    from = end + 1;
  }
}

/**
 * `a=b&c=d` of a form or a query: names and values. Most servers split at `&` alone, old ones at `;` as well: what contains a `;`
 * is given both ways.
 */
/** The names and values of a form, each with the name of its field. */
export function* formValues(form: Buffer): Generator<Leaf & { readonly field: string }> {
  for (const pair of split(form, AMPERSAND)) {
    yield* pairValues(pair);
    if (!pair.bytes.includes(SEMICOLON)) continue;
    for (const { bytes, offset } of split(pair.bytes, SEMICOLON))
      yield* pairValues({ bytes, offset: pair.offset + offset });
  }
}

function* pairValues({ bytes, offset }: Leaf): Generator<Leaf & { readonly field: string }> {
  const at = bytes.indexOf(EQUALS);
  const name = at === -1 ? bytes : bytes.subarray(0, at);
  const field = percentDecoded(name.subarray(0, 3 * LONGEST_FIELD), true).toString('utf8', 0, LONGEST_FIELD);
  for (const leaf of readings(name, offset)) yield { ...leaf, field };
  if (at === -1) return;
  for (const leaf of readings(bytes.subarray(at + 1), offset + at + 1)) yield { ...leaf, field };
}

function* readings(bytes: Buffer, offset: number): Generator<Leaf> {
  const decoded = percentDecoded(bytes, true);
  yield { bytes: decoded, offset };
  const kept = percentKept(decoded);
  if (kept !== null) yield { bytes: kept, offset };
  // Base64 whose plus signs were not escaped: readers mend it.
  if (bytes.includes(PLUS)) yield { bytes: percentDecoded(bytes), offset };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** `&#x10FFFF;` is the longest. */
const ENTITY_BYTES = 10;

function entitiesDecoded(text: Buffer): Buffer {
  if (!text.includes(AMPERSAND)) return text;
  const out: Buffer[] = [];
  let from = 0;
  for (let at = text.indexOf(AMPERSAND); at !== -1; at = text.indexOf(AMPERSAND, at + 1)) {
    const end = text.subarray(at, at + ENTITY_BYTES + 1).indexOf(SEMICOLON);
    const character = end === -1 ? null : entity(text.toString('latin1', at + 1, at + end));
    if (character === null) continue;
    out.push(text.subarray(from, at), Buffer.from(character));
    from = at + end + 1;
  }
  out.push(text.subarray(from));
  return Buffer.concat(out);
}

function entity(name: string): string | null {
  const isHex = name.startsWith('#x');
  if (!name.startsWith('#')) return (Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined) ?? null;
  const digits = name.slice(isHex ? 2 : 1);
  if (!(isHex ? /^[0-9a-fA-F]+$/ : /^[0-9]+$/).test(digits)) return null;
  const code = Number.parseInt(digits, isHex ? 16 : 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** What SVG files begin with: a document type of the W3C by its name, and nothing of its own. */
const SVG_DOCTYPE = ['<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG ', '//EN" "http', '://www.w3.org/', '>'];
const DOCTYPE_BYTES = 256;

/** Whether a document type is that of SVG, with nothing in it that could be one of its own. */
function isSvgDoctype(text: string): boolean {
  let at = 0;
  for (const [index, part] of SVG_DOCTYPE.entries()) {
    const found = text.indexOf(part, at);
    if (found === -1 || (index === 0 && found > 0)) return false;
    at = found + part.length;
  }
  return text.indexOf('[') === -1 && text.indexOf('>') === at - 1;
}

function refuseDoctypes(text: Buffer, path: string): void {
  let isFirst = true;
  for (let at = text.indexOf('<!'); at !== -1; at = text.indexOf('<!', at + 2)) {
    const head = text.toString('latin1', at, at + DOCTYPE_BYTES);
    const word = head.slice(2, 9).toUpperCase();
    const isDoctype = word === 'DOCTYPE';
    const isSvg = isDoctype && isFirst && isSvgDoctype(head.replaceAll(/[\n\r\t]/g, ' '));
    if (isDoctype) isFirst = false;
    if (word.startsWith('ENTITY') || (isDoctype && !isSvg))
      refuse('GATE-MALFORMED', 'xml-doctype', path, 'XML: document types are not accepted', { format: 'xml' });
  }
}

/** Where a construct ends that begins at an offset; looked for once where there is no end at all. */
class Ends {
  readonly #text: Buffer;
  readonly #last = new Map<string, number>();

  constructor(text: Buffer) {
    this.#text = text;
  }

  /** Behind the mark, or -1. */
  behind(mark: string, from: number): number {
    let last = this.#last.get(mark);
    if (last === undefined) {
      last = this.#text.lastIndexOf(mark);
      this.#last.set(mark, last);
    }
    return from > last ? -1 : this.#text.indexOf(mark, from) + mark.length;
  }
}

const CDATA = '<![CDATA[';
const COMMENT = '<!--';

/**
 * Text and attribute values of XML. Text goes on across comments, CDATA and processing instructions, as it does for
 * readers; what does not end is text. Document types are refused: entities could put a value together from pieces.
 */
export function* xmlLeaves(text: Buffer, path: string): Generator<Leaf> {
  refuseDoctypes(text, path);
  const ends = new Ends(text);
  let run: Buffer[] = [];
  let start = 0;
  let at = 0;
  const runLeaf = function* (): Generator<Leaf> {
    const bytes = Buffer.concat(run);
    if (bytes.length > 0) yield { bytes, offset: start };
  };
  while (at < text.length) {
    const next = text.indexOf(LESS, at);
    const tag = next === -1 ? text.length : next;
    run.push(entitiesDecoded(text.subarray(at, tag)));
    if (tag === text.length) break;
    const isCdata = text.subarray(tag, tag + CDATA.length).equals(CDATA_BYTES);
    const isComment = !isCdata && text.subarray(tag, tag + COMMENT.length).equals(COMMENT_BYTES);
    const isOther = isCdata || isComment || text[tag + 1] === QUESTION;
    const end = isOther
      ? ends.behind(isCdata ? ']]>' : isComment ? '-->' : '?>', tag + (isCdata ? CDATA.length : isComment ? 4 : 2))
      : -1;
    if (isOther && end !== -1) {
      if (isCdata) run.push(text.subarray(tag + CDATA.length, end - 3));
      at = end;
      continue;
    }
    const close = text[tag + 1] === BANG ? ends.behind('>', tag) : endOfTag(text, tag, ends);
    if (close === -1) {
      run.push(text.subarray(tag));
      break;
    }
    at = close;
    if (text[tag + 1] === BANG) continue;
    yield* runLeaf();
    run = [];
    start = close;
    yield* attributes(text, tag, close);
  }
  yield* runLeaf();
}

const CDATA_BYTES = Buffer.from(CDATA);
const COMMENT_BYTES = Buffer.from(COMMENT);

/** Behind the `>` of a tag; one in a quoted value is none. */
function endOfTag(text: Buffer, from: number, ends: Ends): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === MORE) return at + 1;
    if ((byte === QUOTE || byte === APOSTROPHE) && isBehindEquals(text, at, from)) {
      const end = ends.behind(byte === QUOTE ? '"' : "'", at + 1);
      if (end !== -1) at = end - 1;
    }
  }
  return -1;
}

function isBehindEquals(text: Buffer, quote: number, from: number): boolean {
  let at = quote - 1;
  while (at > from && quote - at < LONGEST_GAP && (text[at] as number) <= 0x20) at -= 1;
  return text[at] === EQUALS;
}

function* attributes(text: Buffer, from: number, to: number): Generator<Leaf> {
  for (let at = from; at < to; at += 1) {
    const quote = text[at];
    if ((quote !== QUOTE && quote !== APOSTROPHE) || !isBehindEquals(text, at, from)) continue;
    const end = text.indexOf(quote, at + 1);
    if (end === -1 || end >= to) continue;
    yield { bytes: entitiesDecoded(text.subarray(at + 1, end)), offset: at };
    at = end;
  }
}

/** Signs that separate cells, one kind in one file. */
const SEPARATORS = [0x2c, SEMICOLON, 0x09, 0x7c];

/**
 * Cells, quoted or not (RFC 4180): between any signs that separate, and, for each sign of which a file may have no other, those in
 * which another one is part of the cell.
 */
export function* csvCells(text: Buffer): Generator<Leaf> {
  yield* cellsBetween(text, SEPARATORS);
  const there = SEPARATORS.filter((separator) => text.includes(separator));
  if (there.length < 2) return;
  for (const separator of there)
    for (const cell of cellsBetween(text, [separator]))
      if (there.some((other) => other !== separator && cell.bytes.includes(other))) yield cell;
}

function* cellsBetween(text: Buffer, separators: readonly number[]): Generator<Leaf> {
  const ends = new Uint8Array(256);
  for (const byte of [0x0a, 0x0d, ...separators]) ends[byte] = 1;
  for (let at = 0; at < text.length;) {
    const quoteEnd = text[at] === QUOTE ? endOfQuoted(text, at + 1) : -1;
    const end = endOfCell(text, quoteEnd === -1 ? at : quoteEnd + 1, ends);
    // What follows the quotes belongs to the cell, to those who read it at all.
    const bytes =
      quoteEnd === -1
        ? text.subarray(at, end)
        : Buffer.concat([undoubled(text.subarray(at + 1, quoteEnd)), text.subarray(quoteEnd + 1, end)]);
    if (bytes.length > 0) yield { bytes, offset: at };
    at = end + 1;
  }
}

function endOfCell(text: Buffer, from: number, ends: Uint8Array): number {
  let at = from;
  while (at < text.length && ends[text[at] as number] === 0) at += 1;
  return at;
}

/** The quote that ends a cell; a doubled one stands for itself. */
function endOfQuoted(text: Buffer, from: number): number {
  for (let at = text.indexOf(QUOTE, from); at !== -1; at = text.indexOf(QUOTE, at + 2))
    if (text[at + 1] !== QUOTE) return at;
  return text.length;
}

function undoubled(cell: Buffer): Buffer {
  return cell.includes('""') ? Buffer.from(cell.toString('latin1').replaceAll('""', '"'), 'latin1') : cell;
}
