import type { Turn } from '@artifact-sentinel/core/internal';
import type { Input } from '@artifact-sentinel/core/node/internal';

/** A turn that knows what was found at its path. */
export interface InputTurn extends Turn {
  readonly input: Input;
}
