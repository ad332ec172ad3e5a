import { drive, type RunObserver } from './pickle/drive.js';
import { namesFor } from './pickle/names.js';
import { IN_FINDINGS } from './rules/standing.js';
import { isKnownName } from './plausibility/known-names.js';
import { EXTENSIONS } from './pickle/operations/computed-names.js';
import { Budget, DEFAULT_LIMITS } from './bytes/budget.js';
import type { ByteSource } from './bytes/source.js';
import { MAX_FOLLOWED_STREAMS } from './model/limits.js';
import { portablePlatform } from './platform.js';

/** What a pickle does, reported as soon as its last byte is there. */
export type Followed =
  | {
      readonly kind: 'import';
      readonly offset: number;
      readonly module: string;
      readonly name: string;
      /** The catalogue has an opinion of it: no name of chance. */
      readonly isKnown: boolean;
      /** The name is computed while loading, so it is not known. */
      readonly isComputed: boolean;
    }
  | { readonly kind: 'extension' | 'call' | 'persistent' | 'stop'; readonly offset: number };

export interface FollowOptions {
  /** As a reader without peek, which drops the ends of frames and may read other opcodes. */
  readonly unbuffered: boolean;
  readonly tell: (event: Followed) => void;
}

/**
 * Runs the pickle that begins at `origin`, and those behind it, on bytes that may still be coming: the source lets a read
 * wait. Nothing is collected for a report; events are reported at once. Resolves where no reader goes on: true where the
 * stream itself ended that, false where bytes could not be had or a limit was reached, so that the rest is unknown.
 */
export async function followPickles(
  source: ByteSource,
  origin: number,
  { unbuffered, tell }: FollowOptions,
): Promise<boolean> {
  const observer: RunObserver = {
    event: (event, offset) => {
      if (event.kind === 'import' && event.module === EXTENSIONS) tell({ kind: 'extension', offset });
      else if (event.kind === 'import') {
        const { module, name, dynamic, mapped } = event;
        const isKnown = isKnownName(module, name) || (mapped !== null && isKnownName(mapped.module, mapped.name));
        tell({ kind: 'import', offset, module, name, isKnown, isComputed: dynamic !== null });
      } else if (event.kind === 'persistent' || event.kind === 'stop') tell({ kind: event.kind, offset });
      // States and items that are given to objects run methods of theirs, which is a call as well.
      else tell({ kind: 'call', offset });
    },
  };
  let at = origin;
  for (let streams = 0; streams < MAX_FOLLOWED_STREAMS; streams += 1) {
    // No clock: most of the time is spent waiting.
    const budget = new Budget(DEFAULT_LIMITS, { ...portablePlatform, now: () => 0 });
    const run = await drive(source, at, { names: namesFor(IN_FINDINGS), budget, unbuffered, observer });
    if (run.fault !== null || run.limit !== null) return false;
    if (!run.machine.stopped || run.end <= at) return true;
    at = run.end;
  }
  return false;
}
