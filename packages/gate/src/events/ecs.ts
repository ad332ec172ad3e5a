import { GATE_RULES } from '../model/rules.js';
import { PRODUCT, type GateEvent } from './event.js';

const SEVERITY = { LOW: 21, MEDIUM: 47, HIGH: 73, CRITICAL: 99 } as const;

/** Elastic Common Schema 8.11. */
export function toEcs(event: GateEvent): object {
  const { refusal, payload, client, server } = event;
  const { severity, title } = GATE_RULES[refusal.rule];
  // An upstream that fails, or a client that leaves, attacks nobody.
  const isFault = event.disposition === 'failed';
  return {
    '@timestamp': new Date(event.time).toISOString(),
    ecs: { version: '8.11.0' },
    message: `${title}: ${refusal.detail}`,
    event: {
      id: event.id,
      kind: isFault ? 'event' : 'alert',
      category: isFault ? ['web'] : ['web', 'intrusion_detection'],
      type: [event.disposition === 'denied' ? 'denied' : event.disposition === 'allowed' ? 'allowed' : 'error'],
      action: refusal.rule,
      code: refusal.signal,
      outcome: event.disposition === 'allowed' ? 'success' : 'failure',
      severity: SEVERITY[severity],
      provider: PRODUCT.name,
      dataset: 'sentinel.gate',
    },
    observer: { vendor: PRODUCT.vendor_name, product: PRODUCT.name, version: PRODUCT.version, type: 'proxy' },
    ...(isFault
      ? {}
      : {
          rule: { id: refusal.rule, name: title, ruleset: 'sentinel-gate' },
          threat: {
            framework: 'MITRE ATT&CK',
            technique: { id: ['T1190'], name: ['Exploit Public-Facing Application'] },
          },
        }),
    source: { ip: client.address, port: client.port },
    destination: { ip: server.address, port: server.port },
    url: { path: event.path },
    http: {
      request: {
        id: event.requestId,
        method: event.method,
        body: { bytes: payload.bytes },
        ...(event.contentType === null ? {} : { mime_type: event.contentType }),
      },
      response: { status_code: event.status },
    },
    trace: { id: event.requestId },
    ...(payload.sha256 === null ? {} : { file: { hash: { sha256: payload.sha256 }, size: payload.bytes } }),
    labels: {
      route: event.route ?? 'none',
      ...(event.clientRequestId === null ? {} : { client_request_id: event.clientRequestId }),
      place: refusal.path,
      ...(event.exception === null
        ? {}
        : {
            exception_owner: event.exception.owner,
            exception_why: event.exception.why,
            exception_expires: event.exception.expires,
          }),
      ...(refusal.format === null ? {} : { format: refusal.format }),
      ...(refusal.offset === null ? {} : { offset: String(refusal.offset) }),
    },
  };
}
