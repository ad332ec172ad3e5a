import type { TorchRefusal } from '../../../model/fact.js';

/** What the restricted unpickler makes of one pickle, and what it has to know of it before. */

export type Refusal = Omit<TorchRefusal, 'path'>;

export interface WeightsOnlyDecision {
  /** `refused`: an UnpicklingError. `fails`: any loader fails. `unknown`: a call's result is of a type that is not known. */
  readonly outcome: 'loads' | 'refused' | 'fails' | 'unknown';
  /** In the order of the stream; with the names taken as listed. */
  readonly refusals: readonly Refusal[];
  /** Names that have to be listed, each once. Empty where no list helps. */
  readonly needs: readonly string[];
  /** Set where a listed name may not be enough: PyTorch looks at types that a stream does not show. */
  readonly doubts: readonly string[];
  /** Where any loader may fail: PyTorch looks at values that are not followed. No pickler writes anything of the kind. */
  readonly open: readonly string[];
  /** Why any loader would fail, or null. */
  readonly failure: string | null;
  /** It asked for bytes behind the given ones. */
  readonly touchedEnd: boolean;
  /** Behind the last opcode that was read. */
  readonly end: number;
  /** The number that the pickle holds, as a text, where it holds nothing else. */
  readonly number: string | null;
  /** The texts that the pickle holds, where it is a list of nothing else. */
  readonly texts: readonly string[] | null;
  /** The storages that it names, by key. */
  readonly storages: ReadonlyMap<string, StoredElements>;
}

export interface StoredElements {
  readonly elements: number;
  readonly bytes: number;
}

/** What a pickle stands in. */
export interface PickleSetting {
  /**
   * `legacy`: the object of the format before PyTorch 1.6. `legacy-header`: the pickles around it, which have no persistent
   * IDs. `tar`: the oldest one, of which only what is named counts.
   */
  readonly format: 'zip' | 'legacy' | 'legacy-header' | 'tar';
  /** Bytes of a record of the archive by the key of its storage; null where there is none. */
  readonly storageBytes?: (key: string) => number | null;
}
