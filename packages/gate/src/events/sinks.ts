import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, isIPv6, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { UsageError } from '@artifact-sentinel/core/internal';
import type { EventTarget } from '../config/gate-config.js';
import { GATE_RULES } from '../model/rules.js';
import { toEcs } from './ecs.js';
import type { GateEvent } from './event.js';
import { LineWriter } from './line-writer.js';
import { toOcsf } from './ocsf.js';
import { MAX_WAITING_EVENTS } from '../model/limits.js';

/** Where events go, one JSON line each. `write` does not wait and does not throw. */
export interface EventSink {
  write(event: GateEvent): void;
  /** Opens what it writes to anew, where that is a file. What cannot be opened is said; the old file stays. */
  reopen?(): string | undefined;
  /** Waits until everything is handed over. */
  close(): Promise<void>;
}

export interface SinkHooks {
  /** Events that could not be handed over, by the target's name. */
  readonly onLost: (to: string, count: number) => void;
}

/** local0, with the severity of RFC 5424, table 2. */
const FACILITY = 16;
const SYSLOG_SEVERITY = { CRITICAL: 2, HIGH: 3, MEDIUM: 4, LOW: 5 } as const;
const RECONNECT_MS = 1_000;
/** What a last event may take to get away when the gate ends. */
const CLOSE_MS = 2_000;

export function openSink({ to, format }: EventTarget, hooks: SinkHooks): EventSink {
  const render = (event: GateEvent): string => JSON.stringify(format === 'ecs' ? toEcs(event) : toOcsf(event));
  if (to === 'stdout' || to.startsWith('file:')) return lines(to, render, hooks);
  const url = /^syslog\+(udp|tcp|unix):\/\/(.+)$/.exec(to) ?? /^syslog\+(unix):(\/.+)$/.exec(to);
  if (url === null) throw new UsageError(`events: ${to} is no target`);
  const [, kind = '', address = ''] = url;
  const syslog = (event: GateEvent): string => syslogLine(event, render(event));
  return kind === 'udp' ? udp(address, to, syslog, hooks) : stream(kind, address, to, syslog, hooks);
}

function lines(to: string, render: (event: GateEvent) => string, hooks: SinkHooks): EventSink {
  const writer = writerFor(to, hooks);
  return {
    write: (event) => writer.write(render(event)),
    reopen: () => writer.reopen(),
    close: () => writer.close(),
  };
}

function writerFor(to: string, hooks: SinkHooks): LineWriter {
  try {
    return new LineWriter(to, (count) => hooks.onLost(to, count));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`events: ${error.message}`);
  }
}

/** RFC 5424: priority, version, time, host, application, process, message id; no structured data. */
export function syslogLine(event: GateEvent, json: string): string {
  const priority = FACILITY * 8 + SYSLOG_SEVERITY[GATE_RULES[event.refusal.rule].severity];
  const host = hostname().replaceAll(/[^\x21-\x7e]/g, '') || '-';
  return `<${priority}>1 ${new Date(event.time).toISOString()} ${host} sentinel-gate ${process.pid} ${event.refusal.rule} - ${json}`;
}

function split(address: string): { readonly host: string; readonly port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at).replaceAll(/^\[|\]$/g, ''), port: Number(address.slice(at + 1)) };
}

/** RFC 5426: one message, one datagram. */
function udp(address: string, to: string, render: (event: GateEvent) => string, hooks: SinkHooks): EventSink {
  const { host, port } = split(address);
  const socket: UdpSocket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  socket.on('error', () => hooks.onLost(to, 1));
  socket.unref();
  let pending = 0;
  return {
    write: (event) => {
      pending += 1;
      socket.send(render(event), port, host, (error) => {
        pending -= 1;
        if (error !== null) hooks.onLost(to, 1);
      });
    },
    close: async () => {
      const end = Date.now() + CLOSE_MS;
      while (pending > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
      socket.close();
    },
  };
}

/** RFC 6587, octet counting. A connection that is lost is made again; what waits longer than that is lost, and counted. */
function stream(
  kind: string,
  address: string,
  to: string,
  render: (event: GateEvent) => string,
  hooks: SinkHooks,
): EventSink {
  let waiting: Buffer[] = [];
  let socket: Socket | null = null;
  let isOpen = false;
  let closed = false;
  let retry: NodeJS.Timeout | null = null;
  const send = (): void => {
    if (socket === null || !isOpen) return;
    let sent = 0;
    // What the socket does not take waits for `drain`, what it has taken may still be lost with it.
    for (const message of waiting) {
      if (socket.writableNeedDrain) break;
      socket.write(message, (error) => {
        if (error instanceof Error) hooks.onLost(to, 1);
      });
      sent += 1;
    }
    waiting.splice(0, sent);
  };
  const open = (): void => {
    retry = null;
    socket = kind === 'unix' ? connect(address.replace(/^\/\//, '/')) : connect(split(address));
    socket.unref();
    socket.on('connect', () => {
      isOpen = true;
      send();
    });
    socket.on('drain', send);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      isOpen = false;
      if (closed || retry !== null) return;
      retry = setTimeout(open, RECONNECT_MS);
      retry.unref();
    });
  };
  open();
  return {
    write: (event) => {
      const text = render(event);
      if (waiting.length >= MAX_WAITING_EVENTS) {
        hooks.onLost(to, 1);
        return;
      }
      waiting.push(Buffer.from(`${Buffer.byteLength(text)} ${text}`));
      send();
    },
    close: async () => {
      const end = Date.now() + CLOSE_MS;
      while (waiting.length > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
      closed = true;
      if (retry !== null) clearTimeout(retry);
      if (waiting.length > 0) hooks.onLost(to, waiting.length);
      waiting = [];
      const last = socket;
      if (last !== null && isOpen) {
        const timer = setTimeout(() => last.destroy(), end - Date.now());
        await new Promise<void>((resolve) => last.end(() => resolve()));
        clearTimeout(timer);
      }
      last?.destroy();
    },
  };
}
