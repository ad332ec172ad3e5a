import type { Identity } from './identity.js';
import type { Location } from './location.js';
import type { SourceComment } from './source-fact.js';

/** Facts about bytes that flow through source code: from where they are received to what loads objects of them. */

/** One step of the flow. */
export interface FlowStep {
  readonly at: Location;
  readonly text: string;
  /** As written in the source, cut. */
  readonly code: string;
}

/** An address that the module binds or connects to. */
export interface FlowAddress {
  readonly at: Location;
  readonly address: string;
  readonly use: 'bind' | 'connect';
  /** `any`: every interface; `same-host`: loopback, ipc, inproc, a path; `host`: one that is named or not known. */
  readonly reach: 'any' | 'same-host' | 'host';
}

export interface FlowNote {
  readonly at: Location;
  readonly text: string;
}

/** What the module does: see the rules that read each of them. */
export type FlowKind =
  | 'flow' // bytes from outside reach a loader
  | 'receives' // receives and loads in one step
  | 'codec' // a public function that loads its own parameter
  | 'codec-class' // a class whose media type is a pickle
  | 'unknown' // a loader of something unknown in a module that opens an interface
  | 'unshown' // loaders of something unknown in a package that talks to a network or a store
  | 'setting' // a library is configured to take pickles
  | 'media-type' // code that accepts a pickle media type
  | 'shelf' // shelve on a path that others can write to
  | 'bind'; // every interface is bound

export interface SourceFlowFact {
  readonly kind: 'source.flow';
  readonly at: Location;
  readonly what: FlowKind;
  readonly sink: {
    readonly family: string;
    readonly name: string;
    readonly setting: 'safe' | 'unsafe' | 'default' | 'open';
  } | null;
  readonly origin: {
    readonly reach: 'network' | 'store' | 'worker' | 'local';
    readonly protocol: string;
    /** The program has asked for it. */
    readonly isClient: boolean;
    readonly hasFixedHost: boolean;
  } | null;
  /** What comes in is given to a function by the very call that receives it. */
  readonly isDecodedOnReceipt: boolean;
  readonly steps: readonly FlowStep[];
  /** Number of further calls like this one that the fact covers. */
  readonly more: number;
  readonly addresses: readonly FlowAddress[];
  /** CURVE, an authentication key, a dependency that asks who it is; null where none is seen. */
  readonly authentication: FlowNote | null;
  readonly guard: (FlowNote & { readonly isWeak: boolean }) | null;
  /** The condition around the loader. */
  readonly condition: string | null;
  /** The route or the name of the call that leads here. */
  readonly entry: string | null;
  /** The module registers a media type, a serialiser or a codec. */
  readonly registers: boolean;
  readonly comments: readonly SourceComment[];
  readonly isTest: boolean;
  /** The function around it. */
  readonly scope: string;
  readonly text: string;
  readonly detail: string;
  /** `unshown`: whose imports show the peer; null where none does. */
  readonly peerShownBy: 'module' | 'package' | null;
  /** The identity of the loader and of the steps to it; absent where nobody computed it. */
  readonly identity?: Identity;
}
