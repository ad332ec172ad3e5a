import type { FlowAddress } from '../model/flow-fact.js';
import type { CallSite, Scoped } from '../python/scope.js';
import type { Expression } from '../python/syntax.js';
import { lastName } from './member-source.js';
import type { ModuleFlow } from './module-flow.js';

/** What opens or asks for an address, and whether it listens. */
const OPENERS: Readonly<Record<string, FlowAddress['use']>> = {
  bind: 'bind',
  bind_to_random_port: 'bind',
  connect: 'connect',
  create_connection: 'connect',
  add_insecure_port: 'bind',
  add_secure_port: 'bind',
  run: 'bind',
  run_app: 'bind',
  run_simple: 'bind',
  serve: 'bind',
  serve_forever: 'bind',
  start_server: 'bind',
  create_server: 'bind',
  TCPServer: 'bind',
  UDPServer: 'bind',
  ThreadingTCPServer: 'bind',
  HTTPServer: 'bind',
  ThreadingHTTPServer: 'bind',
  WSGIServer: 'bind',
  make_server: 'bind',
  Listener: 'bind',
  Client: 'connect',
  BaseManager: 'bind',
  SyncManager: 'bind',
  TCPSite: 'bind',
  listen: 'bind',
  launch: 'bind',
  start: 'bind',
  Config: 'bind',
  init_process_group: 'bind',
  TCPStore: 'bind',
  MessageQueue: 'bind',
};
const KEYWORDS = [
  'host',
  'address',
  'hostname',
  'bind',
  'init_method',
  'server_name',
  'ip',
  'addr',
  'url',
  'interface',
  'http_options',
];

/** The addresses that a module names. */
export function addressesOf(flow: ModuleFlow): readonly FlowAddress[] {
  const found: FlowAddress[] = [];
  for (const site of flow.module.calls) {
    const callee = lastName(site.call.callee);
    // A manager of the module's own, as the documentation of multiprocessing has it.
    const use = OPENERS[callee] ?? (callee.endsWith('Manager') && flow.hasImport(MANAGERS) ? 'bind' : undefined);
    if (use === undefined) continue;
    const given = flow.argumentsOf(site.call);
    if (given === null) continue;
    const values = [...given.positional.slice(0, 3), ...KEYWORDS.flatMap((name) => given.keywords.get(name) ?? [])];
    for (const value of values) {
      const address = addressOf(flow, value, site);
      if (address === null) continue;
      found.push({ at: flow.unit.locate(site.call.from, site.call.to), address, use, reach: reachOf(address) });
      break;
    }
  }
  return found;
}

const MANAGERS = /^multiprocess(?:ing)?\.managers(?:\.|$)/;

/** Takes a host and a port as a pair. */
const TAKES_PAIR = /^(?:bind|connect|create_\w+|\w*Server|Listener|Client|\w*Manager|make_server|listen)$/;
const SCHEME = /^(?:tcp|ipc|inproc|udp|pgm|epgm|ws|wss|vsock|unix|file|env):/;

function addressOf(flow: ModuleFlow, value: Scoped, site: CallSite): string | null {
  const { value: node } = value;
  if (node.kind === 'sequence' && node.of === 'tuple') {
    const [host] = node.items;
    if (host === undefined || node.items.length !== 2 || !TAKES_PAIR.test(lastName(site.call.callee))) return null;
    const text = textOf(flow, host, value);
    return text === null ? `${flow.module.textOf(host).slice(0, 60)}:…` : `${text === '' ? '*' : text}:…`;
  }
  const text = textOf(flow, node, value);
  if (text === null) return null;
  const method = lastName(site.call.callee);
  if (SCHEME.test(text)) return text;
  // A host, with or without a port.
  if (/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?::\d?\]?|localhost|\*)(?::.*)?$/.test(text)) return text;
  if (/^(?:Listener|Client|BaseManager|SyncManager)$/.test(method) && text.startsWith('/')) return text;
  return null;
}

/** Its constant parts, with … for the others. */
function textOf(flow: ModuleFlow, node: Expression, { scope }: Scoped): string | null {
  let text = node;
  for (;;) {
    if (text.kind === 'call' && text.callee.kind === 'attribute' && text.callee.name === 'format')
      text = text.callee.object;
    else if (text.kind === 'operation' && text.operators[0] === '%' && text.operands[0] !== undefined)
      [text] = text.operands as [Expression];
    else break;
  }
  return constantText(flow, { value: text, scope });
}

function constantText(flow: ModuleFlow, { value: node, scope }: Scoped): string | null {
  const { values } = flow.module.constants({ value: node, scope });
  const [known] = values.flatMap((value) => (value.kind === 'str' ? [value.value] : []));
  if (known !== undefined) return known.slice(0, 120);
  const parts = flow.module.textParts({ value: node, scope });
  if (parts.every((part) => part === null)) return null;
  return parts
    .map((part) => part ?? '…')
    .join('')
    .slice(0, 120);
}

function reachOf(address: string): FlowAddress['reach'] {
  if (/^(?:ipc|inproc|unix|file|env):|^\//.test(address)) return 'same-host';
  const host = address.replace(/^\w+:\/\//, '');
  if (/^(?:\*|0\.0\.0\.0|\[?::\]?(?:[:\]]|$))/.test(host)) return 'any';
  return /^(?:127\.|localhost\b|\[?::1\b)/.test(host) ? 'same-host' : 'host';
}

/** Signs that clients have to authenticate. */
const AUTHENTICATION =
  /\b(?:curve_server|curve_secretkey|curve_publickey|CURVE_SERVER|ThreadAuthenticator|AsyncioAuthenticator|authkey|HTTPBearer|HTTPBasic|OAuth2PasswordBearer|APIKeyHeader|login_required|verify_jwt\w*|jwt_required|token_required|requires_auth\w*|ssl_server_credentials|CERT_REQUIRED|permission_classes|authenticate\w*|verify_api_key|check_api_key|check_token|verify_token|add_secure_port)\b/g;
/** Behind the name of a setting: it is switched off. */
const SWITCHED_OFF =
  /^["']?\s*[=:,]\s*(?:None|False|0|b?(?:""|'')|\[\s*(?:\w+\.)*(?:AllowAny)?\s*\]|\(\s*\))\s*(?:[,)}\n;]|$)/;
/** UTF-16 units that are read behind a name. */
const SETTING_LENGTH = 80;

/** The first of them that is neither in a comment nor switched off. */
export function authenticationAt(flow: ModuleFlow): number | null {
  const { text } = flow.module.source;
  let at = 0;
  let isComment = false;
  for (const { 0: name, index } of text.matchAll(AUTHENTICATION)) {
    for (; at < index; at += 1) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) isComment = false;
      else if (code === HASH) isComment = true;
    }
    const end = index + name.length;
    if (!isComment && !SWITCHED_OFF.test(text.slice(end, end + SETTING_LENGTH))) return index;
  }
  return null;
}
const NEWLINE = 10;
const HASH = 35;
