import type { Identity } from './identity.js';
import type { Location } from './location.js';

/** Facts about source code: what it calls by its full name, with which constants, where, and when. */

/** What an inspection of source is asked for. */
export type SourceFactKind = 'source.call' | 'source.flow';

/** A constant of the source. */
export type SourceConstant =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'str' | 'bytes'; readonly value: string }
  | { readonly kind: 'tuple'; readonly items: readonly SourceConstant[] };

/** What is passed for one argument. */
export interface SourceValue {
  /** As written in the source, cut. */
  readonly text: string;
  /** What it can be; nothing else where `complete`. */
  readonly values: readonly SourceConstant[];
  readonly complete: boolean;
  /** A text in parts, null for what is no constant: `f"org/{name}:main"` gives `org/`, null, `:main`. */
  readonly parts: readonly (string | null)[];
}

/** A comment on a line of the call that asks a tool to look away. */
export type SourceComment = {
  readonly line: number;
  readonly text: string;
} & (
  | { readonly tool: 'other' }
  | { readonly tool: 'sentinel'; readonly rules: readonly string[]; readonly reason: string }
);

/** Where the path or the bytes that a call loads come from, as far as the source shows it. */
export interface SourceOrigin {
  /**
   * `network`: a download, or bytes that were received. `store`: where others write to. `parameter`: of a function
   * that others may call. `user`: command line, environment, prompt. `constant`: stands in the source, or was made by it.
   */
  readonly kind: 'network' | 'store' | 'parameter' | 'user' | 'constant' | 'unknown';
  /** As people read it: `parameter path of load`. */
  readonly text: string;
  readonly line: number | null;
}

/** What the project says of the package that is called. */
export interface SourceRequirement {
  /** The package, as the file names it. */
  readonly name: string;
  /** Path of the file, and the line that says it. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** The lowest version that it admits; null where it admits any. */
  readonly least: readonly number[] | null;
}

/** Text that may be put into the source to close the finding of a call. */
export interface InsertPlace {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A call of a watched name, or the name itself where it is handed on for somebody else to call. */
export interface SourceCallFact {
  readonly kind: 'source.call';
  readonly at: Location;
  /** `value`: not called here, but passed, returned or stored where what becomes of it is not followed. */
  readonly use: 'call' | 'value';
  /** The full name, as the catalogue has it: `torch.load` for `torch.serialization.load`. */
  readonly target: string;
  /** False where the name may mean something else as well. */
  readonly certain: boolean;
  /** The names in between, where another file of the tree provides the name. */
  readonly route: readonly string[];
  /** `hubconf`: PyTorch imports it when one of its models is requested. */
  readonly role: 'module' | 'hubconf' | 'notebook';
  /** The full module name, where its package is known. */
  readonly module: string | null;
  /** The class and function around it, as `__qualname__`; empty at the top. */
  readonly scope: string;
  /** When it runs: as soon as the file is imported, as a program, when something calls the function around it. */
  readonly when: 'import' | 'main' | 'call';
  /** The call as written in the source, white space made even. */
  readonly text: string;
  readonly positional: readonly SourceValue[];
  /** Several values where a keyword may come from several assignments. */
  readonly keywords: readonly { readonly name: string; readonly values: readonly SourceValue[] }[];
  /** There may be further arguments: `*args`, `**kwargs`. */
  readonly open: boolean;
  /** Of each kind the first one; empty where the call loads nothing by a path, or nobody looked. */
  readonly origins: readonly SourceOrigin[];
  readonly isTest: boolean;
  /** How often the file does the same; `at` is the first occurrence. */
  readonly count: number;
  readonly comments: readonly SourceComment[];
  readonly requirement: SourceRequirement | null;
  /** Where one more keyword argument could stand; null where that is not plain. */
  readonly insertAt: InsertPlace | null;
  /** The identity of the whole call, also of what the other fields cut; absent where nobody computed it. */
  readonly identity?: Identity;
}
