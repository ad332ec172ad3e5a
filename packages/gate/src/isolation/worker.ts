import { workerData } from 'node:worker_threads';
import { serveThread } from '@artifact-sentinel/core/node/internal';
import type { WorkerSetup } from './messages.js';
import { inspecting } from './serve.js';

/** The entry of a worker thread. */
serveThread(inspecting(workerData as WorkerSetup));
