import { useEffect, useMemo } from 'preact/hooks';
import { matrixOf } from '../model/matrix.js';
import { subjectsOf, subjectsOfResults } from '../model/subjects.js';
import { verdictOf } from '../model/verdict.js';
import type { AppActions, AppState, Details } from '../state.js';
import { Artifact, firstSelection } from './artifact.js';
import type { ByteAccess } from './byte-access.js';
import { Header, Problems } from './header.js';
import { Matrix } from './matrix.js';
import { ProgressBar } from './progress.js';
import { RunFacts } from './run-facts.js';
import { Start } from './start.js';
import { Verdict } from './verdict.js';

export interface AppProps {
  readonly state: AppState;
  readonly actions: AppActions;
}

/** The whole page over the state. */
export function App({ state, actions }: AppProps) {
  const { phase, report, results, rules, details, source, title } = state;
  const subjects = useMemo(
    () => (report === null ? subjectsOfResults(results) : subjectsOf(report)),
    [report, results],
  );
  const rows = useMemo(() => matrixOf(subjects), [subjects]);
  const view = useMemo(() => (report === null ? null : verdictOf(report, subjects)), [report, subjects]);

  const first = subjects[0];
  // The worst is shown, its worst finding chosen, until somebody chooses otherwise.
  useEffect(() => {
    if (report === null || state.selection !== null || first === undefined) return;
    actions.select(firstSelection(first));
  }, [report, state.selection, first]);
  const selection = state.selection;
  const subject = subjects.find(({ artifact }) => artifact.path === selection?.artifact);

  return (
    <>
      <Header state={state} actions={actions} />
      <main>
        <Problems problems={state.problems} actions={actions} />
        {phase === 'empty' ? <Start actions={actions} /> : null}
        <ProgressBar state={state} actions={actions} />
        {phase === 'cancelled' ? (
          <section class="verdict unknown" aria-labelledby="verdict">
            <p class="sign" aria-hidden="true">
              ?
            </p>
            <div>
              <h1 id="verdict">Cancelled.</h1>
              <p class="lead">What follows was read before. Nothing can be said for the rest.</p>
            </div>
          </section>
        ) : null}
        {view === null ? null : <Verdict view={view} title={title} />}
        {rows.length > 1 || (report === null && rows.length > 0) ? (
          <Matrix
            rows={rows}
            selected={selection?.artifact ?? null}
            onSelect={(path) => {
              const one = subjects.find(({ artifact }) => artifact.path === path);
              if (one !== undefined) actions.select(firstSelection(one));
            }}
          />
        ) : null}
        {subject === undefined || selection === null ? null : (
          <Artifact
            key={subject.artifact.path}
            subject={subject}
            rules={rules}
            selection={selection}
            onSelect={actions.select}
            isOnly={rows.length === 1}
            access={
              source === 'files' && details?.artifact === subject.artifact.path ? accessOf(details, actions) : null
            }
          />
        )}
        {report === null ? null : <RunFacts report={report} withoutPolicy={state.withoutPolicy} />}
      </main>
      <footer class="bottom soft">
        <p>Sentinel reads artifacts and runs nothing of them. This page asks no server for anything.</p>
      </footer>
    </>
  );
}

/** What is known of the bytes of the artifact that is chosen, and how to ask for more. */
function accessOf({ trace, contents, bytes }: Details, actions: AppActions): ByteAccess {
  const { wantTrace, wantContents, wantBytes } = actions;
  return { trace, contents, bytes, wantTrace, wantContents, wantBytes, wantHash: () => actions.setHash('all') };
}
