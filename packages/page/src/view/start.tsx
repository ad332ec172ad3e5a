import type { AppActions } from '../state.js';

/** The empty page: what it is for, in a sentence. */
export function Start({ actions }: { readonly actions: AppActions }) {
  return (
    <section class="start" aria-labelledby="start-title">
      <h1 id="start-title">Drop a model. See what it would run.</h1>
      <p class="lead">
        A file, a folder, a report or a policy. It stays on this machine, and nothing of it is executed.
      </p>
      <p class="actions">
        <button type="button" class="primary" onClick={actions.chooseFiles}>
          Choose files
        </button>
        <button type="button" onClick={actions.chooseFolder}>
          Choose a folder
        </button>
      </p>
      <p class="soft">
        Pickle, joblib, PyTorch, numpy, Keras, zip, tar, 7z and what is nested in them; Python source and notebooks.
      </p>
    </section>
  );
}
