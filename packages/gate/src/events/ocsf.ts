import { GATE_RULES } from '../model/rules.js';
import { PRODUCT, type GateEvent } from './event.js';

/** The version of the schema that the identifiers below are of. */
const OCSF_VERSION = '1.3.0';
const SEVERITY_ID = { LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 } as const;
const SEVERITY = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High', CRITICAL: 'Critical' } as const;
const SHA256 = { algorithm: 'SHA-256', algorithm_id: 3 } as const;

/** OCSF 1.3.0, Detection Finding [2004] with the profile Security Control. */
export function toOcsf(event: GateEvent): object {
  const { refusal, payload, client, server } = event;
  const { severity, title } = GATE_RULES[refusal.rule];
  const isDenied = event.disposition === 'denied';
  const file =
    payload.sha256 === null
      ? {}
      : {
          file: {
            name: 'request body',
            type_id: 1,
            size: payload.bytes,
            hashes: [{ ...SHA256, value: payload.sha256 }],
          },
        };
  return {
    metadata: {
      version: OCSF_VERSION,
      product: PRODUCT,
      profiles: ['security_control'],
      correlation_uid: event.requestId,
      uid: event.id,
      ...(event.route === null ? {} : { labels: [`route:${event.route}`] }),
    },
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200_401,
    type_name: 'Detection Finding: Create',
    time: event.time,
    severity_id: SEVERITY_ID[severity],
    severity: SEVERITY[severity],
    status_id: 1,
    status: 'New',
    status_code: String(event.status),
    // Nothing was decided about an answer that never came.
    action_id: isDenied ? 2 : event.disposition === 'allowed' ? 1 : 0,
    action: isDenied ? 'Denied' : event.disposition === 'allowed' ? 'Allowed' : 'Unknown',
    disposition_id: isDenied ? 2 : event.disposition === 'allowed' ? 1 : 0,
    disposition: isDenied ? 'Blocked' : event.disposition === 'allowed' ? 'Allowed' : 'Unknown',
    message: `${title}: ${refusal.detail}`,
    finding_info: {
      uid: event.id,
      title,
      desc: refusal.detail,
      types: [refusal.rule],
      created_time: event.time,
      analytic: { uid: refusal.rule, name: title, type_id: 1, type: 'Rule' },
      attacks: ATTACKS,
    },
    evidences: [
      {
        src_endpoint: { ip: client.address, port: client.port },
        dst_endpoint: { ip: server.address, port: server.port },
        url: { path: event.path },
        ...file,
        data: {
          request_id: event.requestId,
          method: event.method,
          content_type: event.contentType,
          signal: refusal.signal,
          place: refusal.path,
          format: refusal.format,
          offset: refusal.offset,
          piece_sha256: refusal.sha256,
        },
      },
    ],
    observables: [
      { name: 'evidences[].src_endpoint.ip', type_id: 2, type: 'IP Address', value: client.address },
      ...(payload.sha256 === null
        ? []
        : [{ name: 'evidences[].file.hashes[].value', type_id: 8, type: 'Hash', value: payload.sha256 }]),
    ],
  };
}

/** MITRE ATT&CK: Exploit Public-Facing Application. */
const ATTACKS = [
  {
    version: '14.1',
    tactics: [{ uid: 'TA0001', name: 'Initial Access' }],
    technique: { uid: 'T1190', name: 'Exploit Public-Facing Application' },
  },
];
