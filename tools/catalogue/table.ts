/**
 * Reads the tables of the catalogue (packages/core/src/catalogue/data). A table is a text file of blocks:
 *
 *     # A comment is a line of its own.
 *     source: where the entries come from
 *
 *     [allow]
 *     role: stored
 *     why: A reduction of arrays that estimators keep.
 *       numpy mean
 *       numpy median
 *
 * `[kind]` opens a block. `field: value` at the beginning of a line holds for all entries of the block; before the first
 * block it holds for the file. A line that begins with two blanks is an entry: words, and behind `: ` a text. Which
 * fields and words a kind takes is in `kinds.ts`. Any other form is an error.
 */
import { KINDS, FILE_FIELDS, type Kind, type Rule } from './kinds.js';

export interface Entry {
  readonly words: readonly string[];
  /** What stands behind the colon; empty where there is none. */
  readonly text: string;
  readonly line: number;
}

export interface Block {
  readonly kind: Kind;
  readonly fields: ReadonlyMap<string, string>;
  readonly entries: readonly Entry[];
  readonly line: number;
}

export interface Table {
  readonly path: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly blocks: readonly Block[];
}

/** A table that is not of the form; the message names file and line. */
export class TableError extends Error {
  constructor(path: string, line: number, message: string) {
    super(`${path}:${line}: ${message}`);
    this.name = 'TableError';
  }
}

const FIELD = /^([a-z][a-z-]*): (\S.*)$/;
const HEADER = /^\[([a-z][a-z\d-]*)\]$/;

interface Open {
  readonly kind: Kind;
  readonly fields: Map<string, string>;
  readonly entries: Entry[];
  readonly line: number;
}

class TableReader {
  readonly #path: string;
  readonly #fields = new Map<string, string>();
  readonly #blocks: Open[] = [];
  #line = 0;

  constructor(path: string) {
    this.#path = path;
  }

  read(text: string): Table {
    if (!text.endsWith('\n')) this.#fail('the last line has no end');
    for (const line of text.slice(0, -1).split('\n')) {
      this.#line += 1;
      this.#take(line);
    }
    this.#require(FILE_FIELDS, this.#fields, 'the file', 1);
    for (const { kind, fields, entries, line } of this.#blocks) {
      this.#require(KINDS[kind].fields, fields, `[${kind}]`, line);
      if (entries.length === 0 && KINDS[kind].mayBeEmpty !== true) this.#fail(`[${kind}] has no entry`, line);
    }
    return { path: this.#path, fields: this.#fields, blocks: this.#blocks };
  }

  #fail(message: string, line = this.#line): never {
    throw new TableError(this.#path, line, message);
  }

  #take(line: string): void {
    if (/[^\x20-\x7e…]/.test(line)) this.#fail('a character that is neither of ASCII nor an ellipsis');
    if (line.endsWith(' ')) this.#fail('a blank at the end');
    if (line === '' || line.startsWith('#')) return;
    if (line.startsWith('[')) this.#open(line);
    else if (line.startsWith(' ')) this.#entry(line);
    else this.#field(line);
  }

  #open(line: string): void {
    const name = HEADER.exec(line)?.[1];
    if (name === undefined || !Object.hasOwn(KINDS, name)) this.#fail(`${line} is no kind of block`);
    this.#blocks.push({ kind: name as Kind, fields: new Map(), entries: [], line: this.#line });
  }

  #field(line: string): void {
    const [, name = '', value = ''] = FIELD.exec(line) ?? this.#fail('neither a block, a field nor an entry');
    const block = this.#blocks.at(-1);
    const rules = block === undefined ? FILE_FIELDS : KINDS[block.kind].fields;
    const fields = block?.fields ?? this.#fields;
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) this.#fail(`${name} is no field here`);
    if (fields.has(name)) this.#fail(`${name} stands twice`);
    if ((block?.entries.length ?? 0) > 0) this.#fail(`${name} stands behind an entry`);
    if (!rule.form.test(value)) this.#fail(`${value} is no value of ${name}`);
    fields.set(name, value);
  }

  #entry(line: string): void {
    const block = this.#blocks.at(-1);
    if (block === undefined) this.#fail('an entry outside of a block');
    if (!/^ {2}\S/.test(line)) this.#fail('an entry begins with two blanks');
    const content = line.slice(2);
    const colon = content.indexOf(': ');
    const words = (colon < 0 ? content : content.slice(0, colon)).split(' ');
    const text = colon < 0 ? '' : content.slice(colon + 2);
    const kind = KINDS[block.kind];
    const forms = kind.words;
    if (words.length > forms.length) this.#fail(`more than ${forms.length} words`);
    for (const [i, { form, isOptional }] of forms.entries()) {
      const word = words[i];
      if (word === undefined ? isOptional !== true : !form.test(word)) this.#fail(`word ${i + 1} is not ${form}`);
    }
    if (kind.text === undefined ? colon >= 0 : !kind.text.test(text)) this.#fail('the text is not of its form');
    block.entries.push({ words, text, line: this.#line });
  }

  #require(rules: Readonly<Record<string, Rule>>, fields: ReadonlyMap<string, string>, what: string, line: number) {
    for (const [name, { isOptional }] of Object.entries(rules))
      if (isOptional !== true && !fields.has(name)) this.#fail(`${what} has no ${name}`, line);
  }
}

/** Reads one table; throws a `TableError` for any other form. */
export function readTable(path: string, text: string): Table {
  return new TableReader(path).read(text);
}
