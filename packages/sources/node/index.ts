/** What remote sources need of Node: requests, proxies, small files, the local cache of the Hub. */
export { cachedFiles, isCacheAddress, type CachedFile, type CacheOptions } from './hf-cache.js';
export { temporaryFiles, type TemporaryFilesOptions } from './temporary-file.js';
export { nodeTransport, type NodeTransportOptions } from './node-transport.js';
export { readSmallText } from './small-text.js';
