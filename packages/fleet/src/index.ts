/** @artifact-sentinel/fleet: what the command line starts. */
export { RefusedError } from './model/errors.js';
