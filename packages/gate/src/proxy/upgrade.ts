import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Route } from '../config/gate-config.js';
import type { ExchangeContext } from './exchange.js';
import { faultOfHead } from './headers.js';
import { headRefusal } from './problem.js';
import { bareRoute, routeOf } from './routing.js';
import { SocketEnding } from './socket-ending.js';
import { tunnel } from './tunnel.js';

/** A request that wants to switch protocols: its head is held to the same as any other, and only a WebSocket begins. */
export async function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  context: ExchangeContext,
): Promise<void> {
  const ending = new SocketEnding(request, socket as Socket, context);
  const fault = faultOfHead(request);
  if (fault !== null) {
    ending.refuse(headRefusal(fault.rule, fault.signal, fault.detail));
    return;
  }
  const { route, refusal } = routeOf(context, request.method ?? '', request.url ?? '');
  if (refusal !== null || route?.upgrades !== true || request.headers.upgrade?.toLowerCase() !== 'websocket') {
    ending.refuse(headRefusal('GATE-UPGRADE', 'upgrade', 'no route of the gate switches protocols here'));
    return;
  }
  ending.scope = route;
  const admission = context.clients.admit(ending.client.address);
  if ('release' in admission) socket.once('close', admission.release);
  else if (!ending.mayPass(headRefusal('GATE-RATE', admission.signal, 'too many requests of one client'))) return;
  try {
    if (await mayUpgrade(request, socket, route, context, ending))
      tunnel({ request, socket, head, route, context, ending });
  } catch (error) {
    ending.crashed(error);
  }
}

async function mayUpgrade(
  { headers, url = '' }: IncomingMessage,
  socket: Duplex,
  route: Route,
  { inspector }: ExchangeContext,
  ending: SocketEnding,
): Promise<boolean> {
  // A schema is for messages: there is no body here that it could hold for.
  const bare = bareRoute(route);
  const early = inspector.head(headers, bare, false);
  if (early !== null && !ending.mayPass(early)) return false;
  const left = new AbortController();
  const onGone = (): void => left.abort();
  socket.once('close', onGone);
  const verdict = await inspector.body(headers, url, bare, EMPTY, left.signal);
  socket.off('close', onGone);
  if (!ending.mayPassAll(verdict)) return false;
  if (!socket.destroyed) return true;
  ending.refuse(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the answer'));
  return false;
}

const EMPTY = Buffer.alloc(0);
