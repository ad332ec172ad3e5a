import { GATE_RULES } from '../model/rules.js';
import { PRODUCT, type GateEvent } from './event.js';

/** The version of the schema that the identifiers below are of. */
const OCSF_VERSION = '1.3.0';
const SEVERITY_ID = { LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 } as const;
const SEVERITY = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High', CRITICAL: 'Critical' } as const;
const SHA256 = { algorithm: 'SHA-256', algorithm_id: 3 } as const;

/** A refusal or what would be one: a Detection Finding. What nobody attacked with: an HTTP Activity that failed. */
export function toOcsf(event: GateEvent): object {
  return event.disposition === 'failed' ? httpActivity(event) : detectionFinding(event);
}

/** HTTP methods, as HTTP Activity numbers them. */
const ACTIVITIES: Readonly<Record<string, readonly [id: number, name: string]>> = {
  CONNECT: [1, 'Connect'],
  DELETE: [2, 'Delete'],
  GET: [3, 'Get'],
  HEAD: [4, 'Head'],
  OPTIONS: [5, 'Options'],
  POST: [6, 'Post'],
  PUT: [7, 'Put'],
  TRACE: [8, 'Trace'],
};

/** OCSF 1.3.0, HTTP Activity [4002]. */
function httpActivity(event: GateEvent): object {
  const { refusal, client, server } = event;
  const { severity, title } = GATE_RULES[refusal.rule];
  const known = Object.hasOwn(ACTIVITIES, event.method) ? ACTIVITIES[event.method] : undefined;
  const [activity, name] = known ?? [99, event.method];
  const labels = [
    ...(event.route === null ? [] : [`route:${event.route}`]),
    ...(event.clientRequestId === null ? [] : [`client_request_id:${event.clientRequestId}`]),
  ];
  return {
    metadata: {
      version: OCSF_VERSION,
      product: PRODUCT,
      correlation_uid: event.requestId,
      uid: event.id,
      ...(labels.length === 0 ? {} : { labels }),
    },
    category_uid: 4,
    category_name: 'Network Activity',
    class_uid: 4002,
    class_name: 'HTTP Activity',
    activity_id: activity,
    activity_name: name,
    type_uid: 400_200 + activity,
    type_name: `HTTP Activity: ${activity === 99 ? 'Other' : name}`,
    time: event.time,
    severity_id: SEVERITY_ID[severity],
    severity: SEVERITY[severity],
    status_id: 2,
    status: 'Failure',
    status_code: refusal.rule,
    status_detail: refusal.signal,
    message: `${title}: ${refusal.detail}`,
    src_endpoint: { ip: client.address, port: client.port },
    dst_endpoint: { ip: server.address, port: server.port },
    http_request: {
      uid: event.requestId,
      http_method: event.method,
      ...(event.path === '' ? {} : { url: { path: event.path } }),
      length: event.payload.bytes,
    },
    http_response: { code: event.status },
  };
}

/** OCSF 1.3.0, Detection Finding [2004] with the profile Security Control. */
function detectionFinding(event: GateEvent): object {
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
      ...labelsOf(event),
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
    action_id: isDenied ? 2 : 1,
    action: isDenied ? 'Denied' : 'Allowed',
    disposition_id: isDenied ? 2 : 1,
    disposition: isDenied ? 'Blocked' : 'Allowed',
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
          ...(event.clientRequestId === null ? {} : { client_request_id: event.clientRequestId }),
          method: event.method,
          content_type: event.contentType,
          signal: refusal.signal,
          place: refusal.path,
          format: refusal.format,
          offset: refusal.offset,
          piece_sha256: refusal.sha256,
          ...(event.exception === null ? {} : { exception: event.exception }),
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

function labelsOf({ route, exception }: GateEvent): { readonly labels?: readonly string[] } {
  const labels = [
    ...(route === null ? [] : [`route:${route}`]),
    ...(exception === null ? [] : [`exception:${exception.owner}`]),
  ];
  return labels.length === 0 ? {} : { labels };
}

/** MITRE ATT&CK: Exploit Public-Facing Application. */
const ATTACKS = [
  {
    version: '14.1',
    tactics: [{ uid: 'TA0001', name: 'Initial Access' }],
    technique: { uid: 'T1190', name: 'Exploit Public-Facing Application' },
  },
];
