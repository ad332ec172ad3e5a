import { serveWorker } from '../engine/serve.js';
import { openHub } from './open-hub.js';

serveWorker(openHub);
