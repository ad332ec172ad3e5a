import type { Budget } from '../../bytes/budget.js';
import type { ByteSource } from '../../bytes/source.js';
import type { Identity } from '../../model/identity.js';
import type { Origin } from '../../model/origin.js';
import type { ChainStep, Fact, Notice, StreamRole } from '../../model/fact.js';

/** Bytes to analyse, from any origin. */
export interface Member {
  /** As shown to people: `models/a.zip!x/y.pkl`. */
  readonly path: string;
  /** The name within the container (the file's name for an artifact); decides nothing that the bytes can decide. */
  readonly name: string;
  readonly source: ByteSource;
  /** Where the bytes come from, and who is known to read them there. */
  readonly origin: Origin;
  /** Containers above it. */
  readonly depth: number;
  /** Set by a container that knows what its member is for: a torch archive's data.pkl. */
  readonly role?: StreamRole;
  /** Where its bytes lie in its container, unencoded (tar). */
  readonly at?: number;
  /** Where its pickle begins, when other bytes precede it (npy). */
  readonly start?: number;
  /** Set where it is compressed: its packed size, and what its container declares of its size (null: nothing). */
  readonly packed?: {
    readonly compressed: number;
    readonly declared: number | null;
    readonly drained?: () => Promise<ByteSource>;
  };
  /** What it gets out of other members of its container when it is loaded; null where that is nothing. */
  readonly beside?: () => Promise<Identity | null>;
  /** Its archive holds no file that marks a model repository. */
  readonly isOutsideRepository?: true;
  /** It has been read as the configuration of an archive of Keras. */
  readonly isReadAsKeras?: true;
  /** For a byte string of a pickle, and what it unpacks to: where it lies there, and what that pickle does with it. */
  readonly nestedIn?: {
    readonly path: string;
    readonly offset: number;
    readonly loader?: ChainStep | undefined;
    /** What that pickle does. */
    readonly identity?: () => Promise<Identity>;
  };
}

/** What opening a container gives, in the order in which it is found. */
export type Opened =
  | { readonly kind: 'member'; readonly member: Member }
  /** `extent`: where the bytes lie that an archive's entry stands for, if that is all that the fact is about. */
  | { readonly kind: 'fact'; readonly fact: Fact; readonly extent?: { readonly start: number; readonly end: number } }
  | { readonly kind: 'notice'; readonly notice: Notice };

/**
 * Opens one container. It throws InputError, UnsupportedError or LimitError only where nothing more can be found;
 * a fault of one member is a notice and the others follow.
 */
export type Container = (member: Member, budget: Budget) => AsyncGenerator<Opened, void>;

/** Shows a member's name under its container: control characters are escaped by the reporters, not here. */
export function memberPath(container: string, name: string): string {
  return `${container}!${name}`;
}
