/** What a Python module does of itself. Plain data. */
export interface ImportEffect {
  readonly kind: EffectKind;
  /** The full name of what is called: `os.system`. */
  readonly name: string;
  /** What the call is given, as far as it says more than the name: the command, the address, the file. */
  readonly detail: string | null;
  readonly certainty: EffectCertainty;
  readonly when: EffectTime;
  /** Functions and classes of the module that lead there, the outermost first. */
  readonly route: readonly string[];
  /** Byte offset in the source. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

export type EffectKind =
  /** Starts or signals a process. */
  | 'process'
  /** Runs Python or machine code: `exec`, `eval`, `ctypes.CDLL`. */
  | 'execution'
  /** The same, of bytes that were packed into the source or decoded. */
  | 'decoded-payload'
  /** The same, of what was downloaded. */
  | 'downloaded-code'
  /** Deserialises objects: `pickle.load`, `torch.load` without `weights_only=True`. */
  | 'loader'
  /** Imports a module whose name or file is computed. */
  | 'computed-import'
  /** Looks up a name that is computed in a module of dangerous names, or in the built-in ones. */
  | 'computed-name'
  /** Opens connections. */
  | 'network'
  /** Fetches a file, and may store it. */
  | 'download'
  /** Sends what it read from the environment or from files. */
  | 'exfiltration'
  /** Writes, moves or removes files outside of temporary folders. */
  | 'write';

/**
 * `direct`: the call is reached whenever the code runs from its start, unless a condition or an error stops it.
 * `implied`: something that Python calls by itself, or that is handed on to be called. `open`: it may be called.
 */
export type EffectCertainty = 'direct' | 'implied' | 'open';

export type EffectTime =
  | { readonly kind: 'import' }
  /** When a loader makes an instance of the class, or uses it. */
  | { readonly kind: 'class'; readonly name: string; readonly method: string };

/** A module that is imported when this one is; leading dots are relative. */
export interface ImportedModule {
  readonly module: string;
  /** The imported name, null for the module itself, `*` for all. */
  readonly name: string | null;
  readonly offset: number;
  readonly line: number;
}

/** What could not be analysed. */
export interface EffectGap {
  readonly reason: string;
  /** A limit of ours; otherwise the source is no Python. */
  readonly limit: boolean;
  readonly offset: number;
  readonly line: number;
}

export interface ImportEffects {
  readonly effects: readonly ImportEffect[];
  /** Effects beyond those that are listed. */
  readonly moreEffects: number;
  readonly imports: readonly ImportedModule[];
  /** Classes that were asked for and that the module does not define. */
  readonly missing: readonly string[];
  readonly incomplete: readonly EffectGap[];
}
