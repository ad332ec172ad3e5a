import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
  visit,
  type CST,
  type Document,
  type Node,
} from 'yaml';
import { PolicyError } from '../model/errors.js';
import { MAX_ALIASES, MAX_DOCUMENTS, MAX_KEYS, MAX_POLICY_CHARACTERS, MAX_POLICY_NESTING } from '../model/limits.js';

type Path = readonly PropertyKey[];

/** One YAML document that knows the line and column of each value. */
export class PositionedDocument {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #file: string;

  constructor(document: Document, lines: LineCounter, file: string) {
    this.#document = document;
    this.#lines = lines;
    this.#file = file;
  }

  get empty(): boolean {
    const { contents } = this.#document;
    return contents === null || (isScalar(contents) && contents.value === null);
  }

  toValue(): unknown {
    let aliases = 0;
    visit(this.#document, {
      Alias: (_key, alias, path) => {
        const at = alias.range?.[0] ?? 0;
        aliases += 1;
        // Before it is resolved: that walks the whole document.
        if (aliases > MAX_ALIASES) throw this.errorAt(at, `more than ${MAX_ALIASES} aliases`);
        const target = alias.resolve(this.#document);
        if (target === undefined) throw this.errorAt(at, `alias *${alias.source} is not defined`);
        // A value without an end: no walk over it ends.
        if (path.includes(target)) throw this.errorAt(at, `alias *${alias.source} stands within what it names`);
      },
    });
    try {
      return this.#document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (error) {
      // yaml's error for aliases that multiply.
      if (error instanceof ReferenceError) throw this.errorAt(0, error.message);
      throw error;
    }
  }

  has(path: Path): boolean {
    return this.#document.getIn(path as unknown[], true) !== undefined;
  }

  /** Where the value at `path` begins, or the nearest thing above it. */
  offsetOf(path: Path): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const node =
        length === 0 ? this.#document.contents : this.#document.getIn(path.slice(0, length) as unknown[], true);
      const offset = (node as Node | null | undefined)?.range?.[0];
      if (offset !== undefined) return offset;
    }
    return 0;
  }

  /** Where the key `key` of the map at `path` stands. */
  offsetOfKey(path: Path, key: string): number {
    const map = path.length === 0 ? this.#document.contents : this.#document.getIn(path as unknown[], true);
    const target = isAlias(map) ? map.resolve(this.#document) : map;
    if (isMap(target)) {
      for (const pair of target.items) {
        const name = pair.key;
        if (isScalar(name) && String(name.value) === key && name.range) return name.range[0];
      }
    }
    return this.offsetOf(path);
  }

  lineAt(offset: number): number {
    return this.#lines.linePos(offset).line;
  }

  errorAt(offset: number, message: string): PolicyError {
    const { line, col } = this.#lines.linePos(offset);
    return new PolicyError(message, this.#file, Math.max(1, line), Math.max(1, col));
  }
}

/** All documents of a policy file; broken YAML is a PolicyError with line and column. */
export function parseDocuments(text: string, file: string): PositionedDocument[] {
  if (text.length > MAX_POLICY_CHARACTERS) {
    throw new PolicyError(
      `a policy file has at most ${MAX_POLICY_CHARACTERS} characters, this one ${text.length}`,
      file,
      1,
      1,
    );
  }
  const lines = new LineCounter();
  // YAML 1.2's core schema: no dates, no "yes" for true, no merge keys, no custom tags.
  const composer = new Composer({ prettyErrors: false, version: '1.2', schema: 'core', logLevel: 'silent' });
  const documents: Document[] = [];
  for (const document of composer.compose(tokens(text, lines, file))) {
    documents.push(document);
    if (documents.length > MAX_DOCUMENTS) throw new PolicyError(`more than ${MAX_DOCUMENTS} documents`, file, 1, 1);
  }
  return documents.map((document) => {
    const positioned = new PositionedDocument(document, lines, file);
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem !== undefined) throw positioned.errorAt(problem.pos[0], problem.message);
    return positioned;
  });
}

/** What the composer works on. It recurses and compares, so bounds are checked before it runs. */
function* tokens(text: string, lines: LineCounter, file: string): Generator<CST.Token, void> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tooMany = (what: string): PolicyError => {
    const { line, col } = lines.linePos(parser.offset);
    return new PolicyError(what, file, Math.max(1, line), Math.max(1, col));
  };
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    const { stack } = parser;
    // The document lies at the bottom, a scalar perhaps on top.
    if (stack.length > MAX_POLICY_NESTING + 2)
      throw tooMany(`lists and maps lie more than ${MAX_POLICY_NESTING} deep in each other`);
    const open = stack.at(-1);
    const keys =
      open?.type === 'block-map' || (open?.type === 'flow-collection' && open.start.source === '{')
        ? open.items.length
        : 0;
    if (keys > MAX_KEYS) throw tooMany(`a map has more than ${MAX_KEYS} keys`);
  }
  yield* parser.end();
}
