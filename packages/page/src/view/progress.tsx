import { plural, showBytes } from '@artifact-sentinel/core/internal';
import { lastPart } from '../model/names.js';
import type { AppActions, AppState } from '../state.js';
import { Name } from './parts.js';

/** How far a scan is, and how to end it. */
export function ProgressBar({ state, actions }: { readonly state: AppState; readonly actions: AppActions }) {
  const { progress, phase } = state;
  if (phase !== 'scanning' && phase !== 'listing') return null;
  const files = progress?.files ?? 0;
  const done = progress?.filesDone ?? 0;
  const bytes = progress?.bytes ?? 0;
  const share = bytes > 0 ? (progress?.bytesDone ?? 0) / bytes : files > 0 ? done / files : 0;
  return (
    <section class="progress" aria-label="Progress">
      <div>
        <p role="status">
          {phase === 'listing' ? 'Listing the folder' : `Reading ${done} of ${plural(files, 'file')}`}
          {bytes > 0 ? `, ${showBytes(progress?.bytesDone ?? 0)} of ${showBytes(bytes)}` : ''}
        </p>
        {progress === null || progress.current === '' ? null : (
          <p class="soft current">
            <Name name={lastPart(progress.current)} />
          </p>
        )}
        <progress max={1} value={share} aria-label="Share of the bytes that are read" />
      </div>
      <button type="button" onClick={actions.cancel}>
        Cancel
      </button>
    </section>
  );
}
