import type { ByteSource } from '../bytes/source.js';
import { portablePlatform } from '../platform.js';
import type { CodecEnd } from './codec.js';

/** zstd data outside of any artifact, such as the content coding of a request: see `Codec`. Loaded when it is needed. */
export async function* unzstd(source: ByteSource): AsyncGenerator<Uint8Array, CodecEnd> {
  const { zstd } = await import('./zstd.js');
  return yield* zstd(source, 0, portablePlatform);
}
