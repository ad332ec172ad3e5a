import type { RuleMeta } from '@artifact-sentinel/core';
import type { Subject } from '../model/subjects.js';
import type { AppActions, AppState, Details, Selection } from '../state.js';

/** What the parts of the page that are about one artifact are given. */
export interface ArtifactProps {
  readonly subject: Subject;
  readonly rules: readonly RuleMeta[];
  readonly selection: Selection;
  readonly details: Details | null;
  readonly source: AppState['source'];
  readonly isOnly: boolean;
  readonly actions: AppActions;
}
