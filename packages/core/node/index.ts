/** What Node adds to the core: files and folders. The only home of `node:` imports outside the command line. */
export { pathOf, shownBytes, shownName, typedName } from './file-name.js';
export { OPEN_FLAGS, openFile, type FileSource } from './file-source.js';
export { hashFile, type FileHash } from './hash-file.js';
export { nativeInflate } from './native-inflate.js';
export { nativeSha256, nativeSha256Stream } from './native-sha256.js';
export { findFiles, openFound, walk, type FoundFile, type WalkOptions } from './walk.js';
export { sourceNeighbours } from './source-neighbours.js';
export { isEnvironment, isSystemError, systemReason, type SystemError } from './system-error.js';
