import { parentPort, workerData } from 'node:worker_threads';
import type { AdminSetup } from './admin-messages.js';
import { serveAdmin } from './admin-server.js';

/**
 * The entry of the thread that answers probes. It inspects nothing and carries nothing, so that a probe is answered while
 * the proxy has its hands full.
 */
if (parentPort === null) throw new Error('not a thread');
serveAdmin(workerData as AdminSetup, parentPort);
