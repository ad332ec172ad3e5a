// Recursion in this file: the depth of a shape, which is data of the catalogue. Values are as deep as they are captured.
import { remembered } from '../model/lazy.js';
import type { Call, Value } from '../model/fact.js';
import { givesOf } from './lookup.js';

/**
 * Shapes of calls and states, as data: what a class may be made of and what its `__setstate__` may be given, where a name
 * alone says too little. A line of a pack holds a name and the forms that are harmless:
 *
 *     module Name: new(); state {version: text, update!, *}
 *
 * Forms, of which a call or a BUILD has to fit one: `call(…)` is REDUCE with these arguments, `new(…)` NEWOBJ, `state …`
 * BUILD. `partial (…) {…}` says with what arguments and keywords functools.partial may keep it. `stored` in their place says
 * that the name may also be handed on. A member of a class, or of an instance of it, has the name `Class.member`. Values:
 *
 *     any none bool true false int size small number text name bytes constant    `size`: an int ≥ 0; `small`: that something of such
 *                      a size may be made of; `name`: an identifier
 *     made             what any call gave
 *     plain            constants, and containers of them
 *     zone             the name of a time zone: no path leads out of the folder of zones
 *     image            the state of an image of Pillow with as many bytes as its mode and its size say
 *     data             the result of a maker of inert values (data/results.txt)
 *     'text'           this text
 *     @pack.module     a global of this module, of a module in it, or of this name
 *     <pack.module>    what such a global made;  `<pack.module>(a, b)`: what it was called with these arguments
 *     (a, b)  [a, b]   a tuple, a list;  `a*` in the last place: any number
 *     {key: a, key?: b, key!, *}   a dict with constant texts as keys, each once; `?` may be missing, `!` must be,
 *                      `*` others may be there, with any value;  `*: a`  with such values
 *     {**: a}          a dict with any keys, which hash and compare by their classes, and such values
 *     container        a tuple, list, set or dict, whatever it holds
 *     a|b              one of them
 *
 * What the line does not say, what is not known in full, and a state that comes twice or is filled further does not fit.
 */

type Test = (value: Value) => boolean;

interface Parameters {
  readonly first: readonly Test[];
  /** Of all further ones. */
  readonly rest: Test | null;
}

export interface CallShapes {
  readonly calls: readonly Parameters[];
  readonly news: readonly Parameters[];
  readonly states: readonly Test[];
  readonly partials: readonly (readonly [args: Test, keywords: Test])[];
  readonly mayBeStored: boolean;
  /** Keys of states on whose values something depends. */
  readonly stateKeys: ReadonlySet<string>;
}

/** The largest number of which something may be made that nothing in the stream fills (CWE-789). */
const MOST_SMALL = 2 ** 20;

const TOKEN = /\s*(?:('[^']*')|(@[\w.]+)|(<[\w.]+>)|([\w]+)|([()[\]{},;:|*?!]))/y;

function isWhole(value: Extract<Value, { items: unknown }>): boolean {
  return value.items.length === value.length;
}

function textOf(value: Value): string | null {
  return value.kind === 'str' && value.value.length === value.length ? value.value : null;
}

/** As `zoneinfo` takes names: parts without dots. */
const ZONE = /^[\w+-]+(?:\/[\w+-]+)*$/;

const CONSTANTS = new Set<Value['kind']>(['none', 'bool', 'int', 'float', 'str', 'bytes']);

function isPlain(value: Value): boolean {
  switch (value.kind) {
    case 'tuple':
    case 'list':
    case 'set':
    case 'frozenset':
      return isWhole(value) && value.items.every(isPlain);
    case 'dict':
      return isWhole(value) && value.items.every(([key, item]) => isPlain(key) && isPlain(item));
    default:
      return CONSTANTS.has(value.kind);
  }
}

/** Bits of a pixel in the raw bytes of an image, by mode (Pillow, `Image.tobytes`). */
const PIXEL_BITS: ReadonlyMap<string, number> = new Map([
  ...(['1'] as const).map((mode) => [mode, 1] as const),
  ...'L P'.split(' ').map((mode) => [mode, 8] as const),
  ...'LA La PA I;16'.split(' ').map((mode) => [mode, 16] as const),
  ...'RGB YCbCr LAB HSV'.split(' ').map((mode) => [mode, 24] as const),
  ...'RGBA RGBX RGBa CMYK I F'.split(' ').map((mode) => [mode, 32] as const),
]);

/** Bytes that stand in the stream: as they are, or as the text that protocols below 3 encode. */
function bytesIn(value: Value | undefined): number | null {
  if (value?.kind === 'bytes') return value.length;
  const [content] = value?.kind === 'call' && value.callee === '_codecs.encode' ? (value.args ?? []) : [];
  return content?.kind === 'str' ? content.length : null;
}

/** `[info, mode, (width, height), palette, bytes, file name?]`: Pillow allocates what mode and size say before it looks at the bytes. */
function isImage(value: Value): boolean {
  if (value.kind !== 'list' || !isWhole(value) || value.length < 5 || value.length > 6) return false;
  const [info, mode, size, palette, data, file] = value.items;
  if (file !== undefined && file.kind !== 'str' && file.kind !== 'none') return false;
  const bits = PIXEL_BITS.get(mode === undefined ? '' : (textOf(mode) ?? ''));
  const length = bytesIn(data);
  if (info?.kind !== 'dict' || bits === undefined || length === null || size?.kind !== 'tuple') return false;
  const isPalette = palette?.kind === 'none' || palette?.kind === 'list' || palette?.kind === 'bytes';
  const [width, height] = size.items.map((side) => (side.kind === 'int' ? Number(side.text) : -1));
  if (!isPalette || size.length !== 2 || width === undefined || height === undefined) return false;
  // Rows are whole bytes.
  return width > 0 && height > 0 && Math.ceil((width * bits) / 8) * height === length;
}

const isOf =
  (...kinds: readonly Value['kind'][]): Test =>
  (value) =>
    kinds.includes(value.kind);

const any: Test = () => true;

const WORDS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['any', any],
  ['made', isOf('call')],
  ['none', isOf('none')],
  ['bool', isOf('bool')],
  ['true', (value) => value.kind === 'bool' && value.value],
  ['false', (value) => value.kind === 'bool' && !value.value],
  ['int', isOf('int', 'bool')],
  ['size', (value) => value.kind === 'int' && Number(value.text) >= 0],
  ['small', (value) => value.kind === 'int' && Number(value.text) >= 0 && Number(value.text) <= MOST_SMALL],
  ['number', isOf('int', 'bool', 'float')],
  ['text', isOf('str')],
  ['name', (value) => /^[A-Za-z_]\w*$/.test(textOf(value) ?? '')],
  ['bytes', isOf('bytes')],
  ['constant', (value) => CONSTANTS.has(value.kind)],
  ['plain', isPlain],
  ['container', isOf('tuple', 'list', 'dict', 'set', 'frozenset')],
  ['zone', (value) => ZONE.test(textOf(value) ?? '')],
  ['image', isImage],
  [
    'data',
    (value) => {
      if (value.kind !== 'call') return false;
      const dot = value.callee.lastIndexOf('.');
      return givesOf(value.callee.slice(0, dot), value.callee.slice(dot + 1)) === 'data';
    },
  ],
]);

/** Whether a full name is this one, or lies within it. */
function isWithin(name: string, place: string): boolean {
  return name === place || name.startsWith(`${place}.`);
}

function fitsAll(items: readonly Value[], { first, rest }: Parameters): boolean {
  if (items.length < first.length || (rest === null && items.length > first.length)) return false;
  return items.every((item, i) => (first[i] ?? rest)?.(item) === true);
}

/** The pairs of a dict whose keys are constant texts, each once; null for any other. */
function pairsOf(value: Value): Map<string, Value> | null {
  if (value.kind !== 'dict' || !isWhole(value)) return null;
  const pairs = new Map<string, Value>();
  for (const [key, item] of value.items) {
    const name = textOf(key);
    if (name === null || pairs.has(name)) return null;
    pairs.set(name, item);
  }
  return pairs;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  readonly keys = new Set<string>();

  readonly line: string;

  constructor(line: string) {
    this.line = line;
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    for (let at = 0; line.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
      const match = TOKEN.exec(line);
      if (match === null) throw new Error(`call shapes: ${line.slice(at)}`);
      tokens.push(match[0].trim());
    }
    this.#tokens = tokens;
  }

  get ended(): boolean {
    return this.#at >= this.#tokens.length;
  }

  next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error(`call shapes: ${this.line} ends too early`);
    this.#at += 1;
    return token;
  }

  take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) throw new Error(`call shapes: ${token} is missing in ${this.line}`);
  }

  value(): Test {
    const first = this.#one();
    if (this.#tokens[this.#at] !== '|') return first;
    const tests = [first];
    while (this.take('|')) tests.push(this.#one());
    return (value) => tests.some((test) => test(value));
  }

  #one(): Test {
    const token = this.next();
    if (token.startsWith("'")) return (value) => textOf(value) === token.slice(1, -1);
    if (token.startsWith('@')) {
      const place = token.slice(1);
      return (value) => value.kind === 'global' && isWithin(`${value.module}.${value.name}`, place);
    }
    if (token.startsWith('<')) {
      const place = token.slice(1, -1);
      const parts = this.take('(') ? this.parameters(')') : null;
      return (value) =>
        value.kind === 'call' &&
        value.on === undefined &&
        isWithin(value.callee, place) &&
        (parts === null || (value.args !== undefined && value.cut !== true && fitsAll(value.args, parts)));
    }
    if (token === '(' || token === '[') {
      const kind = token === '(' ? 'tuple' : 'list';
      const parts = this.parameters(token === '(' ? ')' : ']');
      return (value) => value.kind === kind && isWhole(value) && fitsAll(value.items, parts);
    }
    if (token === '{') return this.#dict();
    const word = WORDS.get(token);
    if (word === undefined) throw new Error(`call shapes: ${token} is no value`);
    return word;
  }

  parameters(end: string): Parameters {
    const first: Test[] = [];
    while (!this.take(end)) {
      const test = this.value();
      if (this.take('*')) {
        this.expect(end);
        return { first, rest: test };
      }
      first.push(test);
      if (!this.take(',')) {
        this.expect(end);
        break;
      }
    }
    return { first, rest: null };
  }

  #dict(): Test {
    const known = new Map<string, Test>();
    const needed: string[] = [];
    let others: Test | null = null;
    while (!this.take('}')) {
      const key = this.next();
      if (key === '*' && this.take('*')) {
        this.expect(':');
        const item = this.value();
        this.expect('}');
        return (value) => value.kind === 'dict' && isWhole(value) && value.items.every(([, one]) => item(one));
      }
      if (key === '*') others = this.take(':') ? this.value() : (): boolean => true;
      else {
        this.keys.add(key);
        if (this.take('!')) known.set(key, () => false);
        else {
          if (!this.take('?')) needed.push(key);
          this.expect(':');
          known.set(key, this.value());
        }
      }
      if (!this.take(',')) {
        this.expect('}');
        break;
      }
    }
    return (value) => {
      const pairs = pairsOf(value);
      if (pairs === null || needed.some((key) => !pairs.has(key))) return false;
      for (const [key, item] of pairs) {
        // What Python itself looks for is said by name, or is not there.
        const test = known.get(key) ?? (key.startsWith('__') ? null : others);
        if (test?.(item) !== true) return false;
      }
      return true;
    };
  }
}

/** Reads the forms of one line, behind the names. */
export function readShapes(forms: string): CallShapes {
  const calls: Parameters[] = [];
  const news: Parameters[] = [];
  const states: Test[] = [];
  const partials: [Test, Test][] = [];
  let mayBeStored = false;
  const reader = new Reader(forms);
  do {
    const form = reader.next();
    if (form === 'stored') mayBeStored = true;
    else if (form === 'state') states.push(reader.value());
    else if (form === 'partial') partials.push([reader.value(), reader.value()]);
    else if (form === 'call' || form === 'new') {
      reader.expect('(');
      (form === 'call' ? calls : news).push(reader.parameters(')'));
    } else throw new Error(`call shapes: ${form} is no form`);
  } while (reader.take(';'));
  if (!reader.ended) throw new Error(`call shapes: ${forms} goes on`);
  return { calls, news, states, partials, mayBeStored, stateKeys: reader.keys };
}

/** Lines of packs that are kept as they were read. */
const KEPT_LINES = 2_000;

/** The forms of a line, read once. */
export const shapesIn = remembered(KEPT_LINES, readShapes);

/** Whether a partial may keep these arguments and keywords for what the shapes are of; without them: whether any may be. */
export function fitsPartial({ partials }: CallShapes, args?: Value, keywords?: Value): boolean {
  if (args === undefined || keywords === undefined) return partials.length > 0;
  return partials.some(([first, second]) => first(args) && (keywords.kind === 'none' || second(keywords)));
}

/** Whether one call, or one BUILD, is of a form that the shapes have. */
export function fitsShapes(call: Call, { calls, news, states }: CallShapes): boolean {
  if (!call.argsKnown)
    return call.via === 'NEWOBJ' && news.some(({ first, rest }) => first.length === 0 && rest === any);
  switch (call.via) {
    case 'REDUCE':
      return calls.some((form) => fitsAll(call.args, form));
    case 'NEWOBJ':
      return news.some((form) => fitsAll(call.args, form));
    case 'BUILD': {
      const [state] = call.args;
      return state !== undefined && states.some((test) => test(state));
    }
    default:
      return false;
  }
}
