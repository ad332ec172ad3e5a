import { startPage } from './start-page.js';

startPage({ first: () => null, asks: 'This page asks no server for anything.' });
