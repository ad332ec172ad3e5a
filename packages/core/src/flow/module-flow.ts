// Recursion in this file: the depth of the tree, which the parser bounds (MAX_INDENT, MAX_NESTING). From function to function goes a worklist.
import type { Sink } from '../catalogue/lookup.js';
import type { Meaning } from '../python/resolve.js';
import type { CallSite, Scope } from '../python/scope.js';
import type { CallExpression, Clause, LambdaExpression, Statement } from '../python/syntax.js';
import type { PythonModule } from '../python/module.js';
import { fillParameters } from './entry-points.js';
import type { Flow, Recursion } from './frame.js';
import { Interpreter } from './interpret.js';
import { UnpicklerGuards } from './unpickler-guards.js';
import { Work } from '../python/work.js';
import { MAX_FLOW_STEPS } from './limits.js';
import {
  definitionOf,
  either,
  EMPTY,
  join,
  keyOf,
  NEVER_TRUE,
  rank,
  sameValue,
  sizeOf,
  step,
  stepsOf,
  unite,
  widened,
  type Callable,
  type Guard,
  type Origin,
  type ParameterCall,
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

/** A body of another module, that has read a summary of this one. */
export interface Reader {
  readonly flow: ModuleFlow;
  readonly scope: Scope;
}

/** What is known of other files of the tree. */
export interface Elsewhere {
  /** A function by its full name. Where its file is not settled yet, the reader is gone through again when it changes. */
  readonly follow: (path: string, reader: Reader | null) => Summary | null;
  /** The name lies in a file that was read, and nothing in that file loads objects. */
  readonly loadsNothing: (path: string) => boolean;
  /** Loaders of other libraries that a name of a file stands for: `from cPickle import loads` in it. */
  readonly standsFor: (path: string) => readonly string[];
}

/** A call that may reach several loaders of one kind (`try: import cPickle as pickle`) is one sink, unless they let other things through. */
function sinkKey({ from, sink, setting, guard }: SinkSite): string {
  return `${from}:${sink.family}:${sink.takes}:${setting}:${guard === null ? 'open' : guard.weak ? 'weak' : 'closed'}`;
}

/** A value that bodies write and read; those that have read it are gone through again when it changes. */
interface Cell {
  value: Value;
  changes: number;
  readonly readers: Set<Scope>;
}

/**
 * Follows the data of one module: through its functions, methods and attributes. The bodies of the module, its classes and
 * its functions are a call graph with a worklist: a body is gone through again when something that it has read changed,
 * until nothing does. There is no other limit to that than the work, and reaching that is said.
 */
export class ModuleFlow implements Flow {
  readonly unit: Unit;
  readonly module: PythonModule;
  readonly imports: readonly string[];
  readonly #sites = new Map<CallExpression, CallSite>();
  readonly #targets = new Map<CallExpression, readonly Meaning[]>();
  readonly #arguments = new Map<CallExpression, ReturnType<PythonModule['arguments']>>();
  readonly #functions: Scope[] = [];
  readonly #functionsByPath = new Map<string, Scope>();
  readonly #classes: Scope[] = [];
  readonly #summaries = new Map<Scope, { readonly summary: Summary; readonly readers: Set<Scope> }>();
  readonly #values = new Map<Scope, Map<string, Cell>>();
  readonly #attributes = new Map<Scope, Map<string, Cell>>();
  readonly #families = new Map<Scope, Scope>();
  readonly #callbacks = new Map<Scope, Map<number, readonly Origin[]>>();
  /** What the calls of the module give a parameter, as they were gone through last: bytes that were checked, or others. */
  readonly #given = new Map<Scope, Map<string, Map<CallExpression, boolean>>>();
  readonly #hits = new Map<
    string,
    { site: SinkSite; sources: readonly Origin[]; readonly parameters: Map<string, Origin>; isUnknown: boolean }
  >();
  readonly #shown = new Set<string>();
  readonly #methods = new Map<string, Scope | null>();
  readonly #elsewhere: Elsewhere;
  readonly #guards = new UnpicklerGuards(this);
  readonly #members = new Map<Scope, Map<string, readonly Meaning[]>>();
  readonly #directs = new Map<Scope, readonly (readonly Meaning[])[]>();
  readonly #bases = new Map<Scope, readonly string[]>();
  readonly #hasImport = new Map<RegExp, boolean>();
  readonly #lambdas = new Map<LambdaExpression, Callable>();
  readonly #recursions = new Map<LambdaExpression, Recursion>();
  readonly #loops = new Map<Clause, Map<string, Value | undefined>>();
  readonly #work: Work;
  /** Functions that a framework calls, with the name of the route or the call. */
  readonly #entries = new Map<Scope, string>();
  /** Bodies that wait to be gone through, in their order, and how often each was. */
  readonly #queue: Scope[] = [];
  readonly #waiting = new Set<Scope>();
  readonly #runs = new Map<Scope, number>();
  #polled: Map<Scope, Set<string>> | null = null;
  #running: Scope | null = null;
  /** What a function checks was found after others had gone on without it. */
  #isLate = false;
  #isCutOff = false;
  /** Bodies of other modules that are settled together with this one, by the function whose summary they have read. */
  readonly #outside = new Map<Scope, Map<ModuleFlow, Set<Scope>>>();
  #isSettled = false;

  /** Throws when time is up. */
  readonly checkTime: () => void;

  constructor(unit: Unit, elsewhere: Elsewhere, checkTime: () => void) {
    this.unit = unit;
    this.module = unit.module;
    this.#elsewhere = elsewhere;
    this.checkTime = checkTime;
    this.#work = new Work(MAX_FLOW_STEPS, checkTime);
    this.imports = [
      ...new Set(
        this.module.imports
          .map(({ module, name }) => (name === null || name === '*' ? module : `${module}.${name}`))
          .flatMap((path) => [path, this.module.absolute(path)])
          // `mp.connection.Client(…)` of a module that imports the package alone.
          .flatMap((path) => [path, ...(PROCESSES.test(path) ? this.#connectionsUnder() : [])]),
      ),
    ];
    for (const site of this.module.calls) this.#sites.set(site.call, site);
    this.#collect(this.module.scope);
    for (const scope of this.#functions) {
      this.#functionsByPath.set(scope.path, scope);
      this.#summaries.set(scope, { summary: emptySummary(scope, unit), readers: new Set() });
    }
    this.#scheduleBodies();
  }

  #connectionsUnder(): readonly string[] {
    return [...this.module.source.text.matchAll(CONNECTION_MEMBER)].map(
      ([, name]) => `multiprocessing.connection.${name}`,
    );
  }

  /** Why not everything was gone through; null where it was. */
  get unread(): string | null {
    if (this.#work.exhausted) return 'the data flow is too entangled to follow all of it';
    return this.#isCutOff ? 'expressions, or calls of lambdas, lie too deep in each other to follow their data' : null;
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
    return [...this.#hits.values()].map((hit) => ({ ...hit, parameters: [...hit.parameters.values()] }));
  }

  /** A function by its path in the module, for other files. */
  summaryAt(path: string, reader: Reader | null = null): Summary | null {
    const found = this.#functionsByPath.get(path);
    if (found === undefined) return null;
    if (reader !== null && !this.#isSettled) {
      let known = this.#outside.get(found);
      if (known === undefined) this.#outside.set(found, (known = new Map<ModuleFlow, Set<Scope>>()));
      const scopes = known.get(reader.flow);
      if (scopes === undefined) known.set(reader.flow, new Set([reader.scope]));
      else scopes.add(reader.scope);
    }
    return this.summaryOf(found);
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

  #scheduleBodies(): void {
    this.#schedule(this.module.scope);
    for (const scope of this.#classes) this.#schedule(scope);
    for (const scope of this.#functions) this.#schedule(scope);
  }

  /** Some were gone through before it was known what others check. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /** Nothing waits, or nothing more may be done. */
  get isIdle(): boolean {
    return this.#queue.length === 0;
  }

  /** Once more, with all that is known of checks. */
  restart(): void {
    for (const known of [this.#values, this.#attributes, this.#callbacks, this.#hits, this.#loops, this.#recursions])
      known.clear();
    for (const { summary } of this.#summaries.values()) {
      summary.sinks.clear();
      summary.calls.clear();
    }
    this.#runs.clear();
    this.#scheduleBodies();
  }

  /** Goes through the bodies that wait, and through those that this makes wait. */
  run(): void {
    for (let at = 0; at < this.#queue.length; at += 1) {
      const scope = this.#queue[at];
      if (scope === undefined || !this.#work.step()) break;
      this.#waiting.delete(scope);
      this.#running = scope;
      const { node } = scope;
      if (scope === this.module.scope) this.#body(scope, this.module.body);
      else if (node?.kind === 'class') this.#body(scope, node.body);
      else if (node?.kind === 'function') this.#function(scope, node.body);
    }
    this.#running = null;
    this.#queue.length = 0;
    this.#waiting.clear();
  }

  /** Nothing of it changes from here on. */
  end(): void {
    this.#isSettled = true;
    this.#outside.clear();
  }

  #schedule(scope: Scope): void {
    if (this.#waiting.has(scope)) return;
    this.#waiting.add(scope);
    this.#queue.push(scope);
  }

  #scheduleAll(scopes: Iterable<Scope>): void {
    for (const scope of scopes) this.#schedule(scope);
  }

  /** A summary has changed. */
  #changed(owner: Scope, readers: ReadonlySet<Scope>): void {
    this.#scheduleAll(readers);
    for (const [flow, scopes] of this.#outside.get(owner) ?? []) flow.#scheduleAll(scopes);
  }

  again(): void {
    if (this.#running !== null) this.#schedule(this.#running);
  }

  #body(scope: Scope, body: readonly Statement[]): void {
    const interpreter = new Interpreter(this, scope);
    interpreter.run(body);
    this.#keep(scope, interpreter.finals);
  }

  #function(scope: Scope, body: readonly Statement[]): void {
    const known = this.#summaries.get(scope);
    if (known === undefined) return;
    const { summary, readers } = known;
    const runs = (this.#runs.get(scope) ?? 0) + 1;
    this.#runs.set(scope, runs);
    const interpreter = new Interpreter(this, scope);
    interpreter.parameters = summary.parameters;
    fillParameters(interpreter, scope, summary, this.#callbacks.get(scope));
    if (interpreter.run(body)) interpreter.end(summary.parameters);
    this.#keep(scope, interpreter.finals);
    const found = interpreter.returned.length === 0 ? NEVER_TRUE : either(interpreter.returned);
    // A new result replaces the known one. If that does not end, it is added.
    const isStubborn = runs > TIMES_BEFORE_WIDENING;
    const returns = isStubborn ? widened(either([summary.returns, found])) : found;
    // A returned truth value is checked by the caller.
    const verifies = summary.parameters.filter(
      (name) =>
        returns.check.length === 0 &&
        interpreter.verified.has(name) &&
        (!isStubborn || summary.verifies.includes(name)),
    );
    const isSame = sameValue(summary.returns, returns);
    const hasOtherCodes = join(interpreter.returned).mac.length > returns.mac.length;
    const checksSame =
      hasOtherCodes === summary.hasOtherCodes &&
      verifies.join() === summary.verifies.join() &&
      returns.check.join() === summary.returns.check.join() &&
      returns.mac.join() === summary.returns.mac.join();
    if (isSame && checksSame) return;
    this.#isLate ||= !checksSame && readers.size + (this.#outside.get(scope)?.size ?? 0) > 0;
    summary.returns = returns;
    summary.hasOtherCodes = hasOtherCodes;
    summary.verifies = verifies;
    this.#changed(scope, readers);
  }

  #keep(scope: Scope, finals: ReadonlyMap<string, Value>): void {
    for (const [name, value] of finals) this.#add(this.#cell(this.#values, scope, name), value);
  }

  #cell(cells: Map<Scope, Map<string, Cell>>, scope: Scope, name: string): Cell {
    let known = cells.get(scope);
    if (known === undefined) cells.set(scope, (known = new Map<string, Cell>()));
    let cell = known.get(name);
    if (cell === undefined) known.set(name, (cell = { value: EMPTY, changes: 0, readers: new Set() }));
    return cell;
  }

  #add(cell: Cell, added: Value): void {
    const value = added === NEVER_TRUE ? EMPTY : added;
    const joined = cell.value === EMPTY ? value : join([cell.value, value]);
    const after = cell.changes < TIMES_BEFORE_WIDENING ? joined : widened(joined);
    this.#work.step(sizeOf(after));
    if (sameValue(cell.value, after)) return;
    cell.value = after;
    cell.changes += 1;
    this.#scheduleAll(cell.readers);
  }

  #valueOf(cell: Cell): Value {
    if (this.#running !== null) cell.readers.add(this.#running);
    return cell.value;
  }

  // What the parts of the analysis ask for

  step(count = 1): boolean {
    return this.#work.step(count);
  }

  cutOff(): void {
    this.#isCutOff = true;
  }

  hasImport(pattern: RegExp): boolean {
    let found = this.#hasImport.get(pattern);
    if (found === undefined)
      this.#hasImport.set(pattern, (found = this.imports.some((module) => pattern.test(module))));
    return found;
  }

  lambdaOf(node: LambdaExpression, scope: Scope): Callable {
    let known = this.#lambdas.get(node);
    if (known === undefined) this.#lambdas.set(node, (known = { kind: 'lambda', node, scope }));
    return known;
  }

  recursionOf(lambda: LambdaExpression): Recursion {
    let known = this.#recursions.get(lambda);
    if (known === undefined) this.#recursions.set(lambda, (known = { given: [], result: EMPTY, isUsed: false }));
    return known;
  }

  loopOf(head: Clause): Map<string, Value | undefined> {
    let known = this.#loops.get(head);
    if (known === undefined) this.#loops.set(head, (known = new Map<string, Value | undefined>()));
    return known;
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
    // Bases first: a chain of classes may be long.
    const waiting: { readonly scope: Scope; readonly isDone: boolean }[] = [{ scope: owner, isDone: false }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { scope, isDone } = next;
      if (!isDone && this.#bases.has(scope)) continue;
      const found = new Set<string>();
      if (!isDone) waiting.push({ scope, isDone: true });
      for (const base of this.baseGroupsOf(scope).flat()) {
        if (base.kind === 'path') found.add(base.path);
        else if (base.kind !== 'definition' || base.scope.kind !== 'class') continue;
        else if (!isDone) waiting.push({ scope: base.scope, isDone: false });
        else for (const path of this.#bases.get(base.scope) ?? []) found.add(path);
      }
      this.#bases.set(scope, this.#work.step(1 + found.size) ? [...found] : []);
    }
    return this.#bases.get(owner) ?? [];
  }

  /** What each base of a class stands for. */
  baseGroupsOf(owner: Scope): readonly (readonly Meaning[])[] {
    const known = this.#directs.get(owner);
    if (known !== undefined) return known;
    const { parent } = owner;
    const found =
      parent === null
        ? []
        : owner.classArguments
            .filter(({ name, star }) => name === null && star === '')
            .map(({ value }) => this.module.resolve({ value, scope: parent }));
    this.#directs.set(owner, found);
    return found;
  }

  summaryOf(scope: Scope): Summary | null {
    const known = this.#summaries.get(scope);
    if (known === undefined) return null;
    if (this.#running !== null) known.readers.add(this.#running);
    return known.summary;
  }

  follow(path: string): Summary | null {
    return this.#elsewhere.follow(path, this.#running === null ? null : { flow: this, scope: this.#running });
  }

  loadsNothing(path: string): boolean {
    return this.#elsewhere.loadsNothing(path);
  }

  standsFor(path: string): readonly string[] {
    return path.includes('.') ? this.#elsewhere.standsFor(path) : [];
  }

  valueIn(scope: Scope, name: string): Value | null {
    if (!scope.bindings.has(name) && this.#values.get(scope)?.has(name) !== true) return null;
    const value = this.#valueOf(this.#cell(this.#values, scope, name));
    return value === EMPTY ? null : value;
  }

  polledIn(scope: Scope): ReadonlySet<string> {
    if (this.#polled === null) {
      this.#polled = new Map<Scope, Set<string>>();
      for (const { call, scope: of } of this.module.calls) {
        if (call.callee.kind !== 'attribute' || call.callee.name !== 'poll') continue;
        const known = this.#polled.get(of) ?? new Set<string>();
        this.#polled.set(of, known.add(this.module.textOf(call.callee.object)));
      }
    }
    return this.#polled.get(scope) ?? new Set();
  }

  onlyMethod(name: string): Scope | null {
    return name.length > 5 ? (this.#methods.get(name) ?? null) : null;
  }

  /** Classes of one inheritance share their attributes: whichever of them writes one, all of them read it. */
  #familyOf(owner: Scope): Scope {
    const passed = new Set<Scope>();
    let at = owner;
    for (;;) {
      const known = this.#families.get(at);
      if (known !== undefined) at = known;
      if (known !== undefined || passed.has(at)) break;
      passed.add(at);
      const own = at;
      const base = this.baseGroupsOf(own)
        .flat()
        .find((of) => of.kind === 'definition' && of.scope.kind === 'class' && of.scope !== own);
      if (base?.kind !== 'definition') break;
      at = base.scope;
    }
    for (const scope of passed) this.#families.set(scope, at);
    return at;
  }

  attribute(owner: Scope, name: string): Value {
    const found: Value[] = [
      this.#valueOf(this.#cell(this.#attributes, this.#familyOf(owner), name)),
      this.valueIn(owner, name) ?? EMPTY,
    ];
    for (const meaning of this.member(owner, name)) {
      if (meaning.kind === 'definition') found.push({ ...EMPTY, callables: [definitionOf(meaning.scope)] });
      else if (meaning.kind === 'instance') found.push({ ...EMPTY, instances: [meaning.scope] });
      else if (meaning.kind === 'path' && !meaning.path.startsWith('builtins.'))
        found.push({ ...EMPTY, paths: [meaning.path] });
    }
    return join(found.filter((value) => value !== EMPTY));
  }

  addAttribute(owner: Scope, name: string, value: Value): void {
    this.#add(this.#cell(this.#attributes, this.#familyOf(owner), name), value);
  }

  addCallback(scope: Scope, parameter: number, origin: Origin): void {
    let known = this.#callbacks.get(scope);
    if (known === undefined) this.#callbacks.set(scope, (known = new Map<number, readonly Origin[]>()));
    const before = known.get(parameter) ?? [];
    const after = unite([before, [origin]]);
    if (after.length === before.length) return;
    known.set(parameter, after);
    this.#schedule(scope);
  }

  /** An unpickler of the module: what its find_class lets through. */
  guardOf(owner: Scope): Guard | null {
    return this.#guards.ofClass(owner);
  }

  guardOfMethod(method: Scope): Guard | null {
    return this.#guards.ofMethod(method);
  }

  showLoader(path: string): void {
    this.#shown.add(path);
  }

  /** It is called somewhere under another name, or for another function. */
  isShown(path: string): boolean {
    return this.#shown.has(path);
  }

  addValue(scope: Scope, name: string, value: Value): void {
    this.#add(this.#cell(this.#values, scope, name), value);
  }

  addGiven(owner: Scope, parameter: string, call: CallExpression, isChecked: boolean): void {
    if (!this.#summaries.has(owner)) return;
    let known = this.#given.get(owner);
    if (known === undefined) this.#given.set(owner, (known = new Map<string, Map<CallExpression, boolean>>()));
    let calls = known.get(parameter);
    if (calls === undefined) known.set(parameter, (calls = new Map<CallExpression, boolean>()));
    calls.set(call, isChecked);
  }

  /** The first call of a function of the module, where each of its calls gives a parameter bytes that were checked. */
  checkedCallOf({ owner, name }: NonNullable<Origin['parameter']>): CallExpression | null {
    const calls = this.#given.get(owner)?.get(name);
    return calls !== undefined && [...calls.values()].every(Boolean) ? ([...calls.keys()][0] ?? null) : null;
  }

  addParameterCall(owner: Scope, { parameter, member, positional }: ParameterCall): void {
    const known = this.#summaries.get(owner);
    if (known === undefined) return;
    const key = `${parameter}.${member ?? ''}`;
    const before = known.summary.calls.get(key);
    const given = Array.from({ length: Math.max(before?.positional.length ?? 0, positional.length) }, (_, i) => {
      const origins = unite([before?.positional[i]?.origins ?? [], positional[i]?.origins ?? []]);
      return origins.length === 0 ? EMPTY : { ...EMPTY, origins };
    });
    this.#work.step(given.reduce((sum, value) => sum + sizeOf(value), SINK_STEPS));
    if (
      before?.positional.length === given.length &&
      given.every((value, i) => sameValue(before.positional[i] ?? EMPTY, value))
    )
      return;
    known.summary.calls.set(key, { parameter, member, positional: given });
    this.#changed(owner, known.readers);
  }

  hit(site: SinkSite, given: readonly Origin[]): void {
    const { guard } = site;
    const origins = guard === null ? given : given.map((origin) => ({ ...origin, guard: origin.guard ?? guard }));
    // A path is no data; a function that takes bytes makes it some.
    const takesBytes = site.sink.takes === 'bytes';
    const marked = takesBytes
      ? origins.map((origin) => (isOpenFile(site.sink, origin) ? origin : { ...origin, isBytes: true }))
      : origins;
    const key = `${site.unit === this.unit ? '' : this.#wayOut(site, given)}:${sinkKey(site)}`;
    const sources = marked.filter(({ source }) => source !== null);
    const parameters = marked.filter(({ parameter }) => parameter !== null);
    let known = this.#hits.get(key);
    if (known === undefined) {
      this.#hits.set(key, (known = { site, sources, parameters: new Map(), isUnknown: given.length === 0 }));
    } else {
      known.sources = unite([known.sources, sources]).toSorted((a, b) => rank(a) - rank(b));
      known.isUnknown ||= given.length === 0;
    }
    for (const origin of parameters) {
      if (!this.#work.step()) break;
      const of = `${origin.parameter?.owner.path ?? ''}:${keyOf(origin)}`;
      if (!known.parameters.has(of)) known.parameters.set(of, origin);
      this.#toCallers(site, origin);
    }
  }

  /** A loader of another file is reported once for each call here that leads to it. */
  #wayOut({ unit, from, to }: SinkSite, [origin]: readonly Origin[]): string {
    const own = origin === undefined ? undefined : stepsOf(origin.trail).findLast((item) => item.unit === this.unit);
    return `${unit.locate(from, to).path}<${own?.from ?? 0}`;
  }

  #toCallers(site: SinkSite, origin: Origin): void {
    const known = origin.parameter === null ? undefined : this.#summaries.get(origin.parameter.owner);
    if (known === undefined) return;
    const where = site.unit === this.unit ? '' : site.unit.locate(site.from, site.to).path;
    const key = `${where}:${sinkKey(site)}:${keyOf(origin)}`;
    const { sinks } = known.summary;
    if (sinks.has(key)) return;
    this.#work.step(SINK_STEPS);
    sinks.set(key, { origin, site });
    if (origin.parameter !== null) this.#changed(origin.parameter.owner, known.readers);
  }
}

/**
 * Goes through modules that call each other until nothing new comes out: the bodies of all of them are one call graph. What
 * some check may be found after others have gone on without it; then all is gone through once more.
 */
export function settle(flows: readonly ModuleFlow[]): void {
  const runAll = (): void => {
    while (flows.some(({ isIdle }) => !isIdle)) for (const flow of flows) flow.run();
  };
  runAll();
  if (flows.some(({ isLate }) => isLate)) {
    for (const flow of flows) flow.restart();
    runAll();
  }
  for (const flow of flows) flow.end();
}

const PROCESSES = /^(?:torch\.)?multiprocess(?:ing)?(?:\.connection)?$/;
const CONNECTION_MEMBER = /\.connection\.(Client|Listener)\(/g;

/** YAML is read from texts and from open files: a parameter that says so is one. */
function isOpenFile({ family }: Sink, { parameter }: Origin): boolean {
  return (
    family === 'yaml' && parameter !== null && /^(?:f|fp|fd|fh|fobj|file|file_?obj|file_?handle)$/.test(parameter.name)
  );
}

/** Changes of a value, and runs of a function, before values are distinguished less: so cycles come to an end. */
const TIMES_BEFORE_WIDENING = 8;
/** What a sink costs that a function hands to its callers: the room that it takes. */
const SINK_STEPS = 16;

function emptySummary(owner: Scope, unit: Unit): Summary {
  const { node } = owner;
  const isStatic =
    node?.decorators.some((decorator) => decorator.kind === 'name' && decorator.id === 'staticmethod') ?? false;
  return {
    owner,
    unit,
    parameters: node?.kind === 'function' ? node.parameters.map(({ name }) => name) : [],
    isMethod: owner.ownerClass !== null && !isStatic,
    returns: NEVER_TRUE,
    hasOtherCodes: false,
    sinks: new Map(),
    calls: new Map(),
    verifies: [],
  };
}

/** The steps from the source to the sink. */
export function trailTo(
  origin: Origin,
  { unit, from, to, sink }: { readonly unit: Unit; readonly from: number; readonly to: number; readonly sink: Sink },
): Origin['trail'] {
  return step(unit, { from, to }, `loaded by ${sink.name}`, origin.trail);
}
