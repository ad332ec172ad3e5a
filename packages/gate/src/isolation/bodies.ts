import type { Provider } from '@artifact-sentinel/core/node/internal';
import { WINDOW_BYTES } from '../inspect/window-source.js';
import type { Given, Wanted } from './messages.js';

/** A body that lies on disk; the inspector sees as much of it as it asks for. */
export interface Spooled {
  readonly size: number;
  /** Aborted where it need not be inspected any more. */
  readonly signal: AbortSignal;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A body that passes while it is inspected. */
export interface Passing {
  /** More bytes than these cannot come. */
  readonly most: number;
  readonly signal: AbortSignal;
  /** One byte at `offset` at least, none at the end; null where nobody waits for it any more. */
  read(offset: number, length: number): Promise<Uint8Array | null>;
  /** What lies before may go on; false where that cannot be. */
  settle(to: number): boolean;
}

const GONE: Given = { given: new Uint8Array(0), isGone: true };

export function spooledProvider(body: Spooled): Provider<Given> {
  return {
    stopsClock: false,
    provide(asks) {
      if (!isWanted(asks)) return null;
      if (body.signal.aborted) return Promise.resolve(GONE);
      return body.read(asks.offset, asks.length).then(
        (given) => ({ given }),
        () => null,
      );
    },
  };
}

export function passingProvider(body: Passing): Provider<Given> {
  return {
    // The client takes the time that it takes.
    stopsClock: true,
    provide(asks) {
      if (!isWanted(asks) || !body.settle(asks.settled ?? 0)) return null;
      return body.read(asks.offset, asks.length).then(
        (given) => (given === null ? GONE : { given }),
        () => GONE,
      );
    },
  };
}

/** No more than a window: an inspector's wish crosses a boundary of trust. */
function isWanted(value: unknown): value is Wanted {
  if (typeof value !== 'object' || value === null) return false;
  const { offset, length, settled = 0 } = value as Record<string, unknown>;
  return isCount(offset) && isCount(length) && length <= WINDOW_BYTES && isCount(settled);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
