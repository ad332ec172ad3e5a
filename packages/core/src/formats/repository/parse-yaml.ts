// Recursion in this file: as deep as MAX_REPOSITORY_YAML_NESTING, which `tokens` holds.
import { Composer, isAlias, isCollection, isMap, isPair, isScalar, Lexer, Parser, type CST, type Document } from 'yaml';
import {
  MAX_REPOSITORY_YAML_ALIASED,
  MAX_REPOSITORY_YAML_CHARACTERS,
  MAX_REPOSITORY_YAML_DOCUMENTS,
  MAX_REPOSITORY_YAML_LEXEMES,
  MAX_REPOSITORY_YAML_NESTING,
} from '../../model/limits.js';
import type { ParsedTree } from './parse-json.js';
import type { Tree, TreeEntry } from './tree.js';

/** Tags of ordinary values. */
const CORE_TAG = /^tag:yaml\.org,2002:(?:map|seq|str|int|float|bool|null|timestamp|binary|omap|set|pairs|merge)$/;

class TooMuch extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/**
 * Reads YAML as a tree; several documents are a list. An alias of a list or a map is null: what it stands for is read where it
 * is written, so that aliases multiply nothing. One of a text, a number or the like is that, as a key too: `_target_: *name`
 * means another thing than its text where that is written. All of several equal keys are there.
 */
export function parseYaml(text: string): ParsedTree & { readonly isLimit?: true } {
  if (text.length > MAX_REPOSITORY_YAML_CHARACTERS)
    return { problem: `more than ${MAX_REPOSITORY_YAML_CHARACTERS} characters of YAML`, at: 0, isLimit: true };
  // Not unique: each key would be compared with all before it.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'silent', customTags: [] });
  const items: Tree[] = [];
  try {
    for (const document of composer.compose(tokens(text))) {
      const [error] = document.errors;
      if (error !== undefined) return { problem: firstLine(error.message), at: error.pos[0] };
      items.push(treeOf(document));
      if (items.length > MAX_REPOSITORY_YAML_DOCUMENTS)
        return { problem: `more than ${MAX_REPOSITORY_YAML_DOCUMENTS} documents`, at: 0, isLimit: true };
    }
  } catch (error) {
    if (error instanceof TooMuch) return { problem: error.message, at: error.at, isLimit: true };
    throw error;
  }
  const [first = null] = items;
  return { value: items.length === 1 ? first : { kind: 'list', items } };
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

/** The composer recurses and takes many bytes for a lexeme: depth and number are bounded before it runs. */
function* tokens(text: string): Generator<CST.Token, void> {
  const parser = new Parser();
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    lexemes += 1;
    if (lexemes > MAX_REPOSITORY_YAML_LEXEMES)
      throw new TooMuch(`more than ${MAX_REPOSITORY_YAML_LEXEMES} lexemes of YAML`, parser.offset);
    if (parser.stack.length > MAX_REPOSITORY_YAML_NESTING + 2)
      throw new TooMuch(
        `lists and maps lie more than ${MAX_REPOSITORY_YAML_NESTING} deep in each other`,
        parser.offset,
      );
  }
  yield* parser.end();
}

/** Recurses no deeper than `tokens` lets through. */
function treeOf(document: Document): Tree {
  return new Converter().tree(document.contents);
}

/** One document, in the order of its text: an alias stands for what had its anchor last. */
class Converter {
  readonly #anchored = new Map<string, string | number | boolean>();

  tree(node: unknown): Tree {
    if (isAlias(node)) return this.#aliased(node.source, node.range?.[0]);
    if (node === null || node === undefined) return null;
    if (isScalar(node)) {
      const tag = tagOf(node.tag);
      const value = scalar(node.value);
      if (node.anchor !== undefined) {
        if (tag === null && value !== null && typeof value !== 'object') this.#anchored.set(node.anchor, value);
        else this.#anchored.delete(node.anchor);
      }
      return tag === null ? value : { kind: 'map', entries: [{ key: '', value, at: node.range?.[0] ?? 0 }], tag };
    }
    if (!isCollection(node)) return null;
    if (node.anchor !== undefined) this.#anchored.delete(node.anchor);
    const tag = tagOf(node.tag);
    if (!isMap(node)) {
      const items = node.items.map((item) => (isPair(item) ? mapOf([this.#entry(item)], null) : this.tree(item)));
      if (tag === null) return { kind: 'list', items };
      return mapOf([{ key: '', value: { kind: 'list', items }, at: node.range?.[0] ?? 0 }], tag);
    }
    return mapOf(
      node.items.map((pair) => this.#entry(pair)),
      tag,
    );
  }

  #aliased(name: string, at = 0): Tree {
    const value = this.#anchored.get(name) ?? null;
    if (typeof value === 'string' && value.length > MAX_REPOSITORY_YAML_ALIASED)
      throw new TooMuch(`an alias of a text of more than ${MAX_REPOSITORY_YAML_ALIASED} characters`, at);
    return value;
  }

  #entry(pair: { readonly key: unknown; readonly value: unknown }): TreeEntry {
    const { key } = pair;
    const at = isScalar(key) || isCollection(key) || isAlias(key) ? (key.range?.[0] ?? 0) : 0;
    const named = this.tree(key);
    const value = this.tree(pair.value);
    if (typeof named !== 'object') return { key: String(named), value, at };
    if (named === null) return { key: '', value, at };
    // A key that is no plain scalar may have a tag, or hold tags of its own.
    const both = mapOf(
      [
        { key: '', value: named, at },
        { key: '', value, at },
      ],
      null,
    );
    return { key: '', value: both, at };
  }
}

function mapOf(entries: readonly TreeEntry[], tag: string | null): Tree {
  return tag === null ? { kind: 'map', entries } : { kind: 'map', entries, tag };
}

/** Null for the tag of an ordinary value. A tag that is written out keeps its escapes here, and none in PyYAML. */
function tagOf(tag: string | undefined): string | null {
  if (tag === undefined || CORE_TAG.test(tag) || tag === '!') return null;
  return tag.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function scalar(value: unknown): Tree {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : typeof value === 'bigint' ? String(value) : '';
}
