/** What the tables of the catalogue may hold: for each kind of block its fields, its words and its text. */

export interface Rule {
  readonly form: RegExp;
  readonly isOptional?: true;
}

interface KindRule {
  readonly fields: Readonly<Record<string, Rule>>;
  readonly words: readonly Rule[];
  /** The form of the text behind the colon; without one, there is no text. */
  readonly text?: RegExp;
  readonly mayBeEmpty?: true;
  /** Entries stand in the order of their words, so that two people add at different lines. */
  readonly isSorted?: true;
}

const need = (form: RegExp): Rule => ({ form });
const may = (form: RegExp): Rule => ({ form, isOptional: true });

const MODULE = /^[A-Za-z_][\w.]*$/;
const NAME = MODULE;
/** `module.Class`. */
const FULL = /^[A-Za-z_]\w*(?:\.\w+)+$/;
const MODULES = /^[A-Za-z_][\w.]*(?: [A-Za-z_][\w.]*)*$/;
const SENTENCE = /^[A-Za-z_].{8,}\.$/;
const TEXT = /^\S.*$/;
const YES = /^yes$/;
const HAZARD = /^(?:execution|process|file|network|import|introspection|loader|state)$/;
const CODES = /^(?:\S+(?: \S+)*)?$/;

/** A regular expression, or the name of a `[pattern]`. */
const PATTERN = /^(?:\/\S.*\/i?|[A-Z][A-Z_]*)$/;
const WORD = /^[\w.]+$/;
/** The libraries whose sources or documentation say so, with the version that was read: `redis 7.0.1, valkey 6.1.0`. */
const READ = /^[A-Za-z][\w.-]* (?:\d[\w.]*|documentation)(?:, [A-Za-z][\w.-]* (?:\d[\w.]*|documentation))*$/;
const KIND_NAME = need(/^[a-z][a-z-]*$/);
const LIST_NAME = need(/^[A-Z][A-Z_\d]*$/);

/** EffectKind of import-effects/effect.ts. */
const EFFECT = /^(?:process|execution|write|computed-import|download)$/;

const PAIR = [need(MODULE), need(NAME)] as const;

export const FILE_FIELDS: Readonly<Record<string, Rule>> = {
  // Where the entries come from, and who changes them.
  source: need(TEXT),
  // The release of PyTorch that was read.
  torch: may(/^\d+\.\d+\.\d+$/),
};

const rule = <T extends Readonly<Record<string, KindRule>>>(kinds: T): Readonly<Record<keyof T, KindRule>> => kinds;

export const KINDS = rule({
  // A module in which nothing is fit to be named by a pickle; `primitive`: calling anything in it is the attack itself.
  'danger-module': {
    fields: {},
    words: [need(MODULE), need(HAZARD), may(/^primitive$/)],
    text: SENTENCE,
    isSorted: true,
  },
  // A name in the modules of the block.
  'danger-name': {
    fields: { modules: need(MODULES) },
    words: [need(NAME), need(HAZARD), may(/^primitive$/)],
    text: SENTENCE,
    isSorted: true,
  },
  // Modules that many others import, and whose object a walk of attributes meets.
  'danger-walk': { fields: {}, words: [need(MODULE)], isSorted: true },
  // Names of the allowlist. `role: stored`: saves keep them and never call them.
  allow: {
    fields: { why: need(/^[A-Za-z_].{30,}\.$/), role: may(/^stored$/), 'inside-danger': may(YES) },
    words: PAIR,
    isSorted: true,
  },
  // Names that are judged by the values of their calls and states (catalogue/judges).
  conditional: {
    fields: {
      judge: need(/^[a-z][a-zA-Z\d]*$/),
      hazard: need(HAZARD),
      why: need(SENTENCE),
      shape: need(TEXT),
      otherwise: may(/^unexpected$/),
      'judges-states': may(YES),
      'may-be-stored': may(YES),
    },
    words: PAIR,
    isSorted: true,
  },
  // What `getattr` may take of a class, or of an instance of it, to store it.
  member: { fields: {}, words: [need(FULL), need(NAME)], isSorted: true },
  // What honest saves do with names of a package beyond the ordinary (notation: uses.ts). `ordinary: no`: nothing else.
  // `*`: all others of the block, `@module`: all of a module; `exact`: nothing else, not even what is ordinary.
  uses: {
    fields: { packages: need(MODULES), ordinary: may(/^no$/) },
    words: [need(/^(?:[A-Za-z_][\w.]*|@[A-Za-z_][\w.]*|\*)$/), may(/^exact$/)],
    text: CODES,
    mayBeEmpty: true,
  },
  // A library of its own file: its names are read when a stream names its package.
  pack: { fields: { package: need(/^\w+$/), library: need(TEXT) }, words: [], mayBeEmpty: true },
  // A name that is judged by every call and state (notation: call-shapes.ts).
  shape: { fields: {}, words: PAIR, text: TEXT },
  // A name that default saves write and that stays a finding.
  refused: { fields: {}, words: PAIR, text: TEXT, isSorted: true },
  // What a call gives: inert values, or containers of them that have attributes too.
  result: { fields: { gives: need(/^(?:data|items)$/) }, words: PAIR },
  // Classes whose state sets attributes one by one.
  slots: { fields: {}, words: [need(FULL)], isSorted: true },
  // What Python 3 looks up for a name of Python 2 while the protocol is below `before-protocol`.
  renamed: { fields: { 'before-protocol': need(/^3$/) }, words: PAIR, text: /^\S+ \S+$/, isSorted: true },
  'renamed-module': { fields: { 'before-protocol': need(/^3$/) }, words: [need(MODULE)], text: MODULE, isSorted: true },
  // Modules that no Python 3 has: what is allowed in them is allowed in the protocols of their time only.
  'python2-module': { fields: { 'before-protocol': need(/^3$/) }, words: [need(MODULE)], isSorted: true },
  // What PyTorch's C++ unpickler knows by name.
  'torchscript-name': { fields: {}, words: PAIR, isSorted: true },
  // What the restricted unpickler of PyTorch takes, with the fewest and most arguments of a function.
  'weights-only': {
    fields: { takes: need(/^(?:class|tensor|storage|function|value)$/) },
    words: [need(FULL)],
    text: /^(?:\d+-\d*)?$/,
    isSorted: true,
  },
  'weights-only-blocked': { fields: {}, words: [need(MODULE)], isSorted: true },
  'weights-only-renamed': { fields: {}, words: [need(FULL)], text: FULL, isSorted: true },
  'weights-only-renamed-module': { fields: {}, words: [need(MODULE)], text: MODULE, isSorted: true },
  'torch-operator': {
    fields: { namespace: need(/^(?:aten|prim)$/), releases: need(TEXT) },
    words: [need(NAME)],
    isSorted: true,
  },
  'torch-namespace': { fields: { of: need(/^(?:operators|classes)$/) }, words: [need(NAME)], isSorted: true },

  // What a loader of model repositories does by default with the kinds of code that a repository names. `reference`: the block
  // is about versions with a fault; without it, about versions whose behaviour was read (`read`).
  loader: {
    fields: { loader: need(TEXT), versions: need(TEXT), reference: may(TEXT), read: may(READ) },
    words: [KIND_NAME, need(/^(?:needs-trust|at-once)$/)],
    mayBeEmpty: true,
  },
  // Packages whose classes, and modules whose functions, a configuration may have made (Hydra's `_target_` and its kin).
  target: { fields: { takes: need(/^(?:classes|functions)$/) }, words: [need(MODULE)], isSorted: true },
  // Modules of pipelines that diffusers resolves among its own.
  'pipeline-module': { fields: {}, words: [need(/^\w+$/)], isSorted: true },

  // A name that a configuration of Keras may look up in it, and that does more than compute.
  'keras-name': {
    fields: { is: need(/^(?:class|function)$/), class: need(/^(?:dangerous|unexpected)$/) },
    words: [need(NAME)],
    text: SENTENCE,
    isSorted: true,
  },
  // What the value of a key of a state has to be that is more than data.
  'state-key': { fields: { value: need(/^(?:never|constant|dict|built-in)$/) }, words: [need(NAME)], isSorted: true },

  // ---- What the rules for Python source ask. Blocks are asked in the order in which they stand. ----

  // A regular expression with a name; `<NAME>` in another stands for it. `joined`: one of the entries, as a whole or as a word.
  pattern: { fields: { name: LIST_NAME, joined: may(/^(?:whole|words)$/) }, words: [need(PATTERN)] },
  // Names in these modules that do something when a program calls them; methods that do the same on any object.
  effect: { fields: { kind: need(EFFECT), modules: need(MODULES) }, words: [need(NAME)], isSorted: true },
  'effect-method': { fields: { kind: need(EFFECT) }, words: [need(NAME)], isSorted: true },
  // What a text that loads objects holds: all patterns of a line.
  'loader-words': { fields: {}, words: [need(PATTERN), may(PATTERN)] },
  // Where a watched callable finds what it loads.
  'loaded-argument': {
    fields: { position: need(/^\d$/), keyword: need(/^\w+$/) },
    words: [need(FULL)],
    isSorted: true,
  },
  // What callables and values with these full names say of a path that they are in.
  'path-origin': {
    fields: { gives: need(/^(?:user|store|network|constant|arguments)$/) },
    words: [need(PATTERN)],
  },
  // Words that belong together; `as: list` keeps their order.
  word: { fields: { list: LIST_NAME, as: may(/^list$/) }, words: [need(WORD)] },
  // Names of one and the same thing: the second is what the rules know.
  same: { fields: { is: need(/^(?:name|prefix)$/) }, words: [need(WORD)], text: WORD },
  // A function that loads objects: how it takes them, and what tells it to be safe.
  sink: {
    fields: {
      family: KIND_NAME,
      takes: need(/^(?:bytes|file|path)$/),
      keywords: need(/^\w+(?: \w+)*$/),
      argument: may(/^-1$/),
      switch: may(/^(?:weights_only|allow_pickle|Loader|yaml_safe)$/),
    },
    words: [need(PATTERN)],
  },
  // A member that receives and loads in one step.
  'receiving-sink': {
    fields: {
      family: KIND_NAME,
      name: need(TEXT),
      on: may(PATTERN),
      named: may(PATTERN),
      imports: need(PATTERN),
      read: may(READ),
    },
    words: [need(WORD)],
  },
  // Who can write what is read.
  'source-kind': {
    fields: {},
    words: [KIND_NAME, need(/^(?:network|store|worker|local)$/), may(/^(?:client|decodes)$/)],
    text: TEXT,
  },
  'source-member': {
    fields: {
      kind: KIND_NAME,
      use: need(/^(?:call|read|fills)$/),
      on: may(PATTERN),
      named: may(PATTERN),
      imports: may(PATTERN),
      read: may(READ),
    },
    words: [need(WORD)],
  },
  'source-call': { fields: { kind: KIND_NAME, read: may(READ) }, words: [need(PATTERN)] },
  'source-path': { fields: { kind: KIND_NAME, read: may(READ) }, words: [need(PATTERN)] },
  'named-parameter': {
    fields: { path: need(TEXT), imports: need(PATTERN), shape: may(PATTERN) },
    words: [need(PATTERN)],
  },
  // A member that calls a function with what it receives: by keyword, or at a position; `gives`: which of its parameters.
  'callback-member': {
    fields: {
      kind: KIND_NAME,
      on: need(PATTERN),
      at: need(/^\d$/),
      keyword: need(/^\w+$/),
      gives: need(/^(?:\d|all)$/),
      read: may(READ),
    },
    words: [need(WORD)],
  },
  'higher-order': { fields: { at: need(/^\d$/) }, words: [need(PATTERN)] },
  callback: { fields: { kind: KIND_NAME, read: may(READ) }, words: [need(WORD)] },
  // Parameters that a framework fills.
  'entry-point': {
    fields: {
      kind: KIND_NAME,
      decorator: may(PATTERN),
      base: may(PATTERN),
      'class-decorator': may(PATTERN),
      name: may(PATTERN),
      shape: may(PATTERN),
      imports: may(PATTERN),
      filled: need(PATTERN),
      read: may(READ),
    },
    words: [],
    mayBeEmpty: true,
  },
});

export type Kind = keyof typeof KINDS;
