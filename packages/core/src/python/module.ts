import { ConstantReader, type Constants } from './constants.js';
import { MAX_RESOLVE_STEPS } from './limits.js';
import { parsePython } from './parse.js';
import { Resolver, type BoundArgument, type Meaning } from './resolve.js';
import { buildScopes, type CallSite, type ImportSite, type Scope, type Scoped, type UseSite } from './scope.js';
import { decodeSource, sourceOf, type Position, type SourceText } from './source.js';
import type { Expression, Statement } from './syntax.js';
import type { Problem } from './tokens.js';
import { Work } from './work.js';

export interface PythonOptions {
  /** Full name of the module: relative imports start from it. */
  readonly module?: string;
  /** The source is the `__init__.py` of a package. */
  readonly isPackage?: boolean;
  /** Called now and then; throws when time is up. */
  readonly checkTime?: () => void;
}

/** The arguments of a call, with those that `functools.partial` gave before and literal `**{…}` taken apart. */
export interface CallArguments {
  readonly positional: readonly Scoped[];
  /** Several values where one keyword may come from several assignments. */
  readonly keywords: ReadonlyMap<string, readonly Scoped[]>;
  /** There may be further ones: `*args`, `**kwargs` that are no literal. */
  readonly open: boolean;
}

/** A Python source as far as it can be read: its calls, imports and definitions, and what names in it stand for. */
export class PythonModule {
  readonly source: SourceText;
  readonly calls: readonly CallSite[];
  readonly imports: readonly ImportSite[];
  readonly uses: readonly UseSite[];
  /** Starts and ends of the comments, in turn. */
  readonly comments: readonly number[];
  readonly definitions: ReadonlyMap<string, Scope>;
  readonly scope: Scope;
  readonly body: readonly Statement[];
  readonly problemCount: number;
  readonly #problems: readonly Problem[];
  readonly #resolver: Resolver;
  readonly #constants: ConstantReader;

  readonly #work: Work;

  private constructor(source: SourceText, { module, isPackage, checkTime = () => undefined }: PythonOptions) {
    const { body, problems, problemCount, comments } = parsePython(source.text, checkTime);
    checkTime();
    const scopes = buildScopes(body, source.text);
    checkTime();
    this.source = source;
    this.calls = scopes.calls;
    this.imports = scopes.imports;
    this.uses = scopes.uses;
    this.comments = comments;
    this.definitions = scopes.definitions;
    this.scope = scopes.module;
    this.body = body;
    this.problemCount = problemCount;
    this.#problems = problems;
    this.#work = new Work(MAX_RESOLVE_STEPS, checkTime);
    const constants = new ConstantReader(source.text, this.#work);
    this.#constants = constants;
    this.#resolver = new Resolver(
      scopes,
      module ?? null,
      isPackage === true,
      (value, scope) => constants.texts({ value, scope }),
      this.#work,
    );
  }

  /** Throws a LimitError for a source that is too long, an UnsupportedError for an unknown encoding. */
  static read(bytes: Uint8Array, options: PythonOptions = {}): PythonModule {
    return new PythonModule(decodeSource(bytes), options);
  }

  /** A source that was decoded elsewhere: the cell of a notebook. */
  static readText(text: string, options: PythonOptions = {}): PythonModule {
    return new PythonModule(sourceOf(text), options);
  }

  position(at: number): Position {
    return this.source.position(at);
  }

  textOf({ from, to }: { readonly from: number; readonly to: number }): string {
    return this.source.text.slice(from, to);
  }

  /** What is no Python, and limits that were reached; the latter mean that something was not analysed. */
  get problems(): readonly Problem[] {
    if (!this.#work.exhausted) return this.#problems;
    return [...this.#problems, { at: 0, message: 'the names are too entangled to follow all of them', limit: true }];
  }

  resolve(scoped: Scoped): readonly Meaning[] {
    return this.#resolver.resolve(scoped);
  }

  /** What a call can call. */
  targets({ call, scope }: CallSite): readonly Meaning[] {
    return this.#resolver.resolve({ value: call.callee, scope });
  }

  /** A member of a class of this module or its bases. */
  member(owner: Scope, name: string): readonly Meaning[] {
    return this.#resolver.member(owner, name);
  }

  /** A module's name with its leading dots replaced, where the name of this module is known. */
  absolute(module: string): string {
    return this.#resolver.absolute(module);
  }

  constants(scoped: Scoped): Constants {
    return this.#constants.read(scoped);
  }

  /** A text with null for each part that is no constant. */
  textParts(scoped: Scoped): readonly (string | null)[] {
    return this.#constants.parts(scoped);
  }

  /** `bound`: what `targets` says that a partial holds. */
  arguments({ call, scope }: CallSite, bound: readonly BoundArgument[] = []): CallArguments {
    const positional: Scoped[] = [];
    const keywords = new Map<string, Scoped[]>();
    let open = false;
    const all: BoundArgument[] = [...bound, ...call.args.map((argument) => ({ argument, scope }))];
    const add = (name: string, value: Scoped, replaces: boolean): void => {
      const known = keywords.get(name);
      if (known === undefined || replaces) keywords.set(name, [value]);
      else known.push(value);
    };
    for (const [i, { argument, scope: own }] of all.entries()) {
      const { name, star, value } = argument;
      const scoped = { value, scope: own };
      if (name !== null) add(name, scoped, i >= bound.length);
      else if (star === '') positional.push(scoped);
      else if (star === '*') open = this.#spread(scoped, positional) || open;
      else open = this.#spreadKeywords(scoped, add) || open;
    }
    return { positional, keywords, open };
  }

  /** `*(a, b)`; true where what is spread is not known. */
  #spread({ value, scope }: Scoped, into: Scoped[]): boolean {
    if (value.kind !== 'sequence' || value.of === 'set' || value.items.some(({ kind }) => kind === 'starred'))
      return true;
    for (const item of value.items) into.push({ value: item, scope });
    return false;
  }

  /** `**{"a": b}`, `**dict(a=b)`, and the name of one; true where what is spread is not known. */
  #spreadKeywords(of: Scoped, add: (name: string, value: Scoped, replaces: boolean) => void): boolean {
    const sources = of.value.kind === 'name' ? this.#valuesOf(of) : [of];
    if (sources === null) return true;
    // A dict that has a name can be changed before it is spread.
    let open = sources.length !== 1 || of.value.kind === 'name';
    for (const { value, scope } of sources) {
      if (value.kind === 'dict') {
        if (!this.#work.step(value.items.length)) return true;
        for (const item of value.items) {
          const [name, another] = item.key === null ? [] : this.#constants.texts({ value: item.key, scope });
          if (name === undefined || another !== undefined) open = true;
          else add(name, { value: item.value, scope }, false);
        }
      } else if (value.kind === 'call' && this.#isDict(value.callee, scope)) {
        if (!this.#work.step(value.args.length)) return true;
        for (const { name, value: own } of value.args) {
          if (name === null) open = true;
          else add(name, { value: own, scope }, false);
        }
      } else {
        open = true;
      }
    }
    return open;
  }

  #isDict(value: Expression, scope: Scope): boolean {
    const [only, another] = this.#resolver.resolve({ value, scope });
    return another === undefined && only?.kind === 'path' && only.path === 'builtins.dict';
  }

  /** The values that are assigned to a name; null where it has others too. A dict could be changed in between. */
  #valuesOf({ value, scope }: Scoped): readonly Scoped[] | null {
    const found = value.kind === 'name' ? Resolver.bindings(value.id, scope) : null;
    if (found === null) return null;
    const values = found.flatMap((binding) => (binding.kind === 'value' ? [binding.of] : []));
    return values.length === found.length ? values : null;
  }
}
