import type { Turn } from '@sentinel/core';
import type { Input } from '@sentinel/core/node';

/** A turn that knows what was found at its path. */
export interface InputTurn extends Turn {
  readonly input: Input;
}
