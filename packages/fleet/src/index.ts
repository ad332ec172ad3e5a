/** @artifact-sentinel/fleet: what the command line starts. */
export { RefusedError } from './model/errors.js';
export { runServe, runWorker, type RunContext, type ServeCommandOptions, type WorkerCommandOptions } from './run.js';
export { serve, type Running, type ServeOptions } from './serve.js';
