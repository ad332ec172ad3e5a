import type { AppActions, AppState } from '../state.js';

export interface AppProps {
  readonly state: AppState;
  readonly actions: AppActions;
}

/** The whole page over the state. */
export function App({ state, actions }: AppProps) {
  return (
    <main>
      <h1>Sentinel</h1>
      <p>
        <button type="button" onClick={actions.chooseFiles}>
          Choose files
        </button>
        <button type="button" onClick={actions.chooseFolder}>
          Choose a folder
        </button>
        <button type="button" onClick={actions.cancel}>
          Cancel
        </button>
      </p>
      <pre>{JSON.stringify({ ...state, rules: state.rules.length }, null, 2)}</pre>
    </main>
  );
}
