/** What a dangerous name gives to the author of a stream that names it. */
export type Hazard =
  | 'execution' // runs Python code, or calls what it is given
  | 'process' // starts, replaces or signals a process
  | 'file' // reads, writes or removes files
  | 'network' // opens connections or listens
  | 'import' // imports a module by name, or changes how modules are found
  | 'introspection' // reaches attributes, frames or namespaces chosen by the stream
  | 'loader' // deserialises further data, with all that follows
  | 'state'; // changes the state of the interpreter for what runs later

/** A judgement of one global. */
export interface Verdict {
  readonly class: 'allowed' | 'unexpected' | 'dangerous';
  readonly hazard?: Hazard;
  /** Calling it is the attack itself (level 5), not only a step towards one. */
  readonly primitive?: boolean;
  readonly why: string;
  /** The list entry that decided. */
  readonly entry?: string;
  /** True when the name is allowed, and something that the stream does with it is not. */
  readonly use?: true;
  /** True when the call's constant arguments decided. */
  readonly conditional?: boolean;
}
