import { sliceSource } from '../../bytes/source.js';
import type { Fact } from '../../model/fact.js';
import { ENTRY } from '../../model/origin.js';
import { memberPath, type Member } from '../members/container.js';
import type { Found, Look } from '../members/look.js';
import type { Part } from './joined-checkpoints.js';

/**
 * The checkpoints of a distributed one, each as its reader takes it. A reader of the file as one
 * archive sees only one of them, which is reported if one of them names something that checkpoints do not name: where it
 * does nothing else that is odd, the catalogue says that when the facts are judged.
 */
export async function* joinedMembers(member: Member, parts: readonly Part[], look: Look): AsyncGenerator<Found> {
  yield { kind: 'format', format: 'torch-joined', depth: member.depth };
  let isReported = false;
  for (const { start, end } of parts) {
    look.budget.countMember();
    const name = `[checkpoint @${start}]`;
    const source = sliceSource(member.source, start, end - start);
    const part = { path: memberPath(member.path, name), name, source, depth: member.depth + 1, origin: ENTRY };
    for await (const found of look.inspect(part)) {
      yield found;
      if (isReported || found.kind !== 'stream' || found.facts.length === 0) continue;
      isReported = !found.facts.every(isUpToCatalogue);
      const { path, offset } = found.stream;
      const detail = `${parts.length} archives in a row: readers take the first, the last or each of them`;
      const at = { path: member.path, offset: start, line: null };
      yield {
        kind: 'fact',
        fact: {
          kind: 'archive.ambiguous',
          at,
          problem: 'several-end-records',
          entry: null,
          detail,
          ifUnusual: { path, offset },
        },
      };
    }
  }
}

/** Nothing odd by itself: a global, or a signal that only the catalogue makes one. */
function isUpToCatalogue(fact: Fact): boolean {
  return fact.kind === 'pickle.global' || (fact.kind === 'pickle.structure' && fact.only !== undefined);
}
