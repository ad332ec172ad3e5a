import { plural, showBytes } from '@artifact-sentinel/core/internal';
import { lastPart } from '../model/names.js';
import type { AppActions, AppState } from '../state.js';
import { Name } from './parts.js';

/** How far a scan is, and how to end it. */
export function ProgressBar({ state, actions }: { readonly state: AppState; readonly actions: AppActions }) {
  const { progress, phase, hashing, listed } = state;
  if (hashing !== null) return <Hashing hashing={hashing} actions={actions} />;
  if (phase !== 'scanning' && phase !== 'listing') return null;
  const files = progress?.files ?? 0;
  const done = progress?.filesDone ?? 0;
  const bytes = progress?.bytes ?? 0;
  const share = bytes > 0 ? (progress?.bytesDone ?? 0) / bytes : files > 0 ? done / files : 0;
  return (
    <section class="progress" aria-label="Progress">
      <div>
        <p role="status">
          {phase === 'listing'
            ? `Listing the folder, ${plural(listed, 'file')} so far`
            : progress === null
              ? 'Asking which files there are'
              : `Reading ${done} of ${plural(files, 'file')}`}
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

function Hashing(props: { readonly hashing: NonNullable<AppState['hashing']>; readonly actions: AppActions }) {
  const { hashing, actions } = props;
  const { bytes, bytesDone, current } = hashing;
  return (
    <section class="progress" aria-label="Progress of hashing">
      <div>
        <p role="status">
          Hashing {showBytes(bytesDone)} of {showBytes(bytes)}
        </p>
        <p class="soft current">
          <Name name={lastPart(current)} />
        </p>
        <progress max={1} value={bytes === 0 ? 0 : bytesDone / bytes} aria-label="Share of the bytes that are hashed" />
      </div>
      <button type="button" onClick={actions.stopHashing}>
        Stop hashing
      </button>
    </section>
  );
}
