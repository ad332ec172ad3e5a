/** What remote sources need of Node. */
export { nodeTransport, type NodeTransportOptions } from './node-transport.js';
