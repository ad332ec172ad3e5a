import { showLine, showPath } from '@artifact-sentinel/core/internal';
import { DOWNLOADS, type DownloadFormat } from '../engine/protocol.js';
import type { AppActions, AppState, Problem } from '../state.js';

const FORMATS: Readonly<Record<DownloadFormat, string>> = {
  json: 'JSON',
  sarif: 'SARIF',
  markdown: 'Markdown',
  cyclonedx: 'CycloneDX',
  html: 'HTML',
};

/** The name of the page, and what can be done with the report. */
export function Header({ state, actions }: { readonly state: AppState; readonly actions: AppActions }) {
  const { phase, report, policy, rendering, source } = state;
  return (
    <header class="top">
      <p class="brand">
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path
            d="M12 2 21 6v6c0 5-4 8.500-9 10-5-1.500-9-5-9-10V6z"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
          />
          <path d="M8 12h8" stroke="currentColor" stroke-width="2" />
        </svg>
        Sentinel
      </p>
      {policy === null ? null : (
        <p class="chip">
          Policy: <bdi>{showPath(policy.file)}</bdi>{' '}
          <button type="button" class="quiet" onClick={actions.removePolicy}>
            Remove<span class="hidden"> the policy</span>
          </button>
        </p>
      )}
      <div class="actions">
        {report === null || source === 'report' ? null : (
          <button type="button" onClick={actions.choosePolicy}>
            {policy === null ? 'Apply a policy' : 'Another policy'}
          </button>
        )}
        {report === null ? null : (
          <label class="download">
            <span class="hidden">Download the report</span>
            <select
              value=""
              disabled={rendering !== null}
              onChange={(event) => {
                const format = DOWNLOADS.find((one) => one === event.currentTarget.value);
                event.currentTarget.value = '';
                if (format !== undefined) actions.download(format);
              }}
            >
              <option value="">{rendering === null ? 'Download report' : `Writing ${FORMATS[rendering]}`}</option>
              {DOWNLOADS.map((format) => (
                <option key={format} value={format}>
                  {FORMATS[format]}
                </option>
              ))}
            </select>
          </label>
        )}
        {phase === 'empty' ? null : (
          <button type="button" onClick={actions.reset}>
            New
          </button>
        )}
      </div>
    </header>
  );
}

/** What went wrong, in words, until somebody has read it. */
export function Problems({
  problems,
  actions,
}: {
  readonly problems: readonly Problem[];
  readonly actions: AppActions;
}) {
  return (
    <div role="alert" class="problems">
      {problems.map((problem, index) => (
        <p key={index}>
          <span>
            <strong>{showLine(problem.what)}</strong>
            {problem.hint === null ? null : ` ${showLine(problem.hint)}`}
          </span>
          <button type="button" class="quiet" onClick={() => actions.dismiss(problem)}>
            Dismiss
          </button>
        </p>
      ))}
    </div>
  );
}
