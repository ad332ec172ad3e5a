import { render } from 'preact';
import { App } from './view/app.js';

const root = document.getElementById('dashboard');
if (root === null) throw new Error('the page has no #dashboard');
render(<App />, root);
