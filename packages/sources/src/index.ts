/**
 * @artifact-sentinel/sources: artifacts where they lie. Nothing here uses an API of Node; `@artifact-sentinel/sources/node` has
 * what does.
 */
export { IDLE_MS, MAX_DOWNLOAD_BYTES } from './model/limits.js';
export { SourceError, type SourceErrorCode } from './model/source-error.js';
export { HttpClient, type HttpAnswer, type HttpClientOptions, type HttpRequest, type Traffic } from './http/client.js';
export { fetchTransport } from './http/fetch-transport.js';
export { kindOfAddress, refusalOf, type AddressKind } from './http/address.js';
export type { Addresses, Transport, TransportAnswer, TransportRequest } from './http/transport.js';
export { probe, RangeSource, type Probe, type RangeOrigin, type RangeSourceOptions } from './range-source.js';
export { hubName, parseHubAddress, type HubAddress, type RepositoryKind } from './hub/address.js';
export { HubApi } from './hub/api.js';
export { nextPage } from './hub/listing.js';
export { hubHome, isOn } from './hub/token.js';
export { knowsRegistry } from './oci/docker-config.js';
export { Slots } from './http/slots.js';
export type { Held, Spool, Spooling } from './spooling.js';
export { isSource, RepositoryTree } from './repository-tree.js';
export { listedObjects, type ListedObjects } from './s3/open.js';
export { openSource, schemeOf, type Scheme } from './open-source.js';
export type { ListedState, Provider, Source, SourceContext, SourceEntry, SourceProblem } from './source.js';
