import { serveWorker } from './serve.js';

/* The program of the workers of the page that reads what was dropped, and nothing else. */
serveWorker(null);
