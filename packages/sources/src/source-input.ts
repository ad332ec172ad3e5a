import type { ScanInput } from '@artifact-sentinel/core/internal';
import { SourceError, type SourceErrorCode } from './model/source-error.js';
import type { RangeSource } from './range-source.js';

/** What another request would not change. */
const LASTING: ReadonlySet<SourceErrorCode> = new Set([
  'usage',
  'private-address',
  'unauthorized',
  'gated',
  'disabled',
  'not-found',
  'renamed',
  'no-ranges',
  'limit',
]);

/** An open file as `collect` takes it. What cannot be opened is its problem, and no error. */
export async function inputOf(
  name: string,
  open: () => RangeSource | Promise<RangeSource>,
  claimed: () => string | null = () => null,
): Promise<ScanInput> {
  try {
    const source = await open();
    return {
      path: name,
      source,
      size: source.size,
      get claimedSha256() {
        return claimed();
      },
      close: () => {
        source.close();
        return null;
      },
      get identity() {
        return source.state ?? `${name} ${source.size}`;
      },
    };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { message: reason, code } = error;
    return {
      path: name,
      source: null,
      size: 0,
      problem: { cause: 'unreadable', reason, isLasting: LASTING.has(code) },
    };
  }
}
