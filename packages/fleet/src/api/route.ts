import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { Caller } from '../access/caller.js';
import type { Actor } from '../model/ports.js';
import type { Role } from '../model/roles.js';
import type { Services } from './services.js';

/**
 * Who may ask: a role and those above it, everybody, or a worker by the secret that lies in its database. `itself`: the route
 * asks on its own, as those of the gate of the Hub do, whose clients want other answers.
 */
export type Access = Role | 'anyone' | 'worker' | 'itself';

/** What a handler is given. Each part is what the route's shape made of the request. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Throws where nobody is known, which only happens in routes for anyone. */
  readonly caller: Caller & Actor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** JSON of a shape, text or bytes of some media types, or a redirect. */
export type Answer<Shape extends z.ZodType = z.ZodType> =
  | { readonly status: 200 | 201 | 202; readonly shape: Shape }
  | { readonly status: 200; readonly types: readonly string[] }
  | { readonly status: 204 }
  | { readonly status: 302 };

/** How a body comes: parsed as JSON, as the bytes that were signed, or as a stream that nobody has read. */
export type BodyKind = 'json' | 'raw' | 'stream';

interface RouteHead {
  /** Of OpenAPI: one word for the client's method. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly access: Exclude<Access, 'itself'>;
  readonly summary: string;
  /** Statuses that are refused with a problem, besides 400, 401, 403, 429 and 500. */
  readonly refuses?: readonly number[];
  readonly bodyKind?: BodyKind;
}

export interface Route extends RouteHead {
  readonly params: z.ZodType | null;
  readonly query: z.ZodType | null;
  readonly body: z.ZodType | null;
  readonly answer: Answer;
  readonly handle: (services: Services, call: Call<unknown, unknown, unknown>) => Promise<unknown>;
}

type Out<Shape> = Shape extends z.ZodType ? z.output<Shape> : undefined;
type Said<A> = A extends { readonly shape: infer Shape extends z.ZodType } ? z.input<Shape> : unknown;

interface RouteSpec<P, Q, B, A extends Answer> extends RouteHead {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answer: A;
  readonly handle: (services: Services, call: Call<Out<P>, Out<Q>, Out<B>>) => Promise<Said<A>>;
}

/** A row of the table of routes, its handler typed by its shapes. */
export function route<
  const A extends Answer,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(spec: RouteSpec<P, Q, B, A>): Route {
  const { params, query, body, handle, ...head } = spec;
  return {
    ...head,
    params: params ?? null,
    query: query ?? null,
    body: body ?? null,
    // The shapes above made these parts, so that they are of those types.
    handle: (services, call) => handle(services, call as Call<Out<P>, Out<Q>, Out<B>>),
  };
}
