import { cut } from '../model/escape.js';
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
    const known = Object.hasOwn(OPENERS, callee) ? OPENERS[callee] : undefined;
    const use = known ?? (callee.endsWith('Manager') && flow.hasImport(MANAGERS) ? 'bind' : undefined);
    if (use === undefined) continue;
    const given = flow.argumentsOf(site.call);
    if (given === null) continue;
    const values = [...given.positional.slice(0, 3), ...KEYWORDS.flatMap((name) => given.keywords.get(name) ?? [])];
    for (const value of values) {
      const address = addressOf(flow, value, site);
      if (address === null) continue;
      const { text, shown } = address;
      found.push({ at: flow.unit.locate(site.call.from, site.call.to), address: shown, use, reach: reachOf(text) });
      break;
    }
  }
  return found;
}

const MANAGERS = /^multiprocess(?:ing)?\.managers(?:\.|$)/;

/** Takes a host and a port as a pair. */
const TAKES_PAIR = /^(?:bind|connect|create_\w+|\w*Server|Listener|Client|\w*Manager|make_server|listen)$/;
const SCHEME = /^(?:tcp|ipc|inproc|udp|pgm|epgm|ws|wss|vsock|unix|file|env):/;

/** UTF-16 units of an address that are read and shown, and of an expression in it. */
const ADDRESS_TEXT = 120;
const PART_TEXT = 40;

/** An address by its constant parts, with … for the others, and as it is shown: with these as they are written, in braces. */
interface Address {
  readonly text: string;
  readonly shown: string;
}

function addressOf(flow: ModuleFlow, value: Scoped, site: CallSite): Address | null {
  const { value: node } = value;
  if (node.kind === 'sequence' && node.of === 'tuple') {
    const [host, port] = node.items;
    if (host === undefined || port === undefined || node.items.length !== 2) return null;
    if (!TAKES_PAIR.test(lastName(site.call.callee))) return null;
    const known = textOf(flow, host, value) ?? { text: '…', shown: partOf(flow, host) };
    const to = port.kind === 'number' ? flow.module.textOf(port).slice(0, PART_TEXT) : partOf(flow, port);
    return {
      text: `${known.text === '' ? '*' : known.text}:…`,
      shown: `${known.text === '' ? '*' : known.shown}:${to}`,
    };
  }
  const address = textOf(flow, node, value);
  if (address === null) return null;
  const { text } = address;
  const method = lastName(site.call.callee);
  if (SCHEME.test(text)) return address;
  // A host, with or without a port.
  if (/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?::\d?\]?|localhost|\*)(?::.*)?$/.test(text)) return address;
  if (/^(?:Listener|Client|BaseManager|SyncManager)$/.test(method) && text.startsWith('/')) return address;
  return null;
}

/** An expression as it is written, in braces. */
function partOf(flow: ModuleFlow, node: { readonly from: number; readonly to: number }): string {
  return `{${cut(flow.module.textOf(node).replaceAll(/\s+/g, ' '), PART_TEXT)}}`;
}

/** A text that may be made by `%`, by `format` or with braces. */
function textOf(flow: ModuleFlow, node: Expression, { scope }: Scoped): Address | null {
  let text = node;
  let filled: readonly Expression[] = [];
  for (;;) {
    if (text.kind === 'call' && text.callee.kind === 'attribute' && text.callee.name === 'format') {
      filled = text.args.map(({ value }) => value);
      text = text.callee.object;
    } else if (text.kind === 'operation' && text.operators[0] === '%' && text.operands[0] !== undefined) {
      const [, given] = text.operands;
      filled = given?.kind === 'sequence' ? given.items : given === undefined ? [] : [given];
      [text] = text.operands as [Expression];
    } else break;
  }
  const known = constantText(flow, { value: text, scope });
  if (known === null || filled.length === 0) return known;
  // The fields in their order; a field with a name or a number of its own stays as it is.
  let at = 0;
  const next = (field: string): string => {
    const given = filled[at];
    at += 1;
    return given === undefined ? field : partOf(flow, given);
  };
  const shown = known.shown.replaceAll(/%[-\d.]{0,4}[a-z]|\{\}/g, next).slice(0, ADDRESS_TEXT);
  return { text: known.text, shown };
}

function constantText(flow: ModuleFlow, { value: node, scope }: Scoped): Address | null {
  const { values } = flow.module.constants({ value: node, scope });
  const [known] = values.flatMap((value) => (value.kind === 'str' ? [value.value] : []));
  if (known !== undefined) return { text: known.slice(0, ADDRESS_TEXT), shown: known.slice(0, ADDRESS_TEXT) };
  const parts = flow.module.textParts({ value: node, scope });
  if (parts.every((part) => part === null)) return null;
  const fields = fieldsOf(node);
  // Where each of them is unknown it is clear which is which.
  const isClear = fields.length === parts.filter((part) => part === null).length;
  let at = 0;
  const shown = parts.map((part) => {
    const field = fields[at];
    if (part === null) at += 1;
    return part ?? (isClear && field !== undefined ? partOf(flow, field) : '…');
  });
  return {
    text: parts
      .map((part) => part ?? '…')
      .join('')
      .slice(0, ADDRESS_TEXT),
    shown: shown.join('').slice(0, ADDRESS_TEXT),
  };
}

/** What is put into an f-string, or added to a text. */
function fieldsOf(node: Expression): readonly Expression[] {
  if (node.kind === 'string')
    return node.pieces.flatMap(({ fields }) => fields.flatMap(({ value }) => (value === null ? [] : [value])));
  return node.kind === 'operation' ? node.operands.filter(({ kind }) => kind !== 'string') : [];
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
