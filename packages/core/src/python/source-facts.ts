import { canonicalName, isNamespaceMember, isWatched, namespaceOf, onlyLooksAt } from '../catalogue/source-calls.js';
import { cut } from '../model/escape.js';
import type { Location } from '../model/fact.js';
import { together, UNKNOWN, type Identity } from '../model/identity.js';
import type { SourceCallFact, InsertPlace, SourceOrigin, SourceValue } from '../model/source-fact.js';
import type { CallArguments, PythonModule } from './module.js';
import { Candidates } from './candidates.js';
import { MAX_SOURCE_FACTS } from './limits.js';
import { CodeDigests, digestOf } from './code-digest.js';
import { codeLine } from './code-text.js';
import type { Followed } from './reexports.js';
import type { BoundArgument, Meaning } from './resolve.js';
import type { CallSite, Scope, Scoped, UseSite } from './scope.js';
import { Suppressions } from './suppression.js';
import type { CallExpression, Expression } from './syntax.js';

/** The role of a source, and how it relates to others. */
export interface SourceContext {
  readonly role: SourceCallFact['role'];
  readonly module: string | null;
  /** The location of a range of the text. */
  readonly locate: (from: number, to: number) => Location;
  /** Full names that a name of another file of the tree leads to, with the names in between. */
  readonly follow?: (path: string) => readonly Followed[];
  /** Whether a full name is a module of the tree, whose names are then looked up one by one. */
  readonly isTreeModule?: (path: string) => boolean;
  /** Where what a call loads comes from; null stands for a name that is handed on. */
  readonly originsOf?: (site: CallSite | null, target: string, given: CallArguments) => readonly SourceOrigin[];
  readonly isTest?: boolean;
  /** Called now and then; throws when time is up. */
  readonly checkTime: () => void;
}

/** UTF-16 units of a call that are shown: no honest one that matters is as long. */
const CALL_TEXT = 2000;
const VALUE_TEXT = 200;
/** Calls between two looks at the clock. */
const STRIDE = 256;

interface Target {
  readonly name: string;
  readonly route: readonly string[];
  readonly bound: readonly BoundArgument[];
  readonly certain: boolean;
}

/**
 * The calls of watched names in a source, and the expressions that hand such a name on, in the order of the text. One more
 * than MAX_SOURCE_FACTS where there are more than that.
 */
export function sourceFacts(module: PythonModule, context: SourceContext): readonly SourceCallFact[] {
  const reader = new FactReader(module, context);
  const candidates = candidatesOf(module, context);
  let steps = 0;
  const sites: Site[] = [];
  for (const site of module.calls) {
    if ((steps += 1) % STRIDE === 0) context.checkTime();
    if (candidates.has(site.call.callee)) sites.push({ kind: 'call', from: site.call.from, site });
  }
  for (const site of module.uses) {
    if ((steps += 1) % STRIDE === 0) context.checkTime();
    if (site.position === 'plain' ? candidates.mayBeMember(site.value) : candidates.has(site.value))
      sites.push({ kind: 'use', from: site.value.from, site });
  }
  sites.sort((a, b) => a.from - b.from);
  const facts: SourceCallFact[] = [];
  // Of the operators of one namespace the first stands for all.
  const namespaces = new Map<string, { readonly index: number; readonly identities: Identity[] }>();
  for (const one of sites) {
    if ((steps += 1) % STRIDE === 0) context.checkTime();
    if (facts.length > MAX_SOURCE_FACTS) break;
    for (const fact of one.kind === 'call' ? reader.ofCall(one.site) : reader.ofUse(one.site)) {
      const namespace = isNamespaceMember(fact.target) ? namespaceOf(fact.target) : null;
      const known = namespace === null ? undefined : namespaces.get(namespace);
      const identity = fact.identity ?? UNKNOWN;
      if (known !== undefined) known.identities.push(identity);
      else {
        if (namespace !== null) namespaces.set(namespace, { index: facts.length, identities: [identity] });
        facts.push(fact);
      }
    }
  }
  for (const { index, identities } of namespaces.values()) {
    const fact = facts[index];
    const count = identities.length;
    if (fact !== undefined && count > 1) facts[index] = { ...fact, count, identity: together(identities) };
  }
  return facts;
}

/** An expression that may call a watched name, or hand it on. */
type Site =
  | { readonly kind: 'call'; readonly from: number; readonly site: CallSite }
  | { readonly kind: 'use'; readonly from: number; readonly site: UseSite };

const ALWAYS = { has: () => true, mayBeMember: () => true };

function candidatesOf(module: PythonModule, context: SourceContext): Pick<Candidates, 'has' | 'mayBeMember'> {
  // Its names are those of other packages as well, and it is short.
  if (context.role === 'hubconf') return ALWAYS;
  const { follow, isTreeModule } = context;
  if (follow === undefined || isTreeModule === undefined) return new Candidates(module.scope.all, []);
  const fromTree: string[] = [];
  for (const { name, binding } of module.scope.all) {
    if (binding.kind !== 'import') continue;
    const path = module.absolute(binding.path);
    if (isTreeModule(path) || follow(path).length > 0) fromTree.push(name);
  }
  // Names of a star import of the tree could be any.
  const hasStars = module.imports.some(({ module: of, name }) => name === '*' && isTreeModule(module.absolute(of)));
  return hasStars ? ALWAYS : new Candidates(module.scope.all, fromTree);
}

class FactReader {
  readonly #module: PythonModule;
  readonly #context: SourceContext;
  readonly #comments: Suppressions;
  readonly #code: CodeDigests;

  constructor(module: PythonModule, context: SourceContext) {
    this.#module = module;
    this.#code = new CodeDigests(module.source.text, context.checkTime);
    this.#context = context;
    this.#comments = new Suppressions(module, context.locate);
  }

  ofCall(site: CallSite): SourceCallFact[] {
    const targets = this.#targets(this.#module.targets(site));
    return onePerName(targets).map((target) => this.#fact(site.call, site, target, 'call', site));
  }

  ofUse(site: UseSite): SourceCallFact[] {
    const { value, scope, position, call } = site;
    const targets = this.#targets(this.#module.resolve({ value, scope }));
    return onePerName(targets).flatMap((target) => {
      if (position === 'plain' && !isNamespaceMember(target.name)) return [];
      if (position === 'argument' && call !== null && this.#onlyLooks(call, scope)) return [];
      // A decorator is called with what it stands above.
      return [this.#fact(value, site, target, position === 'decorator' ? 'call' : 'value', null)];
    });
  }

  #onlyLooks(call: CallExpression, scope: Scope): boolean {
    const callees = this.#module.resolve({ value: call.callee, scope });
    return callees.length > 0 && callees.every((callee) => callee.kind === 'path' && onlyLooksAt(callee.path));
  }

  #targets(meanings: readonly Meaning[]): Target[] {
    const found: Target[] = [];
    const certain = meanings.length === 1;
    for (const meaning of meanings) {
      const path = this.#fullName(meaning);
      if (path === null) continue;
      const bound = meaning.kind === 'path' || meaning.kind === 'definition' ? meaning.bound : [];
      const name = canonicalName(path);
      if (this.#isWatched(name)) {
        found.push({ name, route: [], bound, certain });
        continue;
      }
      if (meaning.kind !== 'path' || name.startsWith('torch.') || name.startsWith('builtins.')) continue;
      for (const other of this.#context.follow?.(path) ?? []) {
        const last = canonicalName(other.path);
        if (this.#isWatched(last)) found.push({ name: last, route: [path, ...other.route], bound, certain });
      }
    }
    return found;
  }

  /** Inside of torch its functions are definitions. */
  #fullName(meaning: Meaning): string | null {
    if (meaning.kind === 'path') return meaning.path;
    const { module } = this.#context;
    return meaning.kind === 'definition' && module !== null ? `${module}.${meaning.scope.path}` : null;
  }

  #isWatched(name: string): boolean {
    return isWatched(name, this.#context.role === 'hubconf');
  }

  #fact(
    node: Expression,
    { scope, when }: Pick<CallSite, 'scope' | 'when'>,
    target: Target,
    use: SourceCallFact['use'],
    site: CallSite | null,
  ): SourceCallFact {
    const module = this.#module;
    const at = this.#context.locate(node.from, node.to);
    const given = site === null ? boundOnly(module, target.bound) : module.arguments(site, target.bound);
    const positional = given.positional.map((scoped) => this.#value(scoped));
    const keywords = [...given.keywords].map(([name, values]) => ({
      name,
      values: values.map((scoped) => this.#value(scoped)),
    }));
    const values = [
      given.positional.map((scoped) => this.#exactly(scoped)),
      [...given.keywords].map(([name, scoped]) => [name, scoped.map((one) => this.#exactly(one))]),
    ];
    const subject = [
      this.#context.module,
      scope.path,
      when,
      use,
      target.name,
      target.certain,
      target.route,
      given.open,
    ];
    return {
      kind: 'source.call',
      at,
      use,
      target: target.name,
      certain: target.certain,
      route: target.route,
      role: this.#context.role,
      module: this.#context.module,
      scope: scope.path,
      when,
      text: codeLine(module, node, CALL_TEXT),
      positional,
      keywords,
      open: given.open,
      origins: this.#context.originsOf?.(site, target.name, given) ?? [],
      isTest: this.#context.isTest === true,
      count: 1,
      comments: this.#comments.on(node),
      requirement: null,
      insertAt: site === null || target.bound.length > 0 ? null : this.#insertAt(site.call),
      identity: { of: 'source', digest: digestOf([subject, this.#code.of(node), values]) },
    };
  }

  /** An argument as it is written where it comes from, and all that it can be. */
  #exactly(scoped: Scoped): unknown {
    const { values, complete } = this.#module.constants(scoped);
    return [this.#code.of(scoped.value), values, complete, this.#module.textParts(scoped)];
  }

  #value(scoped: Scoped): SourceValue {
    const { values, complete } = this.#module.constants(scoped);
    return {
      text: cut(this.#module.textOf(scoped.value), VALUE_TEXT),
      values,
      complete,
      parts: this.#module.textParts(scoped),
    };
  }

  /** Behind the last argument, where all are plain and nothing but a comma and comments stand between it and the bracket. */
  #insertAt({ args, to }: CallExpression): InsertPlace | null {
    const last = args.at(-1);
    const { text } = this.#module.source;
    if (last === undefined || text[to - 1] !== ')') return null;
    if (args.some(({ star }) => star !== '') || last.value.kind === 'comprehension') return null;
    if (to - last.value.to > LONG_GAP || !ONLY_COMMA.test(text.slice(last.value.to, to - 1))) return null;
    const { line, column, offset } = this.#context.locate(last.value.to, last.value.to);
    return line === null || column === undefined || offset === null ? null : { line, column, offset };
  }
}

/** UTF-16 units behind the last argument that are plain: the expression below keeps a backtracking position for each. */
const LONG_GAP = 1000;

/** A bracket that closes would belong to the argument. */
const ONLY_COMMA = /^(?:\s|\\\r?\n|#[^\r\n]*[\r\n])*(?:,(?:\s|\\\r?\n|#[^\r\n]*[\r\n])*)?$/;

/** What a `partial` that is handed on holds; its caller may pass more. */
function boundOnly(module: PythonModule, bound: readonly BoundArgument[]): CallArguments {
  const [first] = bound;
  if (first === undefined) return { positional: [], keywords: new Map(), open: true };
  const call: CallExpression = {
    kind: 'call',
    from: 0,
    to: 0,
    callee: { kind: 'unknown', from: 0, to: 0, parts: [] },
    args: [],
  };
  return { ...module.arguments({ call, scope: first.scope, when: 'call' }, bound), open: true };
}

/** A name that means the same through several bindings is reported once. */
function onePerName(targets: readonly Target[]): Target[] {
  const byName = new Map<string, Target>();
  for (const target of targets) {
    const known = byName.get(target.name);
    if (known === undefined || known.bound.length > target.bound.length) {
      // Of two partials of one function the one that holds less counts.
      byName.set(target.name, target);
    } else if (known.bound.length === target.bound.length && known.bound.length > 0) {
      // Each keyword then has the values of both.
      const more = target.bound.filter(({ argument }) => argument.name !== null);
      byName.set(target.name, { ...known, bound: [...known.bound, ...more] });
    }
  }
  return [...byName.values()];
}
