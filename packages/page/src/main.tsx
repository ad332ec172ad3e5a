import { render } from 'preact';
import { Controller } from './controller.js';
import { entriesOf } from './input/dropped.js';
import { EMPTY_STATE, type AppState } from './state.js';
import { App } from './view/app.js';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the template has no #${id}`);
  return found;
}

const root = element('page');
let shown: AppState | null = null;

/** Many changes of a moment are one picture. */
function show(state: AppState): void {
  if (shown === null) requestAnimationFrame(draw);
  shown = state;
}

function draw(): void {
  const state = shown ?? EMPTY_STATE;
  shown = null;
  // For styles, and for who waits for the end of a scan.
  root.dataset['phase'] = state.phase;
  root.dataset['busy'] = String(state.hashing !== null || state.rendering !== null);
  render(<App state={state} actions={controller} />, root);
}

// The code of the workers stands behind this script in the page: it is there when the page is whole.
const loaded = new Promise<void>((resolve) => {
  addEventListener('load', () => resolve());
});
const controller = new Controller(() => element('worker').textContent, loaded, show);

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
  if (event.dataTransfer !== null) controller.drop(entriesOf(event.dataTransfer));
});
// After the first picture.
void loaded.then(() => setTimeout(() => controller.warm()));

draw();
