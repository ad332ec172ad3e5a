import type { Collected, CollectOptions } from '@artifact-sentinel/core/internal';
import { collect, openInput, type Input } from '@artifact-sentinel/core/node/internal';

/** Opens and collects one input. Only a file has files around it. */
export async function collectInput(input: Input, options: CollectOptions): Promise<Collected> {
  return collect(await openInput(input), input.kind === 'file' ? options : { ...options, neighbours: undefined });
}
