import type { Sink } from '../../../catalogue/serving-sinks.js';
import type { Meaning } from '../resolve.js';
import type { CallSite, Scope } from '../scope.js';
import type { CallExpression } from '../syntax.js';
import { UNPICKLER } from '../../../catalogue/serving-sinks.js';
import type { PythonModule } from '../module.js';
import { fillParameters } from './entry-points.js';
import { judgeFindClass } from './find-class.js';
import type { Flow } from './frame.js';
import { Interpreter } from './interpret.js';
import { MAX_FLOW_STEPS, MAX_PARAMETER_SINKS, MAX_ROUNDS } from './limits.js';
import {
  EMPTY,
  join,
  rank,
  sameValue,
  step,
  stepsOf,
  unite,
  type Guard,
  type Origin,
  type SinkSite,
  type Summary,
  type Unit,
  type Value,
} from './value.js';

/** What reaches a sink. */
export interface SinkHit {
  readonly site: SinkSite;
  /** With a source; the worst first. */
  readonly sources: readonly Origin[];
  /** Parameters of functions that nobody in the module calls with a source. */
  readonly parameters: readonly Origin[];
  /** It was reached with something that is not known. */
  readonly isUnknown: boolean;
}

/** Functions of another file of the tree by their full names. */
export type Follow = (path: string) => Summary | null;

/** Follows the data of one module: through its functions, methods and attributes, until nothing new comes out. */
export class ModuleFlow implements Flow {
  readonly unit: Unit;
  readonly module: PythonModule;
  readonly imports: readonly string[];
  readonly #sites = new Map<CallExpression, CallSite>();
  readonly #targets = new Map<CallExpression, readonly Meaning[]>();
  readonly #arguments = new Map<CallExpression, ReturnType<PythonModule['arguments']>>();
  readonly #functions: Scope[] = [];
  readonly #classes: Scope[] = [];
  readonly #summaries = new Map<Scope, Summary>();
  readonly #values = new Map<Scope, Map<string, Value>>();
  readonly #attributes = new Map<Scope, Map<string, Value>>();
  readonly #families = new Map<Scope, Scope>();
  readonly #callbacks = new Map<Scope, Map<number, Origin>>();
  readonly #hits = new Map<
    string,
    { site: SinkSite; sources: readonly Origin[]; parameters: readonly Origin[]; isUnknown: boolean }
  >();
  readonly #methods = new Map<string, Scope | null>();
  readonly #follow: Follow;
  readonly #guards = new Map<Scope, Guard | null>();
  readonly #members = new Map<Scope, Map<string, readonly Meaning[]>>();
  readonly #bases = new Map<Scope, readonly string[]>();
  readonly #checkTime: () => void;
  /** Functions that a framework calls, with the name of the route or the call. */
  readonly #entries = new Map<Scope, string>();
  #changed = false;
  #steps = 0;

  constructor(unit: Unit, follow: Follow, checkTime: () => void) {
    this.unit = unit;
    this.module = unit.module;
    this.#follow = follow;
    this.#checkTime = checkTime;
    this.imports = [
      ...new Set(
        this.module.imports
          .map(({ module, name }) => (name === null || name === '*' ? module : `${module}.${name}`))
          .flatMap((path) => [path, this.module.absolute(path)]),
      ),
    ];
    for (const site of this.module.calls) this.#sites.set(site.call, site);
    this.#collect(this.module.scope);
    for (const scope of this.#functions) this.#summaries.set(scope, emptySummary(scope, unit));
    this.#run();
  }

  /** Not everything was gone through. */
  get exhausted(): boolean {
    return this.#steps > MAX_FLOW_STEPS;
  }

  /** A framework calls one of its functions with what others send. */
  get opensInterface(): boolean {
    return this.#entries.size > 0;
  }

  addEntry(scope: Scope, name: string): void {
    this.#entries.set(scope, name);
  }

  entryOf(scope: Scope): string | null {
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      const found = this.#entries.get(at);
      if (found !== undefined) return found;
    }
    return null;
  }

  get functions(): readonly Scope[] {
    return this.#functions;
  }

  get classes(): readonly Scope[] {
    return this.#classes;
  }

  get hits(): readonly SinkHit[] {
    return [...this.#hits.values()];
  }

  /** A function by its path in the module, for other files. */
  summaryAt(path: string): Summary | null {
    const found = this.#functions.findLast((scope) => scope.path === path);
    return found === undefined ? null : this.summaryOf(found);
  }

  #collect(scope: Scope): void {
    for (const bindings of scope.bindings.values()) {
      for (const binding of bindings) {
        if (binding.kind !== 'function' && binding.kind !== 'class') continue;
        const { definition } = binding;
        if (binding.kind === 'function') {
          this.#functions.push(definition);
          const name = definition.node?.name ?? '';
          if (scope.kind === 'class') this.#methods.set(name, this.#methods.has(name) ? null : definition);
        } else {
          this.#classes.push(definition);
        }
        this.#collect(definition);
      }
    }
  }

  #run(): void {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      this.#changed = false;
      this.#body(this.module.scope, this.module.body);
      for (const scope of this.#classes) if (scope.node?.kind === 'class') this.#body(scope, scope.node.body);
      for (const scope of this.#functions) this.#function(scope);
      if (!this.#changed || this.exhausted) return;
    }
  }

  #body(scope: Scope, body: Parameters<Interpreter['run']>[0]): void {
    const interpreter = new Interpreter(this, scope);
    interpreter.run(body);
    this.#keep(scope, interpreter.finals);
  }

  #function(scope: Scope): void {
    const { node } = scope;
    const summary = this.#summaries.get(scope);
    if (node?.kind !== 'function' || summary === undefined) return;
    const interpreter = new Interpreter(this, scope);
    fillParameters(interpreter, scope, summary, this.#callbacks.get(scope));
    const reachesEnd = interpreter.run(node.body);
    this.#keep(scope, interpreter.finals);
    const returns = join(...interpreter.returned);
    if (!sameValue(summary.returns, returns)) {
      summary.returns = returns;
      this.#changed = true;
    }
    const ends = reachesEnd ? [...interpreter.ends, interpreter.env] : interpreter.ends;
    // What is returned as a truth value is checked by whoever asks for it.
    const verifies = summary.parameters.filter(
      (name) => ends.length > 0 && returns.check.length === 0 && ends.every((env) => isGuarded(env.get(name), scope)),
    );
    if (verifies.join() !== summary.verifies.join()) {
      summary.verifies = verifies;
      this.#changed = true;
    }
  }

  #keep(scope: Scope, finals: ReadonlyMap<string, Value>): void {
    let known = this.#values.get(scope);
    if (known === undefined) this.#values.set(scope, (known = new Map<string, Value>()));
    for (const [name, value] of finals) {
      const before = known.get(name) ?? EMPTY;
      const after = before === EMPTY ? value : join(before, value);
      if (sameValue(before, after)) continue;
      known.set(name, after);
      this.#changed = true;
    }
  }

  // What the parts of the analysis ask for

  tick(): boolean {
    this.#steps += 1;
    if (this.#steps % 4096 === 0) this.#checkTime();
    return !this.exhausted;
  }

  targetsOf(call: CallExpression): readonly Meaning[] {
    const known = this.#targets.get(call);
    if (known !== undefined) return known;
    const site = this.#sites.get(call);
    const targets = site === undefined ? [] : this.#superOf(site, this.module.targets(site));
    this.#targets.set(call, targets);
    return targets;
  }

  /** `super().name` is a member of the bases. */
  #superOf({ call, scope }: CallSite, targets: readonly Meaning[]): readonly Meaning[] {
    const { callee } = call;
    if (
      callee.kind !== 'attribute' ||
      callee.object.kind !== 'call' ||
      callee.object.callee.kind !== 'name' ||
      callee.object.callee.id !== 'super'
    )
      return targets;
    let owner: Scope | null = scope;
    while (owner !== null && owner.ownerClass === null) owner = owner.parent;
    const of = owner?.ownerClass;
    if (of?.parent == null) return targets;
    const { parent } = of;
    return of.classArguments
      .filter(({ name }) => name === null)
      .flatMap(({ value }) => this.module.resolve({ value, scope: parent }))
      .flatMap((base): readonly Meaning[] => {
        if (base.kind === 'definition' && base.scope.kind === 'class' && base.scope !== of)
          return this.member(base.scope, callee.name);
        return base.kind === 'path' ? [{ kind: 'path', path: `${base.path}().${callee.name}`, bound: [] }] : [];
      });
  }

  argumentsOf(call: CallExpression): ReturnType<PythonModule['arguments']> | null {
    const known = this.#arguments.get(call);
    if (known !== undefined) return known;
    const site = this.#sites.get(call);
    if (site === undefined) return null;
    const [target] = this.targetsOf(call);
    const bound = target?.kind === 'path' || target?.kind === 'definition' ? target.bound : [];
    const found = this.module.arguments(site, bound);
    this.#arguments.set(call, found);
    return found;
  }

  /** As the module's own, which looks each of them up again. */
  member(owner: Scope, name: string): readonly Meaning[] {
    let known = this.#members.get(owner);
    if (known === undefined) this.#members.set(owner, (known = new Map<string, readonly Meaning[]>()));
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = this.module.member(owner, name)));
    return found;
  }

  /** Full names of the bases of a class that other modules have. */
  basesOf(owner: Scope): readonly string[] {
    const known = this.#bases.get(owner);
    if (known !== undefined) return known;
    this.#bases.set(owner, []);
    const { parent } = owner;
    const found =
      parent === null
        ? []
        : owner.classArguments
            .filter(({ name, star }) => name === null && star === '')
            .flatMap(({ value }) => this.module.resolve({ value, scope: parent }))
            .flatMap((meaning) => {
              if (meaning.kind === 'path') return [meaning.path];
              return meaning.kind === 'definition' && meaning.scope.kind === 'class' ? this.basesOf(meaning.scope) : [];
            });
    this.#bases.set(owner, found);
    return found;
  }

  summaryOf(scope: Scope): Summary | null {
    return this.#summaries.get(scope) ?? null;
  }

  follow(path: string): Summary | null {
    return this.#follow(path);
  }

  valueIn(scope: Scope, name: string): Value | null {
    return this.#values.get(scope)?.get(name) ?? null;
  }

  onlyMethod(name: string): Scope | null {
    return name.length > 5 ? (this.#methods.get(name) ?? null) : null;
  }

  /** Classes of one inheritance share their attributes: whichever of them writes one, all of them read it. */
  #familyOf(owner: Scope): Scope {
    const known = this.#families.get(owner);
    if (known !== undefined) return known;
    this.#families.set(owner, owner);
    const { parent } = owner;
    for (const { name, value } of owner.classArguments) {
      if (name !== null || parent === null) continue;
      for (const base of this.module.resolve({ value, scope: parent })) {
        if (base.kind !== 'definition' || base.scope.kind !== 'class' || base.scope === owner) continue;
        const family = this.#familyOf(base.scope);
        this.#families.set(owner, family);
        return family;
      }
    }
    return owner;
  }

  attribute(owner: Scope, name: string): Value {
    const found: Value[] = [
      this.#attributes.get(this.#familyOf(owner))?.get(name) ?? EMPTY,
      this.valueIn(owner, name) ?? EMPTY,
    ];
    for (const meaning of this.member(owner, name)) {
      if (meaning.kind === 'definition')
        found.push({ ...EMPTY, callables: [{ kind: 'definition', scope: meaning.scope }] });
      else if (meaning.kind === 'instance') found.push({ ...EMPTY, instances: [meaning.scope] });
      else if (meaning.kind === 'path' && !meaning.path.startsWith('builtins.'))
        found.push({ ...EMPTY, paths: [meaning.path] });
    }
    const known = found.filter((value) => value !== EMPTY);
    return known.length === 0 ? EMPTY : join(...known);
  }

  addAttribute(owner: Scope, name: string, value: Value): void {
    const family = this.#familyOf(owner);
    let known = this.#attributes.get(family);
    if (known === undefined) this.#attributes.set(family, (known = new Map<string, Value>()));
    const before = known.get(name) ?? EMPTY;
    const after = join(...[before, value].filter((item) => item !== EMPTY));
    if (sameValue(before, after)) return;
    known.set(name, after);
    this.#changed = true;
  }

  addCallback(scope: Scope, parameter: number, origin: Origin): void {
    let known = this.#callbacks.get(scope);
    if (known === undefined) this.#callbacks.set(scope, (known = new Map<number, Origin>()));
    if (known.has(parameter)) return;
    known.set(parameter, origin);
    this.#changed = true;
  }

  /** An unpickler of the module: what its find_class lets through. */
  guardOf(owner: Scope): Guard | null {
    const known = this.#guards.get(owner);
    if (known !== undefined) return known;
    this.#guards.set(owner, null);
    if (!this.basesOf(owner).some((path) => UNPICKLER.test(path))) return null;
    const [method] = this.member(owner, 'find_class').flatMap((of) => (of.kind === 'definition' ? [of.scope] : []));
    if (method?.node == null) return null;
    const judged = judgeFindClass(this.module, method);
    if (judged === 'none') return null;
    const isWeak = judged === 'weak';
    const text = isWeak
      ? `${owner.path}.find_class holds no allowlist of exact names`
      : `${owner.path}.find_class has an allowlist`;
    const guard: Guard = { text, weak: isWeak, unit: this.unit, at: method.node.from };
    this.#guards.set(owner, guard);
    return guard;
  }

  hit(site: SinkSite, given: readonly Origin[]): void {
    const { guard } = site;
    const origins = guard === null ? given : given.map((origin) => ({ ...origin, guard: origin.guard ?? guard }));
    // A path is no data; a function that takes bytes makes it some.
    const takesBytes = site.sink.takes === 'bytes';
    const marked = takesBytes ? origins.map((origin) => ({ ...origin, isBytes: true })) : origins;
    const key = `${site.unit === this.unit ? '' : this.#wayOut(site, given)}:${site.from}:${site.sink.name}`;
    const sources = marked.filter(({ source }) => source !== null);
    const parameters = marked.filter(({ parameter }) => parameter !== null);
    const known = this.#hits.get(key);
    if (known === undefined) {
      this.#hits.set(key, { site, sources, parameters, isUnknown: given.length === 0 });
      this.#changed = true;
    } else {
      const all = unite([known.sources, sources]).toSorted((a, b) => rank(a) - rank(b));
      if (all.length !== known.sources.length) this.#changed = true;
      known.sources = all;
      known.parameters = unite([known.parameters, parameters]);
      known.isUnknown ||= given.length === 0;
    }
    for (const origin of parameters) this.#toCallers(site, origin);
  }

  /** A loader of another file is told once for each call here that leads to it. */
  #wayOut({ unit, from, to }: SinkSite, [origin]: readonly Origin[]): string {
    const own = origin === undefined ? undefined : stepsOf(origin.trail).findLast((item) => item.unit === this.unit);
    return `${unit.locate(from, to).path}<${own?.from ?? 0}`;
  }

  #toCallers(site: SinkSite, origin: Origin): void {
    const summary = origin.parameter === null ? undefined : this.#summaries.get(origin.parameter.owner);
    if (summary === undefined || summary.sinks.length >= MAX_PARAMETER_SINKS) return;
    const isKnown = summary.sinks.some(
      (known) =>
        known.site.from === site.from &&
        known.site.unit === site.unit &&
        known.origin.parameter?.name === origin.parameter?.name,
    );
    if (isKnown) return;
    summary.sinks = [...summary.sinks, { origin, site }];
    this.#changed = true;
  }
}

function isGuarded(value: Value | undefined, scope: Scope): boolean {
  const own = value?.origins.filter(({ parameter }) => parameter?.owner === scope) ?? [];
  return own.length > 0 && own.every(({ guard }) => guard !== null && !guard.weak);
}

function emptySummary(owner: Scope, unit: Unit): Summary {
  const { node } = owner;
  const isStatic =
    node?.decorators.some((decorator) => decorator.kind === 'name' && decorator.id === 'staticmethod') ?? false;
  return {
    owner,
    unit,
    parameters: node?.kind === 'function' ? node.parameters.map(({ name }) => name) : [],
    isMethod: owner.ownerClass !== null && !isStatic,
    returns: EMPTY,
    sinks: [],
    verifies: [],
  };
}

/** The way from the source to the sink. */
export function wayTo(
  origin: Origin,
  { unit, from, to, sink }: { readonly unit: Unit; readonly from: number; readonly to: number; readonly sink: Sink },
): Origin['trail'] {
  return step(unit, { from, to }, `loaded by ${sink.name}`, origin.trail);
}
