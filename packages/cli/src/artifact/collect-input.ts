import type { Collected, CollectOptions } from '@artifact-sentinel/core/internal';
import { collect, openInput, type Input } from '@artifact-sentinel/core/node/internal';

/** Only a file has files around it, and one that reports know by another name has them elsewhere. */
function hasNeighbours(input: Input): boolean {
  return input.kind === 'file' && input.at === undefined;
}

/** Opens and collects one input. */
export async function collectInput(input: Input, options: CollectOptions): Promise<Collected> {
  return collect(await openInput(input), hasNeighbours(input) ? options : { ...options, neighbours: undefined });
}
