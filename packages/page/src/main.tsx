import { render } from 'preact';
import { EMPTY_STATE, type AppActions } from './state.js';
import { App } from './view/app.js';

const nothing = (): void => undefined;
const actions: AppActions = {
  chooseFiles: nothing,
  chooseFolder: nothing,
  cancel: nothing,
  reset: nothing,
  dropPolicy: nothing,
  setHash: nothing,
  select: nothing,
  wantTrace: nothing,
  wantContents: nothing,
  wantBytes: nothing,
  download: nothing,
  dismiss: nothing,
};

const root = document.getElementById('page');
if (root === null) throw new Error('the template has no #page');
render(<App state={EMPTY_STATE} actions={actions} />, root);
