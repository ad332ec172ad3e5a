/** Rows of the tables about Python source (data/python-source, data/effects.txt). */

/** From whom: `network` any peer, `store` anybody who can write to it, `worker` another process, `local` this machine. */
export type Reach = 'network' | 'store' | 'worker' | 'local';

export interface SourceKind {
  readonly reach: Reach;
  /** For people: `ZeroMQ`, `HTTP request`. */
  readonly protocol: string;
  /** A client asked for it: the peer is one that the program has chosen. */
  readonly client?: true;
  /** The call itself gives what it receives to a function that it was given. */
  readonly decodes?: true;
}

/** Names that do something when a program calls them. */
export interface EffectRow {
  readonly kind: 'process' | 'execution' | 'write' | 'computed-import' | 'download';
  readonly modules: string;
  readonly names: string;
}

/** A member that gives such bytes: read, called, or filled into its first argument. */
export interface SourceMember {
  readonly names: string;
  readonly kind: SourceKind;
  readonly use: 'call' | 'read' | 'fills';
  /** The path of the object that has the member. */
  readonly on?: RegExp;
  /** The last name of the object's own text, where its path says nothing, in a module that imports one of `imports`. */
  readonly named?: RegExp;
  readonly imports?: RegExp;
}

/** Parameters that a framework fills. */
export interface EntryPoint {
  readonly kind: SourceKind;
  /** One of the decorators, by its dotted name as written or resolved. */
  readonly decorator?: RegExp;
  /** One of the bases of the class, by its last name. */
  readonly base?: RegExp;
  /** A decorator of the class. */
  readonly classDecorator?: RegExp;
  readonly name?: RegExp;
  /** The names of the parameters, without the instance, joined by commas. */
  readonly shape?: RegExp;
  readonly imports?: RegExp;
  /** Which parameters, by name; those of the instance are left out. */
  readonly filled: RegExp;
}

export type SinkFamily =
  | 'pickle'
  | 'torch'
  | 'numpy'
  | 'yaml'
  | 'shelve'
  | 'forking'
  /** Receives and loads at once. */
  | 'zmq-pyobj'
  | 'connection'
  | 'collective'
  | 'manager'
  | 'celery';

export interface Sink {
  readonly family: SinkFamily;
  /** Short name for people. */
  readonly name: string;
  /** What it takes: the bytes themselves, an open file, or a path or a file. */
  readonly takes: 'bytes' | 'file' | 'path';
  readonly argument: number;
  readonly keywords: readonly string[];
  /** The argument that makes it safe, and its default. */
  readonly switch?: 'weights_only' | 'allow_pickle' | 'Loader' | 'yaml_safe';
}

/** A function that loads, by the pattern of its full name. */
export interface SinkRow extends Omit<Sink, 'name'> {
  readonly path: RegExp;
}

/** Members that receive and load in one step. */
export interface ReceivingSink {
  readonly names: string;
  readonly sink: Sink;
  /** The path of the object that has the member. */
  readonly on?: RegExp;
  /** The last name of the object's own text, where its path says nothing and the member is called without arguments. */
  readonly named?: RegExp;
  readonly imports: RegExp;
}

/** What gives such bytes, by the pattern of its full name. */
export interface SourceRow {
  readonly path: RegExp;
  readonly kind: SourceKind;
}

/** Members that call a function with what they receive. */
export interface CallbackMember {
  readonly names: string;
  readonly kind: SourceKind;
  /** The path of the object that has the member. */
  readonly on: RegExp;
  /** Where the function stands among the arguments, or its keyword. */
  readonly at: number;
  readonly keyword: string;
  /** Which parameter of the function is given the bytes. */
  readonly gives: number | 'all';
}

/** A parameter that is known by its name, in a module that imports one of `imports`; `path`: what it is. */
export interface NamedParameter {
  readonly name: RegExp;
  readonly imports: RegExp;
  /** The names of all parameters, without the instance, joined by commas. */
  readonly shape?: RegExp;
  readonly path: string;
}

/** A function that calls its argument at this position. */
export interface PathRow {
  readonly path: RegExp;
  readonly at: number;
}

/** Where a callable finds what it loads. */
export interface LoadedArgument {
  readonly position: number;
  readonly keyword: string;
}

/** What a callable, or a value, with such a full name says of a path; `arguments`: what it is given says it. */
export interface PathOriginRow {
  readonly path: RegExp;
  readonly gives: 'user' | 'store' | 'network' | 'constant' | 'arguments';
}
