import * as shapes from '../../model/api-shapes.js';
import { RefusedError } from '../../model/errors.js';
import { receive } from '../../webhooks/receive.js';
import { bytesOf } from '../bodies.js';
import { route, type Route } from '../route.js';

/** Health, metrics, deliveries from outside, and what workers read. */
export const SYSTEM_ROUTES: readonly Route[] = [
  route({
    id: 'getHealth',
    method: 'GET',
    path: '/healthz',
    access: 'anyone',
    summary: 'The process answers',
    answer: { status: 200, shape: shapes.health },
    handle: () => Promise.resolve({ status: 'ok' as const }),
  }),
  route({
    id: 'getReadiness',
    method: 'GET',
    path: '/readyz',
    access: 'anyone',
    summary: 'It can work: its database answers; 503 where it does not',
    refuses: [503],
    answer: { status: 200, shape: shapes.health },
    handle: async ({ pool }) => {
      await pool.query('SELECT 1');
      return { status: 'ok' as const };
    },
  }),
  route({
    id: 'getMetrics',
    method: 'GET',
    path: '/metrics',
    access: 'viewer',
    summary: 'What Prometheus reads',
    answer: { status: 200, types: ['text/plain'] },
    handle: async ({ metrics }, { reply }) =>
      reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  }),
  route({
    id: 'receiveDelivery',
    method: 'POST',
    path: '/v1/hooks/{id}',
    access: 'anyone',
    summary: 'A delivery of the Hub, of MLflow or of a program, by its secret or its signature',
    refuses: [413],
    bodyKind: 'raw',
    params: shapes.byId,
    answer: { status: 202, shape: shapes.inboundAnswer },
    handle: ({ pool, secrets, intakes }, { params, body, request }) => {
      const header = (name: string): string | null => {
        const value = request.headers[name];
        return typeof value === 'string' ? value : null;
      };
      const given = { header, body: bytesOf(body), now: Date.now() };
      return receive(pool, secrets, intakes, params.id, given, request.span.traceparent);
    },
  }),
  route({
    id: 'getObject',
    method: 'GET',
    path: '/internal/objects/{sha256}',
    access: 'worker',
    summary: 'Bytes of an upload, for a worker that does not share the folder with them',
    refuses: [404],
    params: shapes.verdictParams,
    answer: { status: 200, types: ['application/octet-stream'] },
    handle: async ({ objects }, { params, reply }) => {
      const bytes = await objects.get(params.sha256);
      if (bytes === null) throw new RefusedError(404, 'not-stored', 'there are no such bytes');
      return reply.type('application/octet-stream').send(bytes);
    },
  }),
];
