import type { ByteSource } from '../bytes/source.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { drive, type Run } from '../pickle/drive.js';
import type { Machine } from '../pickle/operations.js';

/** One run of a stream. */
export interface Attempt {
  readonly run: Run;
  /** An array that cannot be located, or data that breaks off within one. */
  readonly failure: InputError | UnsupportedError | null;
}

export async function attempt(
  source: ByteSource,
  origin: number,
  options: Parameters<typeof drive>[2],
): Promise<Attempt> {
  let failure: InputError | UnsupportedError | null = null;
  const onArray = options.onArray;
  const guarded =
    onArray === undefined
      ? options
      : {
          ...options,
          onArray: async (machine: Machine, at: number): Promise<number | null> => {
            try {
              return await onArray(machine, at);
            } catch (error) {
              if (!(error instanceof InputError) && !(error instanceof UnsupportedError)) throw error;
              failure = error;
              return null;
            }
          },
        };
  const run = await drive(source, origin, guarded);
  return { run, failure };
}
