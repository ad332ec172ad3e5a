import { refuse } from '../../model/rules.js';
import { isPiece, readJson } from '../json.js';
import { inspectText, mayHold, SHORTEST_LEAF } from '../leaves.js';
import type { Spending } from '../spending.js';
import type { Feed } from './ahead.js';
import { refusePassing } from './bytes.js';
import { LONGEST_NUMBER, MAX_KEY_CHARACTERS } from '../../model/limits.js';

/** Longest string, line, part or element that is held to be inspected as one. An image in base64 fits. */
export const HELD_BYTES = 8 * 2 ** 20;
/** What is asked for at a time. */
const STEP_BYTES = 256 * 1024;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const COST_OF_KEY = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** A map with its keys, or a list with what its strings are together, as far as they may be pieces of one value. */
type Open = { readonly keys: Set<string> | null; cost: number; pieces: string[] | null; size: number };
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/**
 * Reads JSON as it passes, to the letter as `readJson` does: each token stays until it is whole, each string until it has
 * been inspected. What a schema would need is not held.
 */
export class JsonPassing {
  readonly #feed: Feed;
  readonly #path: string;
  readonly #depth: number;
  readonly #afresh: () => Spending;
  readonly #open: Open[] = [];
  #keyCost = 0;
  #at = 0;
  /** What is at hand, and where it begins. */
  #bytes: Buffer = Buffer.alloc(0);
  #from = 0;
  /** Nothing comes behind what is at hand. */
  #isLast = false;

  constructor(feed: Feed, path: string, depth: number, afresh: () => Spending) {
    this.#feed = feed;
    this.#path = path;
    this.#depth = depth;
    this.#afresh = afresh;
  }

  async run(): Promise<void> {
    const feed = this.#feed;
    let expected: Expected = 'value';
    for (;;) {
      const code = this.#bytes[this.#at - this.#from];
      if (code === undefined) {
        feed.settle(this.#at);
        if (!(await this.#more(this.#at + STEP_BYTES)) && this.#at >= feed.have) break;
      } else if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) this.#at += 1;
      else {
        // Most tokens are at hand: waiting for each takes longer than reading it.
        const next: Expected | Promise<Expected> = this.#token(code, expected);
        expected = typeof next === 'string' ? next : await next;
      }
    }
    if (expected !== 'nothing') this.#fail('it ends early');
    feed.settle(feed.size);
  }

  async #more(to: number): Promise<boolean> {
    const isThere = await this.#feed.upTo(to);
    this.#from = this.#feed.start;
    this.#bytes = this.#feed.bytes(this.#from, this.#feed.have);
    return isThere;
  }

  #fail(detail: string, signal = 'json'): never {
    refuse('GATE-MALFORMED', signal, this.#path, `JSON: ${detail}`, { offset: this.#at, format: 'json' });
  }

  #token(code: number, expected: Expected): Expected | Promise<Expected> {
    const map = this.#open.at(-1)?.keys ?? null;
    switch (expected) {
      case 'nothing':
        return this.#fail('something follows the value');
      case 'colon':
        if (code !== 0x3a) this.#fail('a colon is expected');
        this.#at += 1;
        return 'value';
      case 'comma-or-end':
        if (code === (map === null ? 0x5d : 0x7d)) return this.#close();
        if (code !== 0x2c) this.#fail(`a comma or the end of a ${map === null ? 'list' : 'map'} is expected`);
        this.#at += 1;
        return map === null ? 'value' : 'key';
      case 'key':
      case 'key-or-end':
        if (expected === 'key-or-end' && code === 0x7d) return this.#close();
        if (code !== QUOTE) this.#fail('a key is expected');
        return this.#key(map);
      default:
        if (expected === 'value-or-end' && code === 0x5d) return this.#close();
        return this.#value(code);
    }
  }

  async #key(keys: Set<string> | null): Promise<Expected> {
    const key = await this.#string();
    if (keys === null) return 'colon';
    if (keys.has(key)) this.#fail('a key is repeated: parsers differ in which of them they take', 'duplicate-key');
    keys.add(key);
    const cost = key.length + COST_OF_KEY;
    const open = this.#open.at(-1);
    if (open !== undefined) open.cost += cost;
    this.#keyCost += cost;
    if (this.#keyCost > MAX_KEY_CHARACTERS) refusePassing('json-keys', this.#path, 'JSON with so many keys', this.#at);
    return 'colon';
  }

  #value(code: number): Expected | Promise<Expected> {
    if (code === QUOTE) return this.#text();
    const list = this.#open.at(-1);
    if (list !== undefined) list.pieces = null;
    if (code === 0x7b || code === 0x5b) {
      this.#at += 1;
      this.#open.push({ keys: code === 0x7b ? new Set() : null, cost: 0, pieces: code === 0x7b ? null : [], size: 0 });
      if (this.#open.length > this.#depth) this.#fail(`lists and maps lie more than ${this.#depth} deep`, 'json-depth');
      return code === 0x7b ? 'key-or-end' : 'value-or-end';
    }
    return this.#word() ? this.#done() : this.#longWord();
  }

  async #text(): Promise<Expected> {
    const text = await this.#string();
    const open = this.#open.at(-1);
    if (open?.pieces != null) {
      if (!isPiece(text)) open.pieces = null;
      else if (open.size < HELD_BYTES) {
        open.pieces.push(text);
        open.size += text.length;
      }
    }
    return this.#done();
  }

  /** A word of which the end is not at hand. */
  async #longWord(): Promise<Expected> {
    await this.#more(this.#at + LONGEST_NUMBER + 1);
    this.#isLast = this.#feed.have < this.#at + LONGEST_NUMBER + 1;
    if (!this.#word()) this.#fail('a number has more digits than are accepted');
    return this.#done();
  }

  #close(): Expected | Promise<Expected> {
    this.#at += 1;
    const open = this.#open.pop();
    this.#keyCost -= open?.cost ?? 0;
    return open?.pieces != null && open.pieces.length > 1 ? this.#joined(open.pieces) : this.#done();
  }

  /** Pieces pass one by one: joining them would need the end of the list first. */
  async #joined(pieces: readonly string[]): Promise<Expected> {
    const text = pieces.join('');
    if (mayHold(text)) await inspectText(text, `${this.#path}>json@${this.#at}`, this.#afresh());
    return this.#done();
  }

  #done(): Expected {
    return this.#open.length === 0 ? 'nothing' : 'comma-or-end';
  }

  /** A number, or true, false and null: up to what may follow one. False where that is not at hand. */
  #word(): boolean {
    const bytes = this.#bytes;
    const start = this.#at - this.#from;
    let end = start;
    while (isOfWord(bytes[end] ?? 0)) end += 1;
    if (end === bytes.length && !this.#isLast) return false;
    if (end - start > LONGEST_NUMBER) return false;
    const word = bytes.toString('latin1', start, end);
    if (word !== 'true' && word !== 'false' && word !== 'null' && !NUMBER.test(word)) this.#fail('a value is expected');
    this.#at += end - start;
    return true;
  }

  /** A string as a whole, with its escapes and its UTF-8 as they have to be; inspected before a byte of it passes. */
  async #string(): Promise<string> {
    const feed = this.#feed;
    const start = this.#at;
    let at = start + 1;
    for (;;) {
      const end = endOfString(this.#bytes, at - this.#from);
      if (end >= 0) {
        at = this.#from + end + 1;
        break;
      }
      // An escape that is cut is read again with what follows it.
      at = this.#from - 1 - end;
      if (feed.have - start > HELD_BYTES) refusePassing('json-string', this.#path, 'a string of so many bytes', start);
      feed.settle(start);
      if (!(await this.#more(feed.have + 1))) this.#fail('a string does not end');
    }
    const { value, strings } = readJson(feed.bytes(start, at), this.#path, {
      depth: this.#depth,
      shortest: SHORTEST_LEAF,
      exact: false,
    });
    this.#at = at;
    for (const { text } of strings)
      if (mayHold(text)) await inspectText(text, `${this.#path}>json@${start}`, this.#afresh());
    return value as string;
  }
}

/** Index of the quote that ends it, from `from` on; without one, -1 less the index up to which it was read. */
function endOfString(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === QUOTE) return at;
    if (code === BACKSLASH) {
      if (at + 1 >= bytes.length) return -1 - at;
      at += 1;
    }
  }
  return -1 - bytes.length;
}

function isOfWord(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x2e ||
    code === 0x45
  );
}
