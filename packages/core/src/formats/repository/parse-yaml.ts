// Recursion in this file: as deep as MAX_REPOSITORY_YAML_NESTING, which `tokens` holds.
import { Composer, isAlias, isCollection, isMap, isPair, isScalar, Lexer, Parser, type CST, type Document } from 'yaml';
import {
  MAX_REPOSITORY_YAML_CHARACTERS,
  MAX_REPOSITORY_YAML_DOCUMENTS,
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
 * Reads YAML as a tree; several documents are a list. Aliases are null: what they stand for is read where it is written, so
 * that they multiply nothing. All of several equal keys are there.
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

/** The composer recurses: the depth is bounded before it runs. */
function* tokens(text: string): Generator<CST.Token, void> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
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
  return convert(document.contents);
}

function convert(node: unknown): Tree {
  if (isAlias(node) || node === null || node === undefined) return null;
  if (isScalar(node)) {
    const tag = tagOf(node.tag);
    const value = scalar(node.value);
    return tag === null ? value : { kind: 'map', entries: [{ key: '', value, at: node.range?.[0] ?? 0 }], tag };
  }
  if (!isCollection(node)) return null;
  const tag = tagOf(node.tag);
  if (!isMap(node)) {
    const items = node.items.map((item) => (isPair(item) ? mapOf([entryOf(item)], null) : convert(item)));
    if (tag === null) return { kind: 'list', items };
    return mapOf([{ key: '', value: { kind: 'list', items }, at: node.range?.[0] ?? 0 }], tag);
  }
  return mapOf(node.items.map(entryOf), tag);
}

function mapOf(entries: readonly TreeEntry[], tag: string | null): Tree {
  return tag === null ? { kind: 'map', entries } : { kind: 'map', entries, tag };
}

function entryOf(pair: { readonly key: unknown; readonly value: unknown }): TreeEntry {
  const { key } = pair;
  const name = isScalar(key) ? String(key.value) : '';
  const at = isScalar(key) || isCollection(key) ? (key.range?.[0] ?? 0) : 0;
  // A key that is no scalar may hold tags of its own.
  const value = isCollection(key)
    ? mapOf(
        [
          { key: '', value: convert(key), at },
          { key: '', value: convert(pair.value), at },
        ],
        null,
      )
    : convert(pair.value);
  return { key: name, value, at };
}

function tagOf(tag: string | undefined): string | null {
  return tag === undefined || CORE_TAG.test(tag) || tag === '!' ? null : tag;
}

function scalar(value: unknown): Tree {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : typeof value === 'bigint' ? String(value) : '';
}
