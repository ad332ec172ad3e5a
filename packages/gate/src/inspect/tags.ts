import { percentDecoded } from './escapes.js';
import { LONGEST_INDENT, LONGEST_TAG } from '../model/limits.js';
import { refuse } from '../model/rules.js';

/** By what PyYAML's and ruamel's loaders, and those of other languages, construct objects. */
const CONSTRUCTORS = ['python/', 'java/', 'ruby/', 'perl/', 'js/', 'javax.', 'java.', 'clr:'];
const STANDARD = 'tag:yaml.org,2002:';
const BANG = 0x21;
const DIRECTIVE = Buffer.from('%TAG');

/**
 * Refuses text in which a YAML tag that constructs objects stands where a loader would read it as one: at the beginning of a
 * line, or behind what begins a value. Within a sentence it is part of it.
 */
export function refuseTags(text: Buffer, path: string): void {
  for (let at = text.indexOf(BANG); at !== -1; at = text.indexOf(BANG, at + 1))
    if (beginsValue(text, at) && constructs(tagAt(text, at))) refuseTag(path);
  // A directive gives any tag another name.
  for (let at = text.indexOf(DIRECTIVE); at !== -1; at = text.indexOf(DIRECTIVE, at + 1))
    if ((at === 0 || isLineEnd(text[at - 1])) && isBlank(text[at + DIRECTIVE.length])) refuseTag(path);
}

function refuseTag(path: string): never {
  refuse('GATE-YAML-TAG', 'yaml-tag', path, 'a YAML tag that makes a loader construct objects', { format: 'yaml' });
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

function beginsValue(text: Buffer, tag: number): boolean {
  let at = tag - 1;
  while (at >= 0 && tag - at < LONGEST_INDENT && isBlank(text[at])) at -= 1;
  if (at < 0) return true;
  const before = text[at] as number;
  if (isLineEnd(before)) return true;
  // `[`, `{` and `,` need no blank behind them; `-`, `:` and `?` do. An anchor stands before the tag as often as behind it.
  if (before === 0x5b || before === 0x7b || before === 0x2c) return true;
  const isApart = at < tag - 1;
  return isApart && (before === 0x2d || before === 0x3a || before === 0x3f || isAnchor(text, at));
}

/** Whether the word that ends at an offset is `&anchor`. */
function isAnchor(text: Buffer, end: number): boolean {
  for (let at = end; at >= 0 && end - at < LONGEST_TAG; at -= 1) {
    const byte = text[at];
    if (byte === 0x26) return true;
    if (isBlank(byte) || isLineEnd(byte)) return false;
  }
  return false;
}

function tagAt(text: Buffer, from: number): string {
  let end = from;
  while (end < text.length && end - from < LONGEST_TAG && (text[end] as number) > 0x20) end += 1;
  // Tags are URIs, and their escapes count.
  return percentDecoded(text.subarray(from, end)).toString('latin1');
}

function constructs(tag: string): boolean {
  const named = tag.startsWith('!<') ? tag.slice(2) : tag.startsWith('!!') ? tag.slice(2) : tag.slice(1);
  const own = named.startsWith(STANDARD) ? named.slice(STANDARD.length) : named;
  return CONSTRUCTORS.some((prefix) => own.startsWith(prefix));
}

/** Keys by which jsonpickle finds what it has to import, call or evaluate (jsonpickle/tags.py). */
const JSONPICKLE: ReadonlySet<string> = new Set(
  'object reduce type function repr newobj newargs newargsex initargs module property'
    .split(' ')
    .map((name) => `py/${name}`),
);
const PREFIX = Buffer.from('py/');
const KEY_BYTES = 16;

/** Refuses a key of JSON that makes jsonpickle construct an object. */
export function refuseReducer(key: Buffer, path: string): void {
  if (key.length > KEY_BYTES || !key.subarray(0, PREFIX.length).equals(PREFIX)) return;
  if (JSONPICKLE.has(key.toString('latin1')))
    refuse('GATE-CODE', 'jsonpickle', path, 'JSON that makes jsonpickle construct objects', { format: 'json' });
}
