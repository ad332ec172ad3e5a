// Recursion in this file: what a parameter is called with holds no functions, so that calls of parameters nest twice; lambdas have MAX_FLOW_DEPTH.
import {
  BYTES_STREAM,
  CALLBACKS,
  CALLBACK_MEMBERS,
  CARRIERS,
  CARRIER_NAME,
  CLEAN_MEMBERS,
  COLLECTIVES,
  COLLECTIVE_NAME,
  COMPARE,
  CONVERTER_NAME,
  DIFFER,
  FILLERS,
  FILLS_LAST,
  HIGHER_ORDER,
  LOOKS_UP,
  MAC,
  MANAGERS,
  NEW_TENSOR,
  OPENERS,
  OTHER_RESULTS,
  RECEIVING_SINKS,
  SOURCE_CALLS,
  TENSOR,
  TENSOR_COLLECTIVES,
  type ReceivingSink,
  type Sink,
  type SourceKind,
  UNPICKLER,
  VERIFIERS,
  ZMQ_DECODED,
  sinkOf,
} from '../catalogue/lookup.js';
import type { Scope } from '../python/scope.js';
import type { CallExpression, Expression } from '../python/syntax.js';
import { applySummary } from './apply-summary.js';
import { isComparer } from './comparers.js';
import { coveredBy } from './covered.js';
import { elementOf, guarded, type Frame } from './frame.js';
import { functionsIn, LOADER_MEMBER, loaderBehind } from './handed.js';
import { isInMemory } from './in-memory.js';
import { givenBy } from './protocols.js';
import { locationOf } from './store-location.js';
import { DOWNLOADED, lastName, MEMORY, memberSource } from './member-source.js';
import { settingOf } from './setting.js';
import { weakest } from './unpickler-guards.js';
import {
  definitionOf,
  either,
  EMPTY,
  join,
  memberPath,
  moved,
  NOT,
  ofOrigin,
  ofPath,
  partOf,
  resultPath,
  unite,
  type Callable,
  type Guard,
  type Origin,
  type SinkSite,
  type Value,
} from './value.js';

/** The arguments of a call with what they are. */
export interface Given {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly nodes: readonly Expression[];
}

/** Methods of a path. */
const READS_FILES = new Set(['read_bytes', 'read_text', 'open']);
/** What `pickle.load` calls of its file. */
const FILE_METHODS = ['read', 'readline', 'readinto'];
/** What clients call the file, or its path, that they download into. */
const FILE_KEYWORDS = new Set(['Fileobj', 'Filename', 'filename', 'file_path', 'local_path', 'destination']);
/** What calls are named that write a file which somebody else has made. */
const DOWNLOADS_FILE =
  /^_*(?:download(?!er|s?_dir|_url|_path)\w*|get_local_copy|fetch_(?:file|blob|object|artifact)\w*|pull_(?:file|blob|object|artifact)\w*|get_artifact\w*|retrieve_(?:file|artifact)\w*)$/;
/** Methods that put their second argument into an object. */
const KEYED_FILLERS = new Set(['insert', 'setdefault']);
/** Methods that give an item of a container, as its subscript does. */
const ITEM_METHODS = new Set(['get', 'pop', 'popleft', 'popitem', 'setdefault', 'values', 'items']);
/** An item of what they are given, or the same items. */
const GIVES_ITEM = /^builtins\.a?next$/;
const GIVES_SAME = /^builtins\.(?:a?iter|reversed|list|tuple)$/;
const ENCODERS = /^(?:base64\.\w*encode\w*|binascii\.(?:hexlify|b2a_\w+))$/;
/** Makes a file of a number. */
const FROM_DESCRIPTOR = /^os\.fdopen$/;
const FILE: SourceKind = { reach: 'local', protocol: 'file' };

const CALLBACKS_BY_NAME = new Map<string, (typeof CALLBACK_MEMBERS)[number][]>();
for (const row of CALLBACK_MEMBERS)
  for (const name of row.names.split(' ')) CALLBACKS_BY_NAME.set(name, [...(CALLBACKS_BY_NAME.get(name) ?? []), row]);

/** A connection of `multiprocessing` that was handed on. */
const HANDED_ON: Sink = { family: 'connection', name: 'Connection.recv', takes: 'bytes', argument: -1, keywords: [] };
/** What has `poll` and `recv` as well, or makes the pipe itself. */
const OTHER_POLLS = /^(?:zmq|aiozmq|multiprocess(?:ing)?\.Pipe|torch\.multiprocessing)\b/;
const POLLED_TEXT = 200;
/** The results of these take the members of what they are called with. */
const ATTRIBUTE_GETTERS = /^_?operator\.(?:attrgetter|methodcaller)\(\)$/;
const PARTIAL = /^_?functools\.partial(?:method)?$/;
/** Names that modules of loaders have. */
const LOADER_NAMES = ['loads', 'load', 'Unpickler'];

/** `gather_object(object, list)` fills its second argument. */
const FILLS_SECOND = /\.gather_object$/;

/** A module of a package that has the name of Python's own. */
const OWN_PICKLE = /\.(?:c?[pP]ickle|_pickle)\./;

/** What a call gives; sinks that it reaches are reported to the flow. */
export function callValue(frame: Frame, call: CallExpression, receiver: Value | null, own: Value): Value {
  return new CallReader(frame, call, receiver, own).read();
}

class CallReader {
  readonly #frame: Frame;
  readonly #call: CallExpression;
  readonly #receiver: Value | null;
  readonly #own: Value;
  readonly #given: Given;
  readonly #name: string;
  /** What it does is known by its full name. */
  #isExplained = false;

  constructor(frame: Frame, call: CallExpression, receiver: Value | null, own: Value) {
    this.#frame = frame;
    this.#call = call;
    this.#receiver = receiver;
    this.#own = own;
    this.#given = this.#arguments();
    this.#name = call.callee.kind === 'attribute' ? call.callee.name : lastName(call.callee);
  }

  #arguments(): Given {
    const { flow } = this.#frame;
    const read = flow.argumentsOf(this.#call);
    const values = new Map<Expression, Value>();
    for (const { value } of this.#call.args) values.set(value, this.#frame.evaluate(value));
    const valueOf = (node: Expression): Value => {
      const known = values.get(node);
      if (known !== undefined) return known;
      const value = this.#frame.evaluate(node);
      values.set(node, value);
      return value;
    };
    const positional: Value[] = [];
    const nodes: Expression[] = [];
    for (const { value } of read?.positional ?? []) {
      positional.push(valueOf(value));
      nodes.push(value);
    }
    // What `*args` holds stands for every argument behind it.
    const known = new Set(nodes);
    for (const { star, value } of this.#call.args) {
      if (star !== '*' || known.has(value)) continue;
      positional.push(elementOf(valueOf(value)));
      nodes.push(value);
    }
    const keywords = new Map<string, Value>();
    for (const [name, found] of read?.keywords ?? [])
      keywords.set(name, join(found.map(({ value }) => valueOf(value))));
    return { positional, keywords, nodes };
  }

  read(): Value {
    const { flow } = this.#frame;
    const paths = new Set(this.#own.paths);
    const callables = new Set<Callable>(this.#own.callables);
    for (const meaning of flow.targetsOf(this.#call)) {
      if (meaning.kind === 'path') paths.add(meaning.path);
      else if (meaning.kind === 'definition') callables.add(definitionOf(meaning.scope));
    }
    // An object of the module that is called.
    for (const owner of this.#own.instances)
      for (const of of flow.member(owner, '__call__'))
        if (of.kind === 'definition') callables.add(definitionOf(of.scope));
    const found: Value[] = [];
    const results = [...callables].flatMap((callable) => (flow.step() ? [this.#callable(callable, this.#given)] : []));
    // A check that is one of several functions has to be each of them.
    found.push(results.length > 1 ? either(results) : (results[0] ?? EMPTY));
    for (const path of paths) if (flow.step()) found.push(this.#path(path));
    if (callables.size === 0 && !this.#isExplained) {
      found.push(this.#method());
      this.#handOn();
    }
    this.#calledParameters();
    this.#callbacks();
    this.#memberCallbacks();
    return join(found.filter((item) => item !== EMPTY));
  }

  // Functions and classes of the module

  #callable(callable: Callable, given: Given): Value {
    if (callable.kind === 'lambda') return this.#frame.applyLambda(callable, given.positional);
    return callable.scope.kind === 'class'
      ? this.#construct(callable.scope, given)
      : this.#function(callable.scope, given);
  }

  #function(scope: Scope, given: Given): Value {
    const summary = this.#frame.flow.summaryOf(scope);
    if (summary === null) return EMPTY;
    if (given === this.#given && isComparer(summary)) return { ...EMPTY, check: this.#checked() };
    const isUnbound = (this.#receiver?.callables ?? []).some(
      (item) => item.kind === 'definition' && item.scope === scope.parent,
    );
    return applySummary(this.#frame, this.#call, summary, given, isUnbound && !isClassMethod(scope), this.#applyMember);
  }

  #construct(owner: Scope, given: Given): Value {
    const { flow } = this.#frame;
    const inits = flow.member(owner, '__init__').flatMap((item) => (item.kind === 'definition' ? [item.scope] : []));
    for (const init of inits) this.#function(init, given);
    const bases = flow.basesOf(owner);
    const manager = bases.find((path) => MANAGERS.test(path));
    // Without an address it is started here, and its pipe is known to nobody else.
    if (manager !== undefined && (inits.length > 0 || this.#call.args.length > 0))
      this.#sink({ family: 'manager', name: manager, takes: 'bytes', argument: -1, keywords: [] }, null);
    // An unpickler of the module is not the library's: what may be either is distinguished by the path.
    const paths = bases.filter((path) => !UNPICKLER.test(path)).map((path) => `${path}()`);
    const isReader = paths.length < bases.length;
    const instance = { ...EMPTY, instances: [owner], paths };
    // Fields of a data class, and what an unpickler reads.
    if (inits.length > 0 && !isReader) return instance;
    for (const [name, value] of given.keywords) if (value.origins.length > 0) flow.addAttribute(owner, name, value);
    const read = { ...instance, origins: unite(given.positional.map((value) => value.origins)) };
    const guard = isReader ? flow.guardOf(owner) : null;
    return guard === null ? read : guarded(read, guard);
  }

  // Names of other modules

  #path(path: string): Value {
    const { flow } = this.#frame;
    // `from .compat import loads`, where that file imports it from a library.
    const names = sinkOf(path) === null ? flow.standsFor(path) : [];
    if (names.length > 0) return join(names.map((name) => this.#path(name)));
    const sink = this.#loaderOf(path);
    if (sink !== null || UNPICKLER.test(path)) this.#show(path);
    if (sink !== null) {
      const input = this.#input(sink);
      this.#sink(sink, input);
      this.#isExplained = true;
      // What lies in a file of this host lies in what was loaded of it.
      return { ...EMPTY, origins: input.origins.filter(({ source }) => source?.reach === 'local') };
    }
    if (COLLECTIVES.test(path))
      this.#sink({ family: 'collective', name: path, takes: 'bytes', argument: -1, keywords: [] }, null);
    if (MANAGERS.test(path) && this.#call.args.length > 0)
      this.#sink({ family: 'manager', name: path, takes: 'bytes', argument: -1, keywords: [] }, null);
    const filled = this.#given.nodes[FILLS_SECOND.test(path) ? 1 : 0];
    if (filled !== undefined && (TENSOR_COLLECTIVES.test(path) || COLLECTIVES.test(path) || this.#fillsTensor(path)))
      this.#frame.addTo(filled, ofOrigin(this.#frame.origin(TENSOR, this.#call)));
    // What is known by its name may stand in the tree itself.
    if (COMPARE.test(path)) {
      this.#isExplained = true;
      return { ...EMPTY, check: this.#checked() };
    }
    if (DIFFER.test(path)) {
      this.#isExplained = true;
      return { ...EMPTY, check: this.#checked().map((name) => NOT + name) };
    }
    const other = flow.follow(path);
    // A check, or a code: what else a function that nothing is known of might give is not joined to it.
    this.#isExplained ||=
      other !== null && (isComparer(other) || other.returns.check.length + other.returns.mac.length > 0);
    if (other !== null && isComparer(other)) return { ...EMPTY, check: this.#checked() };
    if (other !== null) return applySummary(this.#frame, this.#call, other, this.#given, false, this.#applyMember);
    const known = this.#known(path);
    this.#isExplained ||= known !== null;
    if (known !== null) return known;
    const location = locationOf(this.#frame, this.#call, path);
    const result = ofPath(location + resultPath(path));
    this.#isExplained ||= location !== '';
    if (location === 'shared:') return result;
    if (location === 'local:') return join([result, ofOrigin(this.#frame.origin(FILE, this.#call))]);
    // What an unpickler of the library reads, it loads.
    if (UNPICKLER.test(path)) {
      const file = this.#given.positional[0] ?? this.#given.keywords.get('file') ?? EMPTY;
      const streams = file.paths.filter((of) => BYTES_STREAM.test(of.replace(/\(\)$/, '')));
      return join([result, { ...EMPTY, origins: file.origins, paths: streams }]);
    }
    if (FROM_DESCRIPTOR.test(path) && this.#isHandedDescriptor()) return join([result, this.#passedOn()]);
    const source = SOURCE_CALLS.find((entry) => entry.path.test(path));
    if (source !== undefined)
      return join([
        result,
        ofOrigin(this.#client(this.#frame.origin(source.kind, this.#call))),
        source.kind.protocol === FILE.protocol ? this.#downloaded() : EMPTY,
      ]);
    if (!path.includes('(') && !OTHER_RESULTS.test(path)) return join([result, this.#passedOn()]);
    return join([result, functionsIn(join(this.#given.positional))]);
  }

  /** A descriptor that the caller has given, and nothing here has opened: what is behind it is not known. */
  #isHandedDescriptor(): boolean {
    const { paths, origins } = this.#given.positional[0] ?? EMPTY;
    return paths.length === 0 && origins.some(({ parameter }) => parameter !== null);
  }

  /** What somebody has put into the file of this path before. */
  #downloaded(): Value {
    const [path = EMPTY] = this.#given.positional;
    const origins = path.origins.filter(({ source, isBytes }) => isBytes && source !== null);
    return origins.length === 0 ? EMPTY : { ...EMPTY, origins };
  }

  /** What a function that nothing is known of may give of its arguments: `want_bytes(data)`. */
  #passedOn(): Value {
    const { positional, keywords } = this.#given;
    const given = join([...positional, ...keywords.values()]);
    if (LOOKS_UP.test(this.#name)) return functionsIn(given);
    const all = withoutName(given);
    const origins = moved(all, this.#frame.flow.unit, this.#call, `through ${this.#text()}`);
    // `force_bytes(value)` gives the same bytes.
    if (CONVERTER_NAME.test(this.#name)) return { ...functionsIn(given), origins, mac: positional[0]?.mac ?? [] };
    return { ...functionsIn(given), origins: origins.map((origin) => partOf(origin, 'result')) };
  }

  /** `comm.recv(tensor, …)` of another library, with a tensor that was made for it. */
  #fillsTensor(path: string): boolean {
    const paths = this.#given.positional[0]?.paths ?? [];
    return COLLECTIVE_NAME.test(path) && paths.some((of) => NEW_TENSOR.test(of));
  }

  /** A loader that is called by another name than its own was handed on before. */
  #show(path: string): void {
    const { flow } = this.#frame;
    const { callee } = this.#call;
    const isOwn = callee.kind !== 'call' && path.endsWith(this.#name) && !/^(?:self|cls)\b/.test(this.#text());
    const isDirect = isOwn && flow.targetsOf(this.#call).some((of) => of.kind === 'path' && of.path === path);
    if (!isDirect) flow.showLoader(path);
  }

  /** A module of the tree that is called as Python's own, and loads nothing, is another one. */
  #loaderOf(path: string): Sink | null {
    const sink = sinkOf(path);
    return sink !== null && OWN_PICKLE.test(path) && this.#frame.flow.loadsNothing(path) ? null : sink;
  }

  /** Carriers, checks, and functions that call others. Null for anything else. */
  #known(path: string): Value | null {
    const { positional } = this.#given;
    if (MAC.test(path))
      return { ...ofPath(resultPath(path)), mac: this.#argumentNames(path.includes('blake2') ? 0 : 1) };
    if (OPENERS.test(path)) return guarded(join(positional.map(withoutName)), this.#guard(path));
    if (CARRIERS.test(path)) return this.#carried(path);
    if (path === 'builtins.iter' && positional.length > 1) return this.#repeated();
    if (PARTIAL.test(path)) return this.#partial(path);
    if (path === 'builtins.setattr') return this.#setAttribute();
    if (path === 'builtins.getattr' || ATTRIBUTE_GETTERS.test(path)) return this.#anyMember(path);
    const order = HIGHER_ORDER.find((entry) => entry.path.test(path));
    const called = order === undefined ? undefined : positional[order.at];
    if (order !== undefined && called !== undefined && called.callables.length + called.paths.length > 0) {
      const isMap = /(?:^|\.)(?:map|imap\w*|starmap)\w*$/.test(path);
      const rest = positional.slice(order.at + 1).map((value) => (isMap ? elementOf(value) : value));
      return this.#applyValue(called, rest);
    }
    if (/(?:^|\.)(?:Thread|Process|Timer)$/.test(path)) return this.#thread();
    return null;
  }

  /** `iter(sock.recv, b'')` calls its first argument again and again. */
  #repeated(): Value {
    const [called = EMPTY] = this.#given.positional;
    const [node] = this.#given.nodes;
    const result = this.#applyValue(called, []);
    if (node?.kind !== 'attribute') return result;
    const { paths } = this.#frame.evaluate(node.object);
    const kind = memberSource(this.#frame, node.name, 'call', node.object, paths);
    return kind === null ? result : join([result, ofOrigin(this.#frame.origin(kind, this.#call))]);
  }

  /** `partial(loads)` is the function; with arguments it is called with these first. */
  #partial(path: string): Value {
    const [called = EMPTY, ...bound] = this.#given.positional;
    if (bound.length > 0) this.#applyValue(called, bound);
    const origins = called.origins.filter(({ parameter }) => parameter !== null);
    return { ...EMPTY, paths: [...called.paths, resultPath(path)], callables: called.callables, origins };
  }

  #setAttribute(): Value {
    const [object, , value] = this.#given.positional;
    const node = this.#given.nodes[1];
    if (object === undefined || value === undefined || node === undefined) return EMPTY;
    for (const name of this.#textsOf(node))
      for (const owner of classesOf(object)) this.#frame.flow.addAttribute(owner, name, value);
    return EMPTY;
  }

  /** Of a module of loaders whatever is asked for: where the name is not known, it may be a loader. */
  #anyMember(path: string): Value | null {
    const { callee } = this.#call;
    const isGetattr = path === 'builtins.getattr';
    const made = isGetattr ? this.#call : callee.kind === 'call' ? callee : null;
    const node = made?.args[isGetattr ? 1 : 0]?.value;
    const [object] = this.#given.positional;
    if (node === undefined || object === undefined) return null;
    const names = this.#textsOf(node);
    const members = object.paths.flatMap((of) => {
      if (names.length > 0) return names.map((name) => memberPath(of, name));
      const isPickle = sinkOf(`${of}.loads`)?.family === 'pickle';
      return isPickle ? LOADER_NAMES.map((name) => memberPath(of, name)) : [];
    });
    // `getattr(self, "library", pickle)`
    const { paths = [], callables = [] } = (isGetattr ? this.#given.positional[2] : undefined) ?? {};
    if (paths.length + callables.length > 0)
      return join([
        ...members.map(ofPath),
        { ...EMPTY, paths, callables },
        { ...EMPTY, origins: object.origins.map((origin) => partOf(origin, 'member')) },
      ]);
    if (members.length === 0) return null;
    const found = join(members.map(ofPath));
    if (!path.includes('methodcaller')) {
      const origins = object.origins.map((origin) => partOf(origin, 'member'));
      return join([found, { ...EMPTY, origins }]);
    }
    const args = (made?.args ?? []).slice(1).map(({ value }) => this.#frame.evaluate(value));
    return this.#applyValue(found, args);
  }

  #textsOf(node: Expression): readonly string[] {
    const { flow, scope } = this.#frame;
    const parts = flow.module.textParts({ value: node, scope });
    return parts.length > 0 && parts.every((part) => part !== null) ? [parts.join('')] : [];
  }

  #carried(path: string): Value {
    const isStream = BYTES_STREAM.test(path);
    const values = [...this.#given.positional, ...this.#given.keywords.values()];
    const given = join(values.map(withoutName));
    const [first] = this.#given.positional;
    // A code in other letters is as good.
    const mac = ENCODERS.test(path) ? (first?.mac ?? []) : [];
    const all = { ...functionsIn(join(values)), origins: given.origins, instances: given.instances, mac };
    if (first !== undefined && GIVES_ITEM.test(path) && first.paths.length > 0)
      return this.#frame.itemOf(this.#call, first);
    if (first !== undefined && GIVES_SAME.test(path) && first.paths.length > 0) return { ...first, mac: [], check: [] };
    if (all.origins.length === 0) return join([ofPath(resultPath(path)), all]);
    const isDecoder = !path.startsWith('builtins.') && !path.startsWith('asyncio.');
    const origins = isDecoder ? moved(all, this.#frame.flow.unit, this.#call, `through ${path}`) : all.origins;
    return { ...all, origins: isStream ? origins.map((origin) => ({ ...origin, isBytes: true })) : origins };
  }

  #thread(): Value {
    const target = this.#given.keywords.get('target');
    const args = this.#call.args.find(({ name }) => name === 'args')?.value;
    if (target !== undefined && args?.kind === 'sequence')
      this.#applyValue(
        target,
        args.items.map((item) => this.#frame.evaluate(item)),
      );
    return EMPTY;
  }

  /** Parameters, of this function or of one that has kept them, are called: who gives them gives the function. */
  #calledParameters(): void {
    const { callee } = this.#call;
    const member = callee.kind === 'attribute' && LOADER_MEMBER.test(callee.name) ? callee.name : null;
    this.#toParameters(this.#own, null, this.#given.positional);
    if (member !== null && this.#receiver !== null) this.#toParameters(this.#receiver, member, this.#given.positional);
  }

  #toParameters({ origins }: Value, member: string | null, args: readonly Value[]): void {
    const { flow } = this.#frame;
    for (const { parameter, part } of origins)
      if (parameter !== null && part === null && flow.step())
        flow.addParameterCall(parameter.owner, { parameter: parameter.name, member, positional: args });
  }

  /** A function that nothing is known of may call a loader with what it is given behind it: `pool.submit(loads, data)`. */
  #handOn(): void {
    const { positional, keywords } = this.#given;
    const received = ({ origins }: Value): boolean => origins.some(({ source }) => source !== null);
    const all = [...positional, ...keywords.values()];
    for (const [i, value] of all.entries()) {
      const loaders = functionsIn(value).paths;
      if (loaders.length === 0) continue;
      const args = all.filter((other, j) => j !== i && received(other));
      if (args.length > 0) this.#applyValue({ ...EMPTY, paths: loaders }, [join(args.map(withoutName))]);
    }
  }

  /** Calls a function, or a member of an object, that was given for a parameter. */
  readonly #applyMember = (called: Value, member: string | null, args: readonly Value[]): void => {
    if (member === null) return void this.#applyValue(called, args);
    const { flow } = this.#frame;
    const members = classesOf(called).flatMap((owner) => flow.attribute(owner, member));
    const { paths } = join(called.paths.map((path) => ofPath(memberPath(path, member))));
    this.#applyValue(join([...members, { ...EMPTY, paths }]), args);
    this.#toParameters(called, member, args);
  };

  /** Calls a function that was given as a value. */
  #applyValue(called: Value, args: readonly Value[]): Value {
    this.#toParameters(called, null, args);
    const given: Given = { positional: args, keywords: new Map(), nodes: [] };
    const found = called.callables.map((callable) => this.#callable(callable, given));
    for (const path of called.paths) {
      const [other = path] = this.#frame.flow.standsFor(path);
      const sink = this.#loaderOf(other) ?? loaderBehind(other);
      if (sink !== null) this.#frame.flow.showLoader(path);
      if (sink !== null && sink.argument >= 0) this.#sink(sink, args[sink.argument] ?? EMPTY);
      const summary = this.#frame.flow.follow(path);
      if (summary !== null) found.push(applySummary(this.#frame, this.#call, summary, given, false, this.#applyMember));
      if (CARRIERS.test(path)) found.push(join(args.map(withoutName)));
    }
    return join(found);
  }

  /** Functions that a library calls with what it receives. */
  #callbacks(): void {
    for (const [name, value] of this.#given.keywords) {
      const kind = Object.hasOwn(CALLBACKS, name) ? CALLBACKS[name] : undefined;
      if (kind === undefined) continue;
      const origin = this.#frame.origin(kind, this.#call, `${name}= of ${this.#text()}`);
      for (const callable of value.callables) {
        if (callable.kind === 'lambda') this.#frame.applyLambda(callable, [ofOrigin(origin)]);
        else if (name !== 'on_message_callback') this.#frame.flow.addCallback(callable.scope, 0, origin);
      }
      for (const path of value.paths) {
        const sink = this.#loaderOf(path);
        if (sink !== null) this.#sink(sink, ofOrigin(origin));
      }
    }
  }

  /** `subscribe(topic, callback)`, `retrbinary(command, buffer.write)`. */
  #memberCallbacks(): void {
    const { callee } = this.#call;
    const rows = callee.kind === 'attribute' ? CALLBACKS_BY_NAME.get(callee.name) : undefined;
    const paths = this.#receiver?.paths ?? [];
    for (const { on, kind, at, keyword, gives } of rows ?? []) {
      if (!paths.some((path) => on.test(path))) continue;
      const node = this.#call.args.find(({ name }) => name === keyword)?.value ?? this.#given.nodes[at];
      if (node === undefined) continue;
      const origin = this.#frame.origin(kind, this.#call, `handed to a function by ${this.#text()}`);
      const value = this.#frame.evaluate(node);
      for (const callable of value.callables) this.#calledWith(callable, origin, gives);
      if (node.kind === 'attribute' && FILLERS.has(node.name)) this.#frame.addTo(node.object, ofOrigin(origin));
      return;
    }
  }

  #calledWith(callable: Callable, origin: Origin, gives: number | 'all'): void {
    const count = callable.kind === 'lambda' ? callable.node.parameters.length : parameterCount(callable.scope);
    const wanted = gives === 'all' ? [...Array(count).keys()] : [gives];
    if (callable.kind === 'definition')
      for (const at of wanted) this.#frame.flow.addCallback(callable.scope, at, origin);
    else {
      const args = [...Array(count).keys()].map((at) => (wanted.includes(at) ? ofOrigin(origin) : EMPTY));
      this.#frame.applyLambda(callable, args);
    }
  }

  // Methods of objects

  #method(): Value {
    const { callee } = this.#call;
    const frame = this.#frame;
    if (callee.kind !== 'attribute' || this.#receiver === null) return this.#unknownFunction();
    const { object, name } = callee;
    const receiver = this.#receiver;
    const receiving = RECEIVING_SINKS.find(
      (entry) =>
        entry.names.split(' ').includes(name) &&
        this.#receivesOn(entry, object, receiver) &&
        frame.flow.hasImport(entry.imports),
    );
    if (receiving !== undefined) {
      this.#sink(receiving.sink, null);
      return EMPTY;
    }
    if (name === 'recv' && this.#isPolled(object, receiver)) {
      this.#sink(HANDED_ON, null, true);
      return EMPTY;
    }
    if (name === 'recv_serialized') this.#deserialize();
    const fills = memberSource(frame, name, 'fills', object, receiver.paths);
    const node = fills === null ? undefined : this.#filledBy(name);
    if (fills !== null && node !== undefined) {
      frame.addTo(node, ofOrigin({ ...frame.origin(fills, this.#call), isBytes: true }));
      return EMPTY;
    }
    const source = this.#sourceOf(name, object, receiver);
    const download = source === null ? this.#downloads() : null;
    if (download !== null) return download;
    if (source !== null) return ofOrigin(this.#client(frame.origin(source, this.#call)));
    if (READS_FILES.has(name)) return ofOrigin(frame.origin(FILE, this.#call));
    if (name === 'get' && receiver.origins.length === 0 && isInMemory(frame, object))
      return join([functionsIn(receiver), ofOrigin(frame.origin(MEMORY, this.#call))]);
    // With a name beside it, it is a request: `db.write("table", row)`.
    if (FILLERS.has(name) && (name !== 'write' || this.#given.positional.length < 2)) {
      // A key or an index says where it is put.
      const put = KEYED_FILLERS.has(name) ? this.#given.positional.slice(1) : this.#given.positional;
      const all = join([...put.map(withoutName), functionsIn(join(put))]);
      const isStream = receiver.paths.some((path) => BYTES_STREAM.test(path.replace(/\(\)$/, '')));
      frame.addTo(object, isStream ? { ...all, origins: all.origins.map((one) => ({ ...one, isBytes: true })) } : all);
      // h.update(data) of a code.
      if (name === 'update' && object.kind === 'name' && receiver.paths.some((path) => /hmac|HMAC|blake2/.test(path)))
        frame.set(object.id, { ...receiver, mac: [...receiver.mac, ...this.#argumentNames(0)] });
    }
    if (name === 'verify') this.#verify(object, receiver);
    if (this.#isPickler(name, object, receiver)) {
      const takes = name === 'load' ? 'file' : 'bytes';
      const sink: Sink = { family: 'pickle', name: `${lastName(object)}.${name}`, takes, argument: 0, keywords: [] };
      this.#sink(sink, this.#input(sink));
      return EMPTY;
    }
    const only = receiver.paths.length + receiver.instances.length === 0 ? frame.flow.onlyMethod(name) : null;
    if (only !== null) return this.#function(only, this.#given);
    // A path is no data.
    if (name === 'join' && receiver.paths.some((path) => /^(?:os\.path|posixpath|ntpath)$/.test(path))) return EMPTY;
    const args = CARRIER_NAME.test(name) ? join(this.#given.positional.map(withoutName)) : EMPTY;
    const isSame = CARRIER_NAME.test(name);
    const part = name.startsWith('read') ? 'read' : ITEM_METHODS.has(name) ? 'member' : 'result';
    const own = isSame && part !== 'read' ? receiver.origins : receiver.origins.map((origin) => partOf(origin, part));
    const origins = CLEAN_MEMBERS.has(name) ? [] : own;
    return join([
      { ...EMPTY, origins, mac: receiver.mac },
      { ...EMPTY, origins: args.origins },
      ITEM_METHODS.has(name) ? functionsIn(receiver) : EMPTY,
    ]);
  }

  /**
   * What a member gives. What came from outside stays that, but for a client of a store: that a request was given to the
   * function which made it says nothing of the bytes that it gives.
   */
  #sourceOf(name: string, object: Expression, { origins, paths }: Value): SourceKind | null {
    const source = memberSource(this.#frame, name, 'call', object, paths);
    const before = origins.filter(({ source: kind }) => kind !== null);
    if (before.length === 0 || source === null) return source;
    return source.reach === 'store' && before.every(({ source: kind }) => kind?.reach === 'network') ? source : null;
  }

  /** The argument that a member fills: bytes are in it, or in the file of that path, afterwards. */
  #filledBy(name: string): Expression | undefined {
    const { nodes } = this.#given;
    if (!FILLS_LAST.has(name)) return nodes[0];
    return this.#call.args.find((argument) => FILE_KEYWORDS.has(argument.name ?? ''))?.value ?? nodes.findLast(isPlace);
  }

  /** `if conn.poll(): conn.recv()` of something that was handed on: so a connection of `multiprocessing` is used. */
  #isPolled(object: Expression, { paths, origins }: Value): boolean {
    if (this.#call.args.length > 0 || paths.some((path) => path.includes('()'))) return false;
    if (origins.some(({ source }) => source !== null)) return false;
    const { flow, scope } = this.#frame;
    if (!/conn|client|pipe|peer/i.test(lastName(object)) || flow.hasImport(OTHER_POLLS)) return false;
    const text = flow.module.textOf(object);
    return text.length < POLLED_TEXT && flow.polledIn(scope).has(text);
  }

  /** `settings.PICKLER.loads(data)`: an object that is named for it, and of which nothing else is known. */
  #isPickler(name: string, object: Expression, { paths, instances, callables, origins }: Value): boolean {
    if (name !== 'loads' && name !== 'load') return false;
    if (instances.length + callables.length > 0 || !/pickl/i.test(lastName(object))) return false;
    // What callers give is theirs to say, but for what lies in it; a module that has the name is followed, or another library's.
    return (
      paths.every((path) => !path.includes('.') || /\(\)|\.[A-Z_]+$/.test(path)) &&
      origins.every(({ parameter, part }) => parameter === null || part === 'member')
    );
  }

  #receivesOn({ on, named, sink }: ReceivingSink, object: Expression, receiver: Value): boolean {
    if (on !== undefined && (on.source === '.' || receiver.paths.some((path) => on.test(path)))) return true;
    const isKnown = receiver.paths.some((path) => path.includes('()'));
    // `recv` of a socket needs a size.
    const isPlain = sink.family !== 'connection' || this.#call.args.length === 0;
    return named !== undefined && !isKnown && isPlain && named.test(lastName(object));
  }

  /**
   * A call that says that it downloads, of which nothing else is known: the files whose paths it is given, and what it
   * gives, belong to the party that wrote them there.
   */
  #downloads(): Value | null {
    if (!DOWNLOADS_FILE.test(this.#name)) return null;
    const receiver = this.#receiver ?? EMPTY;
    if (receiver.instances.length > 0) return null;
    const origin = { ...this.#frame.origin(DOWNLOADED, this.#call, `downloaded by ${this.#name}`), isBytes: true };
    for (const { value } of this.#call.args)
      if (value.kind === 'name' || value.kind === 'attribute') this.#frame.addTo(value, ofOrigin(origin));
    return ofOrigin(origin);
  }

  #unknownFunction(): Value {
    const download = this.#downloads();
    if (download !== null) return download;
    if (!CARRIER_NAME.test(this.#name)) return this.#passedOn();
    return { ...EMPTY, origins: join(this.#given.positional.map(withoutName)).origins };
  }

  /** `recv_serialized(pickle.loads)` */
  #deserialize(): void {
    const given = this.#given.keywords.get('deserialize') ?? this.#given.positional[0];
    if (given === undefined) return;
    const origin = this.#frame.origin(ZMQ_DECODED, this.#call);
    this.#applyValue(given, [ofOrigin(origin)]);
  }

  /** `key.verify(signature, data, …)` and `hmac.verify(signature)` raise where the bytes are not genuine. */
  #verify(object: Expression, receiver: Value): void {
    if (receiver.mac.length > 0) this.#frame.trust(receiver.mac, this.#guard(`${lastName(object)}.verify`));
    else if (
      VERIFIERS.test(lastName(object)) ||
      receiver.paths.some((path) => /^(?:cryptography|nacl|Crypto|Cryptodome|ecdsa|rsa)\b/.test(path))
    )
      this.#frame.trust(
        [...this.#argumentNames(0), ...this.#argumentNames(1)],
        this.#guard(`${lastName(object)}.verify`),
      );
  }

  // Checks

  #guard(text: string): Guard {
    return { text: text.replaceAll('()', ''), weak: false, unit: this.#frame.flow.unit, at: this.#call.from };
  }

  #argumentNames(at: number): readonly string[] {
    const keyword = this.#call.args.find(({ name }) => name === 'msg' || name === 'digestmod_data');
    const node = keyword?.value ?? this.#given.nodes[at];
    return node === undefined ? [] : coveredBy(this.#frame, node);
  }

  #checked(): readonly string[] {
    const codes = this.#given.positional.flatMap(({ mac }) => mac);
    if (codes.length > 0) return [...new Set(codes)];
    // The code of a function that is not known: over what it was given.
    return this.#call.args.flatMap(({ value }) =>
      value.kind === 'call' && !this.#hasOtherCodes(value)
        ? value.args.flatMap((item) => coveredBy(this.#frame, item.value))
        : [],
    );
  }

  /** A function of the module gives something else in some branches. */
  #hasOtherCodes(call: CallExpression): boolean {
    const { flow } = this.#frame;
    return flow
      .targetsOf(call)
      .some((of) => of.kind === 'definition' && flow.summaryOf(of.scope)?.hasOtherCodes === true);
  }

  // Sinks

  /** What a loader is given: of an object of the module with methods of a file, what these read. */
  #input(sink: Sink): Value {
    const given = this.#argumentOf(sink);
    return sink.takes === 'bytes' || given.instances.length === 0
      ? given
      : join([given, givenBy(this.#frame, given, FILE_METHODS, this.#call)]);
  }

  #argumentOf({ argument, keywords }: Sink): Value {
    if (argument < 0) return this.#receiver ?? EMPTY;
    const given = this.#given.positional[argument];
    if (given !== undefined) return given;
    for (const name of keywords) {
      const value = this.#given.keywords.get(name);
      if (value !== undefined) return value;
    }
    return EMPTY;
  }

  #sink(sink: Sink, input: Value | null, isOfPackage = false): void {
    const frame = this.#frame;
    const { flow } = frame;
    const site: SinkSite = {
      unit: flow.unit,
      from: this.#call.from,
      to: this.#call.to,
      sink,
      scope: frame.scope,
      condition: frame.conditions.at(-1) ?? null,
      setting: settingOf(flow, this.#call, sink),
      guard: input === null ? null : this.#readerGuard(),
      isStream: input?.paths.some((path) => BYTES_STREAM.test(path.replace(/\(\)$/, ''))) === true,
      isOfPackage,
    };
    flow.hit(site, input?.origins ?? []);
  }

  /** What every unpickler lets through that the receiver may be. An instance of another class has no `load` of the library. */
  #readerGuard(): Guard | null {
    const { flow } = this.#frame;
    const { paths, instances } = this.#receiver ?? EMPTY;
    if (paths.some((path) => UNPICKLER.test(path.replace(/\(\)$/, '')))) return null;
    const readers = instances.filter((owner) => flow.basesOf(owner).some((path) => UNPICKLER.test(path)));
    return weakest(readers.map((owner) => flow.guardOf(owner)));
  }

  #text(): string {
    return this.#frame.textOf(this.#call);
  }

  /** A host that is a constant, asked with TLS, is one that the author of the program has chosen. */
  #client(origin: Origin): Origin {
    if (origin.source?.client !== true) return origin;
    return /["']https:\/\/[\w.-]+\//.test(this.#text()) ? { ...origin, fixedHost: true } : origin;
  }
}

function parameterCount({ node }: Scope): number {
  return node?.kind === 'function' ? node.parameters.length : 0;
}

/** Something that can be filled: no constant behind it. */
function isPlace({ kind }: Expression): boolean {
  return kind === 'name' || kind === 'attribute' || kind === 'subscript' || kind === 'call';
}

/** Classes that it is, or is an instance of. */
function classesOf({ instances, callables }: Value): readonly Scope[] {
  return [
    ...instances,
    ...callables.flatMap((item) => (item.kind === 'definition' && item.scope.kind === 'class' ? [item.scope] : [])),
  ];
}

function withoutName(value: Value): Value {
  return { ...EMPTY, origins: value.origins, instances: value.instances };
}

function isClassMethod({ node }: Scope): boolean {
  return (
    node?.kind === 'function' &&
    node.decorators.some(
      (decorator) => decorator.kind === 'name' && (decorator.id === 'classmethod' || decorator.id === 'staticmethod'),
    )
  );
}
