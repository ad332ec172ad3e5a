import type { Call, Value } from '../model/fact.js';
import { findAllowed } from './allowlist.js';
import { fitsPartial, fitsShapes, readShapes, type CallShapes } from './call-shapes.js';
import {
  DISTRIBUTIONS,
  EMPTY_INSTANCES,
  FROZEN_DISTRIBUTIONS,
  GETATTR_PAIRS,
  MODEL_DATA,
} from './generated/conditional-names.js';
import type { Hazard } from './hazard.js';
import { packageOf } from '../model/module-name.js';
import { isPackMember, packOf, shapesOfPack } from './pack-lookup.js';
import { PACKS } from './packs/index.js';

/** How a global that appears among the arguments is classed. `unexpected` there makes the whole call unexpected. */
export type ArgumentClass = (module: string, name: string) => 'allowed' | 'unexpected' | 'dangerous';
export type ShapeVerdict = 'allowed' | 'unexpected' | 'dangerous';

/**
 * A callable that fails the allowlist's criterion and that honest saves write all the same. It is judged by the
 * constant arguments of every call; whatever is not exactly the known harmless shape stays a finding.
 */
export interface Conditional {
  readonly hazard: Hazard;
  /** What it does when it is called otherwise. */
  readonly why: string;
  /** The harmless shape, for the reader of a finding. */
  readonly shape: string;
  /** What it is where it is used otherwise; unset for what is dangerous then. */
  readonly otherwise?: 'unexpected';
  /** The values of its states are judged too. */
  readonly judgesStates?: true;
  /** Saves also hand it on; only its calls are judged. */
  readonly mayBeStored?: true;
  /** Keys of its states on whose values the judgement depends; of others, the value is not asked for. */
  readonly stateKeys?: ReadonlySet<string> | null;
  judge(calls: readonly Call[], classOf: ArgumentClass): ShapeVerdict;
}

/** A text that the machine holds in full. */
function text(value: Value | undefined): string | null {
  return value !== undefined && value.kind === 'str' && value.value.length === value.length ? value.value : null;
}

function worst(verdicts: readonly ShapeVerdict[]): ShapeVerdict {
  if (verdicts.includes('dangerous')) return 'dangerous';
  return verdicts.includes('unexpected') ? 'unexpected' : 'allowed';
}

function eachCall(judge: (call: Call, classOf: ArgumentClass) => ShapeVerdict): Conditional['judge'] {
  return (calls, classOf) => worst(calls.map((call) => (call.argsKnown ? judge(call, classOf) : 'dangerous')));
}

const isReduce = (call: Call): boolean => call.via === 'REDUCE';

/**
 * The call of `getattr(ZoneInfo, '_unpickle')` with (key, from cache), which the machine counts with getattr's own
 * calls. As a call of getattr itself it would only fail: a number names no attribute.
 */
function isZoneCall(call: Call): boolean {
  const [key, cached] = call.args;
  const [owner, member] = call.on?.kind === 'call' ? (call.on.args ?? []) : [];
  const isUnpickle = owner?.kind === 'global' && owner.module === 'zoneinfo' && text(member) === '_unpickle';
  return (
    (call.on === undefined || isUnpickle) &&
    isReduce(call) &&
    call.args.length === 2 &&
    /^[\w+-]+(?:\/[\w+-]+)*$/.test(text(key) ?? '') &&
    (cached?.kind === 'bool' || cached?.kind === 'int')
  );
}

/** Methods of texts that make a text, a list of them or a truth value. `format` walks attributes. */
const TEXT_METHODS =
  'capitalize casefold endswith isalnum isalpha isdecimal isdigit islower isnumeric isspace istitle isupper lower lstrip removeprefix removesuffix replace rstrip split splitlines startswith strip swapcase title upper zfill'.split(
    ' ',
  );
/** Methods of plain values that saves keep. */
const KEPT_MEMBERS = new Set([
  ...['builtins.str', '__builtin__.str', '__builtin__.unicode'].flatMap((owner) =>
    TEXT_METHODS.map((method) => `${owner} ${method}`),
  ),
  're._compile finditer',
  're._compile match',
  're._compile search',
  're._compile sub',
  'random.Random randint',
  'random.Random random',
]);
let getattrPairs: ReadonlySet<string> | undefined;

/** The owner of a getattr: a class named by the stream, or an instance that a call of the class made. */
function ownerOf(value: Value | undefined): string | null {
  if (value?.kind === 'global') return `${value.module}.${value.name}`;
  return value?.kind === 'call' ? value.callee : null;
}

/** The full name of a member that `getattr` fetched: `module.Class.member`. */
function memberOf(value: Value | undefined): string | null {
  if (value?.kind !== 'call' || !/^(?:builtins|__builtin__)\.getattr$/.test(value.callee)) return null;
  const owner = ownerOf(value.args?.[0]);
  const member = text(value.args?.[1]);
  return owner === null || member === null || value.args?.length !== 2 ? null : `${owner}.${member}`;
}

/** The shapes of a full name, wherever its module ends; `inner`: of a member of a class only. */
function shapesOfName(full: string, inner = false): CallShapes | null {
  const pack = packOf(full);
  if (pack === undefined || pack.shapes === '') return null;
  const known = shapesOfPack(pack);
  for (let dot = full.indexOf('.'); dot >= 0; dot = full.indexOf('.', dot + 1)) {
    const name = full.slice(dot + 1);
    const forms = inner && !name.includes('.') ? undefined : known.get(`${full.slice(0, dot)}\n${name}`);
    if (forms !== undefined) return shapesIn(forms);
  }
  return null;
}

function isShapedMember(full: string, call: Call): boolean {
  const shapes = shapesOfName(full, true);
  return shapes !== null && fitsShapes(call, shapes);
}

/**
 * `getattr(owner, 'member')` for exactly the pairs that real saves hold: below protocol 4 pickle names nested
 * functions in this way (`pickle._Pickler.save_global`), and methods of an object in every protocol
 * (`method_reduce` in CPython's classobject.c). The list comes out of the generator's recordings.
 */
const getattrMember = eachCall((call) => {
  if (isZoneCall(call)) return 'allowed';
  const called = memberOf(call.on);
  // Of a class: what an instance gives may be of the stream's choice.
  if (called !== null && call.on?.kind === 'call' && call.on.args?.[0]?.kind === 'global')
    return isShapedMember(called, call) ? 'allowed' : 'dangerous';
  const owner = ownerOf(call.args[0]);
  const member = text(call.args[1]);
  if (!isReduce(call) || call.args.length !== 2 || owner === null || member === null) return 'dangerous';
  getattrPairs ??= new Set(GETATTR_PAIRS.trim().split('\n'));
  return getattrPairs.has(`${owner} ${member}`) ||
    KEPT_MEMBERS.has(`${owner} ${member}`) ||
    isPackMember(owner, member) ||
    shapesOfName(`${owner}.${member}`, true) !== null
    ? 'allowed'
    : 'dangerous';
});

/**
 * `partial(callable)`, followed by the BUILD with (callable, args, keywords, dict) that `partial.__reduce__` writes.
 * The callable, and the one in the state, are globals of the stream; conditional ones escape there and are refused.
 */
const partialOfGlobal: Conditional['judge'] = (calls, classOf) => {
  const callees = new Set(calls.filter((call) => call.via !== 'BUILD').map((call) => calleeName(call.args[0])));
  return worst(calls.map((call) => (call.argsKnown ? partialCall(call, classOf, callees) : 'dangerous')));
};

/** What a partial is made of: a global, or a member that `getattr` fetched. */
function calleeName(value: Value | undefined): string | null {
  return value?.kind === 'global' ? `${value.module}.${value.name}` : memberOf(value);
}

function partialCall(call: Call, classOf: ArgumentClass, callees: ReadonlySet<string | null>): ShapeVerdict {
  if (call.via === 'BUILD') {
    const state = call.args[0];
    if (state?.kind !== 'tuple' || state.length !== 4) return 'dangerous';
    const [callable, args, keywords, attributes] = state.items;
    const name = calleeName(callable);
    // Calls are also judged one by one: a state alone says which function it is for.
    const isSame = name !== null && (callees.size === 0 || callees.has(name));
    const fits =
      isSame &&
      args?.kind === 'tuple' &&
      (keywords?.kind === 'dict' || keywords?.kind === 'none') &&
      (attributes?.kind === 'dict' || attributes?.kind === 'none');
    if (!fits) return 'dangerous';
    const shapes = shapesOfName(name);
    const isBare = attributes.kind === 'none' || attributes.length === 0;
    if (shapes !== null && isBare && fitsPartial(shapes, args, keywords)) return 'allowed';
    return callable?.kind === 'global' ? partialCallee(callable.module, callable.name, classOf) : 'dangerous';
  }
  const callable = call.args[0];
  const name = calleeName(callable);
  if (!isReduce(call) || call.args.length !== 1 || name === null) return 'dangerous';
  const shapes = shapesOfName(name);
  if (shapes !== null && fitsPartial(shapes)) return 'allowed';
  return callable?.kind === 'global' ? partialCallee(callable.module, callable.name, classOf) : 'dangerous';
}

/** Plain types, which do nothing but convert. Whatever else a partial stands for is called with arguments of the stream. */
const PLAIN_CALLEES = new Set(
  'int float complex bool str bytes bytearray tuple list dict set frozenset slice range long unicode OrderedDict defaultdict Counter deque Decimal timedelta date datetime time Fraction'.split(
    ' ',
  ),
);
const PLAIN_MODULES = new Set('builtins __builtin__ collections decimal datetime fractions'.split(' '));

function partialCallee(module: string, name: string, classOf: ArgumentClass): ShapeVerdict {
  if (PLAIN_MODULES.has(module) && PLAIN_CALLEES.has(name)) return 'allowed';
  const own = classOf(module, name);
  return own === 'allowed' ? 'unexpected' : own;
}

/** Bytes that stand in the stream: as they are, or as the text that protocols below 3 encode (see latin1Bytes). */
function areConstantBytes(value: Value | undefined): boolean {
  if (value?.kind === 'bytes') return true;
  return (
    value?.kind === 'call' &&
    value.callee === '_codecs.encode' &&
    value.args?.[0]?.kind === 'str' &&
    text(value.args[1]) === 'latin1'
  );
}

/** `_load_from_bytes(b'...')`: the bytes are a checkpoint, which the engine analyses like any stream. */
const nestedCheckpoint = eachCall((call) =>
  isReduce(call) && call.args.length === 1 && areConstantBytes(call.args[0]) ? 'allowed' : 'dangerous',
);

/**
 * `_rebuild_from_type(function, type, args, state)` calls the function, and `__setstate__` of what it returns with
 * the state: only torch's own rebuild functions, which return a new tensor, may stand there.
 */
const rebuildFromType = eachCall((call, classOf) => {
  const [callable, type] = call.args;
  if (!isReduce(call) || call.args.length !== 4 || callable?.kind !== 'global' || type?.kind !== 'global')
    return 'dangerous';
  const rebuilds = callable.module === 'torch._utils' && callable.name.startsWith('_rebuild_');
  return rebuilds ? worst([classOf(callable.module, callable.name), classOf(type.module, type.name)]) : 'dangerous';
});

/**
 * Python 3 writes bytes as `_codecs.encode(text, 'latin1')` below protocol 3 (`pickle._Pickler.save_bytes`). This
 * one codec takes nothing but a text and gives nothing but bytes, so the first argument does not matter.
 */
const latin1Bytes = eachCall((call) =>
  isReduce(call) && call.args.length === 2 && text(call.args[1]) === 'latin1' ? 'allowed' : 'dangerous',
);

/** Older numpy writes a ufunc as `_ufunc_reconstruct(module, name)`, which imports the module. */
const UFUNC_MODULES = new Set([
  'numpy',
  'numpy.core.umath',
  'numpy.core._multiarray_umath',
  'numpy._core.umath',
  'numpy._core._multiarray_umath',
]);
const ufuncByName = eachCall((call) => {
  const module = text(call.args[0]);
  const name = text(call.args[1]);
  if (!isReduce(call) || call.args.length !== 2 || module === null || name === null) return 'dangerous';
  return UFUNC_MODULES.has(module) && findAllowed('numpy', name)?.storedOnly === true ? 'allowed' : 'dangerous';
});

/** Whether there are as many bytes as the code of a dtype says: numpy reads that many. */
function isLongEnough(code: string | null, data: Value | undefined): boolean {
  const match = /^([a-zA-Z?])(\d*)$/.exec(code ?? '');
  if (match === null || data === undefined) return true;
  const size = Number(match[2] ?? '0') * (match[1] === 'U' ? 4 : 1);
  if (data.kind === 'bytes' || data.kind === 'str') return data.length >= size;
  const [content] = data.kind === 'call' ? (data.args ?? []) : [];
  return content?.kind === 'str' ? content.length >= size : true;
}

/** `scalar(dtype, data)`: data is bytes, or what stands for them below protocol 3; of an object dtype it is returned. */
const scalarOfBytes = eachCall((call) => {
  const [dtype, data] = call.args;
  if (dtype?.kind !== 'call' || dtype.callee !== 'numpy.dtype') return 'dangerous';
  const code = dtype.args?.[0];
  if (code?.kind !== 'global' && (text(code) ?? 'O').includes('O')) return 'dangerous';
  if (!isLongEnough(text(code), data)) return 'dangerous';
  const raw =
    data === undefined ||
    data.kind === 'bytes' ||
    data.kind === 'str' ||
    (data.kind === 'call' && data.callee === '_codecs.encode');
  return isReduce(call) && raw && call.args.length <= 2 ? 'allowed' : 'dangerous';
});

/**
 * Python 3 writes a bytearray as `bytearray(bytes)`, below protocol 3 also as `bytearray(text, 'latin-1')`: any other
 * name of an encoding is a module that is imported.
 */
const plainBytearray = eachCall((call) => {
  const [value, encoding] = call.args;
  if (!isReduce(call) || call.args.length > 2) return 'dangerous';
  if (encoding !== undefined) return value?.kind === 'str' && text(encoding) === 'latin-1' ? 'allowed' : 'dangerous';
  const plain = value === undefined || value.kind === 'str' || areConstantBytes(value);
  return plain ? 'allowed' : 'dangerous';
});

/** Bit generators of numpy, which the rebuild functions of its random module call. */
const BIT_GENERATOR = /^(?:MT19937|PCG64|PCG64DXSM|Philox|SFC64)$/;
function isBitGenerator(value: Value | undefined): boolean {
  if (value?.kind === 'global') {
    const inRandom = value.module.startsWith('numpy.random');
    return inRandom && (BIT_GENERATOR.test(value.name) || value.name === '__bit_generator_ctor');
  }
  if (value?.kind === 'call')
    return value.callee.startsWith('numpy.random.') && value.callee.endsWith('__bit_generator_ctor');
  return BIT_GENERATOR.test(text(value) ?? '');
}
const bitGenerators = eachCall((call) => {
  if (call.via === 'BUILD') return 'allowed';
  return isReduce(call) && call.args.length > 0 && call.args.every(isBitGenerator) ? 'allowed' : 'dangerous';
});

/** What pandas hands to the constructors of its indexes (`_new_Index`, `_new_DatetimeIndex` and others). */
const INDEX_KEYS = new Set(
  'data name names levels codes labels sortorder verify_integrity freq freqstr tz dtype unit start stop step left right closed ordinal categories ordered copy'.split(
    ' ',
  ),
);
const newIndex = eachCall((call) => {
  const [cls, given] = call.args;
  const attributes = stateOf(given);
  if (!isReduce(call) || call.args.length !== 2 || cls?.kind !== 'global' || attributes === null) return 'dangerous';
  if (packageOf(cls.module) !== 'pandas' || !/Index(?:Opt)?$/.test(cls.name)) return 'dangerous';
  for (const [key, value] of attributes) {
    if (!INDEX_KEYS.has(key)) return 'dangerous';
    if ((key === 'tz' || key === 'dtype') && !isTypeOrZone(value)) return 'dangerous';
  }
  return 'allowed';
});

/** Packages whose makers give types and time zones; a scalar of numpy may be a text. */
const TYPE_PACKAGES = new Set('pandas datetime dateutil pytz zoneinfo pyarrow'.split(' '));

/**
 * A type, a time zone, a number, or a constant text that does not have dateutil open a file: it does for
 * `dateutil/PATH`, also within `datetime64[ns, …]`.
 */
function isTypeOrZone(value: Value): boolean {
  if (value.kind === 'str') return value.value.length === value.length && !/dateutil/i.test(value.value);
  if (value.kind === 'none' || value.kind === 'int' || value.kind === 'bool' || value.kind === 'float') return true;
  if (value.kind !== 'call') return false;
  if (value.callee === 'numpy.dtype' || /^(?:builtins|__builtin__)\.getattr$/.test(value.callee)) return true;
  return TYPE_PACKAGES.has(packageOf(value.callee));
}
/**
 * `_restore_array((type, length, nulls, offset, buffers, children, dictionary))`: Arrow asks nobody whether all buffers of
 * a type are there (array.pxi, `_restore_array`; format/Columnar.rst has the buffers of each type).
 */
const BUFFERS: Readonly<Record<string, number>> = {
  null: 1,
  string: 3,
  large_string: 3,
  binary: 3,
  large_binary: 3,
  utf8: 3,
  large_utf8: 3,
};
const oneText = eachCall((call) =>
  isReduce(call) && call.args.length === 1 && text(call.args[0]) !== null ? 'allowed' : 'dangerous',
);
const arrowArray = eachCall((call) => {
  const parts = call.args[0];
  if (!isReduce(call) || call.args.length !== 1 || parts?.kind !== 'tuple' || parts.length !== 7) return 'dangerous';
  const [type, length, , offset, buffers, children] = parts.items;
  if (type?.kind !== 'call' || !type.callee.startsWith('pyarrow.lib.')) return 'dangerous';
  const code = type.callee === 'pyarrow.lib.type_for_alias' ? text(type.args?.[0]) : null;
  if (buffers?.kind !== 'list' && buffers?.kind !== 'tuple') return 'dangerous';
  if (buffers.items.length !== buffers.length || !isSize(length) || !isSize(offset)) return 'dangerous';
  const isNested = children?.kind === 'list' || children?.kind === 'tuple' ? children.length > 0 : true;
  if (isNested) return 'allowed';
  // Only the first, which tells what is missing, may be left out.
  const isWhole = buffers.items.slice(1).every((buffer) => buffer.kind === 'call');
  return buffers.length === (code === null ? 2 : (BUFFERS[code] ?? 2)) && isWhole ? 'allowed' : 'dangerous';
});

function isSize(value: Value | undefined): boolean {
  return value?.kind === 'int' && Number(value.text) >= 0;
}

const timestamp = eachCall((call) => (isReduce(call) && call.args.every(isTypeOrZone) ? 'allowed' : 'dangerous'));

/** An instance made by `cls.__new__(cls)` alone: its constructor, which can open a file, does not run. */
const emptyInstance = eachCall((call) => {
  if (call.via === 'BUILD') return 'allowed';
  const empty = call.args.length === 0;
  return (call.via === 'NEWOBJ' || call.via === 'NEWOBJ_EX') && empty ? 'allowed' : 'dangerous';
});

/** The items of a state that is a dict with text keys, held in full. */
function stateOf(value: Value | undefined): Map<string, Value> | null {
  if (value === undefined || value.kind !== 'dict' || value.items.length !== value.length) return null;
  const state = new Map<string, Value>();
  for (const [key, item] of value.items) {
    const name = text(key);
    // A key that stands twice is one pair for whoever reads the dict, and which one the reader decides.
    if (name === null || state.has(name)) return null;
    state.set(name, item);
  }
  return state;
}

/**
 * scipy's distributions execute the text in their state (`rv_generic._attach_argparser_methods` runs
 * `exec(self._parse_arg_template)` from `__setstate__`), so that text must be the one template that scipy fills.
 */
const SHAPES = String.raw`((?:[A-Za-z_][A-Za-z_0-9]*, )*)`;
const TEMPLATE = new RegExp(
  String.raw`^\ndef _parse_args\(self, ${SHAPES} (?:loc=0, scale=1|loc=0)\):\n` +
    String.raw`    return \(\1\), (loc, scale|loc, 1)\n\n` +
    String.raw`def _parse_args_rvs\(self, \1 (?:loc=0, scale=1|loc=0), size=None\):\n` +
    String.raw`    return self\._argcheck_rvs\(\1 \2, size=size\)\n\n` +
    String.raw`def _parse_args_stats\(self, \1 (?:loc=0, scale=1|loc=0), moments='mv'\):\n` +
    String.raw`    return \(\1\), \2, moments\n$`,
);
function isDistributionState(value: Value | undefined): boolean {
  // scipy before 1.6 wrote (constructor arguments, random state), which newer versions turn back by hand.
  if (value !== undefined && value.kind === 'tuple') {
    const [parameters, random] = value.items;
    // Two keys would be a pair for `dict.update`, and a pair would be a state: each stands once, and there are more.
    const isPlain = (stateOf(parameters)?.size ?? 0) > 2;
    return value.length === 2 && isPlain && (random?.kind === 'none' || random?.kind === 'call');
  }
  const state = stateOf(value);
  if (state === null) return false;
  const template = state.get('_parse_arg_template');
  if (template === undefined) return false;
  const code = text(template);
  return code !== null && TEMPLATE.test(code);
}
const distribution: Conditional['judge'] = (calls) => {
  const builds = calls.filter((call) => call.via === 'BUILD');
  const made = emptyInstance(calls, () => 'dangerous');
  if (made !== 'allowed' || builds.length === 0) return 'dangerous';
  return builds.every((call) => isDistributionState(call.args[0])) ? 'allowed' : 'dangerous';
};

/**
 * `ModelData.__setstate__` of statsmodels builds the design of a model again from its formula, and a formula is Python
 * code to patsy and formulaic. Names joined by operators only look a column or a variable up.
 */
const REBUILDS_DESIGN = ['restore_design_info', 'restore_model_spec'];
const TERM = String.raw`\s*(?:[A-Za-z_]\w*|[01])\s*`;
const PLAIN_FORMULA = new RegExp(`^\\s*[A-Za-z_]\\w*\\s*~${TERM}(?:[-+*:]${TERM})*$`);
const modelData: Conditional['judge'] = (calls) => {
  const builds = calls.filter((call) => call.via === 'BUILD');
  if (emptyInstance(calls, () => 'dangerous') !== 'allowed') return 'dangerous';
  const plain = builds.every((call) => {
    const state = stateOf(call.args[0]);
    if (state === null) return false;
    return !REBUILDS_DESIGN.some((key) => state.has(key)) || PLAIN_FORMULA.test(text(state.get('formula')) ?? '');
  });
  return plain ? 'allowed' : 'dangerous';
};

/** `type(None)` and the like: pickle has no other way to write the types of these constants (`save_type`). */
const typeOfConstant = eachCall((call) => {
  const [value] = call.args;
  const constant =
    value?.kind === 'none' ||
    (value?.kind === 'global' &&
      (value.module === 'builtins' || value.module === '__builtin__') &&
      (value.name === 'Ellipsis' || value.name === 'NotImplemented'));
  return isReduce(call) && call.args.length === 1 && constant ? 'allowed' : 'dangerous';
});

const CONSTANTS = new Set<Value['kind']>(['none', 'bool', 'int', 'float', 'str', 'bytes']);
/** `itemgetter(0, 'name')`: what it gives is an object that nothing may call or change. */
const plainKeys = eachCall((call) => {
  const plain = call.args.length > 0 && call.args.every((key) => CONSTANTS.has(key.kind));
  return isReduce(call) && call.on === undefined && plain ? 'allowed' : 'dangerous';
});

/** sympy's numbers and symbols, made by `__new__`: `sympify`, which evaluates text, is for what is none of these. */
const plainNumber = eachCall((call) => {
  const plain = call.args.length <= 2 && call.args.every((part) => part.kind === 'int');
  return call.via === 'NEWOBJ' && call.on === undefined && plain ? 'allowed' : 'dangerous';
});
const plainSymbol = eachCall((call) => {
  const plain = call.args.length === 1 && text(call.args[0]) !== null;
  return call.via === 'NEWOBJ' && call.on === undefined && plain ? 'allowed' : 'dangerous';
});
const SYMPY_NUMBERS =
  'Integer Rational Zero One NegativeOne Half Infinity NegativeInfinity NaN ComplexInfinity Pi Exp1 ImaginaryUnit GoldenRatio EulerGamma Catalan TribonacciConstant';

/** joblib before 0.10 keeps each array in a file of its own beside the pickle; a path would reach any other file. */
const SIBLING = /^[^/\\:\0]+\.(?:npy|npy\.z|z)$/;
const siblingArray: Conditional['judge'] = (calls) => {
  const builds = calls.filter((call) => call.via === 'BUILD');
  if (builds.length === 0 || emptyInstance(calls, () => 'dangerous') !== 'allowed') return 'dangerous';
  const plain = builds.every((call) => {
    const file = text(stateOf(call.args[0])?.get('filename'));
    return call.argsKnown && file !== null && SIBLING.test(file);
  });
  return plain ? 'allowed' : 'dangerous';
};

const EMPTY = 'an instance made without running its constructor, as pickle writes it';
const SIBLING_SHAPE = 'a file beside the pickle, named without a path';

const SIBLING_WHY = 'Reads the file that its state names, and can unpickle it.';
const GETATTR_WHY = 'Fetches an attribute by name, the usual step from a harmless object to code.';
const SYMPY_WHY = 'What is no number or symbol goes through sympify, which evaluates text.';
const ITEM_WHY = 'Fetches items by key: from a namespace, any name in it.';
const PARTIAL_WHY = 'Binds arguments to a callable.';
const MODEL_FILE_WHY = 'Its constructor reads the model file that it is given.';
const COPY_WHY = 'Its constructor copies what it is given, which runs the reducers of that object.';
const TYPE_WHY = 'Builds classes, and with them methods that the interpreter calls by itself.';
const UFUNC_WHY = 'Imports a module by name and fetches an attribute of it.';

type Row = readonly [
  modules: string,
  names: string,
  hazard: Hazard,
  why: string,
  shape: string,
  judge: Conditional['judge'],
  stored?: 'may be stored',
];
const ROWS: readonly Row[] = [
  ['builtins __builtin__', 'getattr', 'introspection', GETATTR_WHY, 'a known member of a known class', getattrMember],
  [
    'builtins __builtin__',
    'type',
    'execution',
    TYPE_WHY,
    'the type of None, Ellipsis or NotImplemented',
    typeOfConstant,
  ],
  ['sympy.core.numbers', SYMPY_NUMBERS, 'execution', SYMPY_WHY, 'made of integers by __new__', plainNumber],
  ['sympy.core.symbol', 'Symbol', 'execution', SYMPY_WHY, 'made of its name by __new__', plainSymbol],
  ['_operator operator', 'itemgetter', 'introspection', ITEM_WHY, 'with constants as keys', plainKeys],
  ['functools _functools', 'partial', 'execution', PARTIAL_WHY, 'the partial of an allowed callable', partialOfGlobal],
  [
    'torch.storage',
    '_load_from_bytes',
    'loader',
    'Loads a further checkpoint.',
    'one constant byte string, analysed as a checkpoint of its own',
    nestedCheckpoint,
  ],
  [
    'torch._tensor',
    '_rebuild_from_type_v2 _rebuild_from_type',
    'execution',
    'Calls what it is given.',
    "one of torch's rebuild functions with an allowed type",
    rebuildFromType,
  ],
  [
    'torch.tensor',
    '_rebuild_from_type',
    'execution',
    'Calls what it is given.',
    "one of torch's rebuild functions with an allowed type",
    rebuildFromType,
  ],
  [
    '_codecs',
    'encode',
    'execution',
    'Runs any codec of the registry.',
    "a constant text with the codec 'latin1'",
    latin1Bytes,
  ],
  ['numpy.core numpy._core', '_ufunc_reconstruct', 'import', UFUNC_WHY, 'the name of a ufunc of numpy', ufuncByName],
  [
    'numpy.core.multiarray numpy._core.multiarray numpy.core._multiarray_umath numpy._core._multiarray_umath',
    'scalar',
    'introspection',
    'Hands an object on that it is given.',
    'a scalar made of constant bytes',
    scalarOfBytes,
  ],
  [
    'numpy numpy.lib.function_base numpy.lib._function_base_impl',
    'vectorize',
    'execution',
    'Calls what it is given for every item.',
    EMPTY,
    emptyInstance,
  ],
  [
    'builtins __builtin__',
    'bytearray',
    'import',
    'Imports the encoding that it is given.',
    'the bytearray of constant bytes',
    plainBytearray,
    'may be stored',
  ],
  [
    'numpy.random._pickle',
    '__bit_generator_ctor __generator_ctor __randomstate_ctor',
    'execution',
    'Calls what it is given.',
    'a bit generator of numpy',
    bitGenerators,
    'may be stored',
  ],
  [
    'pandas.core.index pandas.core.indexes.base pandas.core.indexes.datetimes pandas.core.indexes.interval pandas.core.indexes.period pandas.core.indexes.timedeltas pandas.indexes.base pandas.tseries.index pandas.tseries.period',
    '_new_Index _new_DatetimeIndex _new_IntervalIndex _new_PeriodIndex _new_TimedeltaIndex',
    'execution',
    'Calls the class that it is given with keywords of choice.',
    'an index of pandas with its own attributes',
    newIndex,
    'may be stored',
  ],
  [
    'pandas pandas._libs.tslib pandas._libs.tslibs.timestamps pandas.tslib',
    'Timestamp _unpickle_timestamp',
    'file',
    'Opens the file that a time zone of dateutil names.',
    'a time with a time zone that is none of a file',
    timestamp,
    'may be stored',
  ],
  [
    'pyarrow.lib',
    'type_for_alias',
    'state',
    'Looks a type of Arrow up by its name.',
    'a constant name',
    oneText,
    'may be stored',
  ],
  [
    'pyarrow.lib',
    '_restore_array',
    'state',
    'Builds an array over buffers that it does not check.',
    'an array with the buffers of its type',
    arrowArray,
    'may be stored',
  ],
  ['xgboost.core', 'Booster', 'file', MODEL_FILE_WHY, EMPTY, emptyInstance],
  ['lightgbm.basic', 'Booster', 'file', MODEL_FILE_WHY, EMPTY, emptyInstance],
  [
    'transformers.training_args',
    'TrainingArguments',
    'network',
    'Its constructor sets up devices and process groups.',
    EMPTY,
    emptyInstance,
  ],
  [
    'accelerate.state',
    'PartialState',
    'network',
    'Its constructor sets up devices and process groups.',
    EMPTY,
    emptyInstance,
  ],
  [
    'torch.nn.modules.transformer',
    'Transformer TransformerDecoder TransformerEncoder',
    'execution',
    COPY_WHY,
    EMPTY,
    emptyInstance,
  ],
  ['torch.optim.swa_utils', 'AveragedModel', 'execution', COPY_WHY, EMPTY, emptyInstance],
  [
    'joblib.numpy_pickle joblib.numpy_pickle_compat',
    'NDArrayWrapper ZNDArrayWrapper',
    'file',
    SIBLING_WHY,
    SIBLING_SHAPE,
    siblingArray,
  ],
  [
    'sklearn.externals.joblib.numpy_pickle sklearn.externals.joblib.numpy_pickle_compat',
    'NDArrayWrapper ZNDArrayWrapper',
    'file',
    SIBLING_WHY,
    SIBLING_SHAPE,
    siblingArray,
  ],
];

/** Distributions whose names the generator does not meet: those of given values. */
const MORE_DISTRIBUTIONS = 'scipy.stats._distn_infrastructure: rv_sample';
const DISTRIBUTION_WHY = 'Its state holds text that scipy executes when the state is set.';
const DATA_WHY = 'Its state holds a formula that is evaluated as Python code when the state is set.';
const UNREAD_WHY = 'Only its instances are allowed, not its constructor.';
const SHAPED_WHY = 'Calls or looks into what it is given, unless that is plain.';
const FROZEN_WHY = 'Its constructor calls the class of the object that it is given.';

function addAll(index: Map<string, Conditional>, module: string, names: string, entry: Conditional): void {
  for (const name of names.split(' ')) index.set(`${module}\n${name}`, entry);
}

function addLines(index: Map<string, Conditional>, lines: string, entry: Conditional): void {
  for (const line of lines.trim().split('\n')) {
    const colon = line.indexOf(': ');
    addAll(index, line.slice(0, colon), line.slice(colon + 2), entry);
  }
}

let index: Map<string, Conditional> | undefined;

/** Every conditional callable by `module`, newline, `name`. Built on first use. */
export function conditionals(): ReadonlyMap<string, Conditional> {
  if (index === undefined) {
    index = new Map();
    for (const [modules, names, hazard, why, shape, judge, stored] of ROWS) {
      const own = { hazard, why, shape, judge };
      const entry: Conditional = stored === undefined ? own : { ...own, mayBeStored: true };
      for (const module of modules.split(' ')) addAll(index, module, names, entry);
    }
    const shape = 'an unchanged distribution, as pickle writes it';
    addLines(index, `${DISTRIBUTIONS.trim()}\n${MORE_DISTRIBUTIONS}`, {
      hazard: 'execution',
      why: DISTRIBUTION_WHY,
      shape,
      judge: distribution,
      judgesStates: true,
    });
    const data = "an unchanged model's data with a formula of plain names or none";
    addLines(index, MODEL_DATA, { hazard: 'execution', why: DATA_WHY, shape: data, judge: modelData });
    const unread = { hazard: 'execution', why: UNREAD_WHY, shape: EMPTY, otherwise: 'unexpected' } as const;
    for (const pack of PACKS.values()) for (const [name, forms] of shapesOfPack(pack)) index.set(name, shapedBy(forms));
    addLines(index, EMPTY_INSTANCES, { ...unread, judge: emptyInstance });
    addLines(index, FROZEN_DISTRIBUTIONS, { hazard: 'execution', why: FROZEN_WHY, shape: EMPTY, judge: emptyInstance });
  }
  return index;
}

const shaped = new Map<string, Conditional>();
const shapesRead = new Map<string, CallShapes>();

function shapesIn(forms: string): CallShapes {
  let known = shapesRead.get(forms);
  if (known === undefined) {
    known = readShapes(forms);
    shapesRead.set(forms, known);
  }
  return known;
}

/** A name of a pack that is judged by the forms of its line. */
function shapedBy(forms: string): Conditional {
  let known = shaped.get(forms);
  if (known === undefined) {
    const own = shapesIn(forms);
    known = {
      hazard: 'execution',
      otherwise: 'unexpected',
      why: SHAPED_WHY,
      shape: 'the form that default saves of its library have',
      judgesStates: true,
      stateKeys: own.stateKeys.size === 0 ? null : own.stateKeys,
      ...(own.mayBeStored ? { mayBeStored: true as const } : {}),
      judge: (calls) =>
        calls.every((call) => call.on === undefined && fitsShapes(call, own)) ? 'allowed' : 'dangerous',
    };
    shaped.set(forms, known);
  }
  return known;
}

let modules: Set<string> | undefined;

/** Modules that have some: few streams name any of them, and the index of all names is not made for the others. */
function hasConditionals(module: string): boolean {
  if (modules === undefined) {
    modules = new Set();
    for (const [names] of ROWS) for (const name of names.split(' ')) modules.add(name);
    for (const lines of [DISTRIBUTIONS, MORE_DISTRIBUTIONS, MODEL_DATA, EMPTY_INSTANCES, FROZEN_DISTRIBUTIONS]) {
      for (const line of lines.trim().split('\n')) modules.add(line.slice(0, line.indexOf(': ')));
    }
  }
  return modules.has(module);
}

export function findConditional(module: string, name: string): Conditional | undefined {
  const pack = packOf(module);
  const forms = pack === undefined || pack.shapes === '' ? undefined : shapesOfPack(pack).get(`${module}\n${name}`);
  if (forms !== undefined) return shapedBy(forms);
  return hasConditionals(module) ? conditionals().get(`${module}\n${name}`) : undefined;
}
