import { memorySource, type ByteSource } from '../src/bytes/source.js';
import { collect, type Collected, type CollectOptions } from '../src/collect.js';
import type { Fact } from '../src/model/fact.js';
import { standing } from '../src/rules/standing.js';
import { STILL } from './still-platform.js';

/** What is collected of bytes under a name, on a platform whose clock stands still. */
export function collected(
  name: string,
  bytes: Uint8Array | ByteSource,
  options: CollectOptions = {},
): Promise<Collected> {
  const source = bytes instanceof Uint8Array ? memorySource(bytes) : bytes;
  return collect({ path: name, source, size: source.size }, { platform: STILL, ...options });
}

function shown(fact: Fact): string {
  const { path, offset } = 'at' in fact ? fact.at : { path: '', offset: null };
  if (fact.kind === 'pickle.global') return `${fact.kind} ${fact.module}.${fact.name} ${path}@${offset}`;
  if (fact.kind === 'torch.load') return `${fact.kind} ${fact.outcome} ${fact.checkpoint}`;
  if (fact.kind === 'torch.native') return `${fact.kind} ${fact.what} ${fact.name} ${path}@${offset}`;
  const what = 'problem' in fact ? ` ${fact.problem}` : 'signal' in fact ? ` ${fact.signal}` : '';
  return `${fact.kind}${what} ${path}@${offset}`;
}

/** The same in a line each, of what counts by the catalogue: the format, facts, streams with the modules that they name, notices. */
export async function lines(
  name: string,
  bytes: Uint8Array | ByteSource,
  options: CollectOptions = {},
): Promise<string[]> {
  const { format, facts, streams, notices } = standing(await collected(name, bytes, options));
  return [
    `format ${format}`,
    ...facts.map(shown),
    ...streams.map(({ stream: { path, role, offset, length, end }, facts: own }) => {
      const modules = own.flatMap((fact) => (fact.kind === 'pickle.global' ? [fact.module] : []));
      return `stream ${path} ${role} ${offset}+${length} ${end}: ${modules.join(' ')}`;
    }),
    ...notices.map(({ cause, path, offset, reason }) => `${cause} ${path}@${offset}: ${reason}`),
  ];
}
