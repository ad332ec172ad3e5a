import { render, type ComponentChildren } from 'preact';
import { Controller } from './controller.js';
import { droppedOf } from './input/dropped.js';
import { EMPTY_STATE, type AppState } from './state.js';
import { App } from './view/app.js';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the template has no #${id}`);
  return found;
}

/** What another build of the page adds. */
export interface Extras {
  /** Stands on the empty page before all else. */
  readonly first: (controller: Controller) => ComponentChildren;
  /** What the page asks of others, in a sentence. */
  readonly asks: string;
}

/** Shows the page, and takes what is dropped on it. */
export function startPage({ first, asks }: Extras): void {
  const root = element('page');
  let shown: AppState | null = null;

  /** Many changes of a moment are one picture. */
  const show = (state: AppState): void => {
    if (shown === null) requestAnimationFrame(draw);
    shown = state;
  };
  const draw = (): void => {
    const state = shown ?? EMPTY_STATE;
    shown = null;
    // For styles, and for who waits for the end of a scan.
    root.dataset['phase'] = state.phase;
    root.dataset['busy'] = String(state.hashing !== null || state.rendering !== null);
    render(<App state={state} actions={controller} first={first(controller)} asks={asks} />, root);
  };

  // The code of the workers stands behind this script in the page: it is there when the page is whole.
  const loaded = new Promise<void>((resolve) => {
    addEventListener('load', () => resolve());
  });
  const controller = new Controller(() => element('worker').textContent, loaded, show);
  takeDrops(controller);
  // After the first picture.
  void loaded.then(() => setTimeout(() => controller.warm()));
  draw();
}

function takeDrops(controller: Controller): void {
  const dragging = (isOver: boolean): void => void document.documentElement.classList.toggle('is-dropping', isOver);
  addEventListener('dragover', (event) => {
    event.preventDefault();
    dragging(true);
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) dragging(false);
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    dragging(false);
    if (event.dataTransfer !== null) controller.drop(droppedOf(event.dataTransfer));
  });
}
