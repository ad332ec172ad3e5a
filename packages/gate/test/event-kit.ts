import type { Access } from '../src/events/access.js';
import type { GateEvent } from '../src/events/event.js';
import type { GateRule } from '../src/model/rules.js';

/** A request that passed. */
export const ACCESS: Access = {
  time: 1_795_000_000_000,
  requestId: 'r1',
  clientRequestId: 'c1',
  client: { address: '192.0.2.7', port: 40_000 },
  method: 'POST',
  path: '/p',
  route: '0:/p',
  outcome: 'passed',
  rule: null,
  status: 200,
  requestBytes: 12,
  responseBytes: 34,
  seconds: 0.0012344,
  inspectionSeconds: 1,
  upstreamSeconds: null,
  server: { address: '127.0.0.1', port: 8000 },
};

/** A request that was denied by this rule. */
export function eventOf(more: Partial<GateEvent> = {}, rule: GateRule = 'GATE-PICKLE'): GateEvent {
  return {
    id: 'e1',
    time: 1_795_000_000_000,
    requestId: 'r1',
    clientRequestId: null,
    disposition: 'denied',
    status: 400,
    refusal: { rule, signal: 's', path: 'body', offset: null, format: null, sha256: null, detail: 'd' },
    route: null,
    client: { address: '192.0.2.7', port: 40_000 },
    server: { address: '127.0.0.1', port: 8000 },
    method: 'POST',
    path: '/p',
    contentType: null,
    exception: null,
    payload: { bytes: 12, sha256: null },
    ...more,
  };
}
