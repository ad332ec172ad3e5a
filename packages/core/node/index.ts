/**
 * @artifact-sentinel/core in Node: all of the core, with files and folders, and with what Node provides for speed. The only home of
 * `node:` imports outside the command line.
 */
export * from '@artifact-sentinel/core';
export { fileSource, type FileSource } from './file-source.js';
// These stand for those of the core.
export { scan } from './scan.js';
export { scanFiles, type ScanFilesOptions } from './scan-files.js';
export { trace } from './trace.js';
export { walk, type WalkOptions } from './walk.js';
