import { MAX_NOTES } from '../model/limits.js';
import type { RepositoryFact } from '../model/repository.js';
import type { IncompleteReport } from '../model/report.js';

/** Python that is run and could not be read as a whole. */
export function gapsOf(found: readonly { readonly fact: RepositoryFact }[], artifact: string): IncompleteReport[] {
  const gaps = found.flatMap(({ fact }): IncompleteReport[] => {
    if (fact.kind !== 'repo.python' || fact.gap === null) return [];
    const isRun = (fact.role !== 'module' && fact.role !== 'notebook') || (fact.linked ?? []).length > 0;
    const reason = `Python that is run when the repository is loaded could not be read as a whole: ${fact.gap.reason}`;
    return isRun ? [{ path: fact.at.path, offset: null, cause: fact.gap.cause, reason }] : [];
  });
  return gaps.length <= MAX_NOTES
    ? gaps
    : [
        {
          path: artifact,
          offset: null,
          cause: 'limit',
          reason: `${gaps.length} files of Python could not be read as a whole`,
        },
      ];
}
