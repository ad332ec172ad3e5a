import { InputError, LimitError, UnsupportedError } from '../model/errors.js';
import { UNKNOWN, type Identity } from '../model/identity.js';
import type { Budget } from './budget.js';
import { digestOfRange } from './digest.js';
import type { ByteSource } from './source.js';

/** Bytes of a source, as they are. */
export function identityOfBytes(source: ByteSource, start: number, end: number, budget: Budget): Promise<Identity> {
  if (!budget.identifies) return Promise.resolve(UNKNOWN);
  return orUnknown(async () => {
    // Parts that share their bytes are each hashed.
    if (Number.isFinite(end)) budget.countLooked(end - start);
    return { of: 'bytes', digest: await digestOfRange(source, start, end, budget) };
  });
}

/** The analysis has already reported bytes that cannot be read; here their identity is unknown. */
export async function orUnknown(tell: () => Promise<Identity>): Promise<Identity> {
  try {
    return await tell();
  } catch (error) {
    if (error instanceof LimitError || error instanceof InputError || error instanceof UnsupportedError) return UNKNOWN;
    throw error;
  }
}
