import type { SourceOrigin } from '../model/source-fact.js';
import type { ModuleFlow } from './module-flow.js';
import { firstStep } from './value.js';

/** From whom the bytes come that reach the loaders of a module, by the offset of the call: another process counts as a network. */
export function receivedIn(flow: ModuleFlow | null): ReadonlyMap<number, readonly SourceOrigin[]> {
  const found = new Map<number, SourceOrigin[]>();
  if (flow === null) return found;
  for (const { site, sources } of flow.hits) {
    if (site.unit !== flow.unit) continue;
    for (const { source, trail } of sources) {
      if (source === null || source.reach === 'local') continue;
      const first = firstStep(trail);
      const line = first.unit === flow.unit ? flow.module.position(first.from).line : null;
      const kind = source.reach === 'store' ? 'store' : 'network';
      const known = found.get(site.from);
      const origin: SourceOrigin = { kind, text: first.text, line };
      if (known === undefined) found.set(site.from, [origin]);
      else known.push(origin);
    }
  }
  return found;
}
