import { loadPartsFromCache } from '../code-cache.js';

/** The entry of a worker thread: V8 flags are those of the process. */
loadPartsFromCache();
void import('./serve.js').then(({ serve }) => serve());
