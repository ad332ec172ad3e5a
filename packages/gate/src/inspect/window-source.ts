import type { ByteSource } from '@artifact-sentinel/core';

/** What is fetched at a time: few messages for a large body, little memory for one. */
export const WINDOW_BYTES = 1024 * 1024;
/** Windows that are cached: the one in hand, its neighbours, and the ends that containers go back to. */
const KEPT = 6;

/** Gives `length` bytes at `offset`: all of them, but at the end. */
export type Fetch = (offset: number, length: number) => Promise<Uint8Array>;

/** A body that lies elsewhere, as the engine reads it: by windows, of which the last ones used are cached. */
export function windowSource(size: number, fetch: Fetch): ByteSource {
  const windows = new Map<number, Promise<Uint8Array>>();
  const windowAt = (index: number): Promise<Uint8Array> => {
    const known = windows.get(index);
    windows.delete(index);
    const start = index * WINDOW_BYTES;
    const bytes = known ?? fetch(start, Math.min(WINDOW_BYTES, size - start));
    windows.set(index, bytes);
    for (const oldest of windows.keys()) {
      if (windows.size <= KEPT) break;
      windows.delete(oldest);
    }
    return bytes;
  };
  return {
    size,
    read: async (offset, length) => {
      const end = Math.min(size, offset + length);
      if (offset >= end) return new Uint8Array(0);
      const first = Math.floor(offset / WINDOW_BYTES);
      const last = Math.floor((end - 1) / WINDOW_BYTES);
      if (first === last) {
        const bytes = await windowAt(first);
        return bytes.subarray(offset - first * WINDOW_BYTES, end - first * WINDOW_BYTES);
      }
      const whole = new Uint8Array(end - offset);
      for (let index = first; index <= last; index += 1) {
        const start = index * WINDOW_BYTES;
        const bytes = await windowAt(index);
        const from = Math.max(offset, start);
        whole.set(bytes.subarray(from - start, Math.min(end, start + bytes.length) - start), from - offset);
      }
      return whole;
    },
  };
}
