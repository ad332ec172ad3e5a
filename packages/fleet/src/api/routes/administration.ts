import { createToken, listTokens, revokeToken } from '../../access/tokens.js';
import * as shapes from '../../model/api-shapes.js';
import {
  createInbound,
  createWebhook,
  listInbound,
  listWebhooks,
  removeInbound,
  removeWebhook,
} from '../../webhooks/hooks.js';
import { checkTarget } from '../../webhooks/target.js';
import { route, type Route } from '../route.js';

/** Tokens and webhooks. Secrets are shown when they are made, and never again. */
export const ADMINISTRATION_ROUTES: readonly Route[] = [
  route({
    id: 'createToken',
    method: 'POST',
    path: '/v1/tokens',
    access: 'admin',
    summary: 'Makes an API token; its secret is shown this once',
    refuses: [409],
    body: shapes.newToken,
    answer: { status: 201, shape: shapes.createdToken },
    handle: async ({ pool }, { body, caller }) => {
      const { token, secret } = await createToken(pool, body, caller);
      return { ...token, secret };
    },
  }),
  route({
    id: 'listTokens',
    method: 'GET',
    path: '/v1/tokens',
    access: 'admin',
    summary: 'API tokens, without their secrets',
    answer: { status: 200, shape: shapes.tokens },
    handle: async ({ pool }) => ({ items: await listTokens(pool) }),
  }),
  route({
    id: 'revokeToken',
    method: 'DELETE',
    path: '/v1/tokens/{id}',
    access: 'admin',
    summary: 'Revokes a token and the sessions that were begun with it',
    refuses: [404],
    params: shapes.byId,
    answer: { status: 204 },
    handle: ({ pool }, { params, caller }) => revokeToken(pool, params.id, caller),
  }),
  route({
    id: 'createWebhook',
    method: 'POST',
    path: '/v1/webhooks',
    access: 'admin',
    summary: 'Tells an address of events; the secret that signs them is shown this once',
    refuses: [409],
    body: shapes.newWebhook,
    answer: { status: 201, shape: shapes.createdWebhook },
    handle: async ({ pool, secrets, config }, { body, caller }) => {
      const { href } = checkTarget(body.url, config.allowPrivateAddresses);
      const { webhook, secret } = await createWebhook(pool, secrets, { url: href, events: body.events }, caller);
      return { ...webhook, secret };
    },
  }),
  route({
    id: 'listWebhooks',
    method: 'GET',
    path: '/v1/webhooks',
    access: 'admin',
    summary: 'Webhooks, and how their newest delivery went',
    answer: { status: 200, shape: shapes.webhooks },
    handle: async ({ pool }) => ({ items: await listWebhooks(pool) }),
  }),
  route({
    id: 'removeWebhook',
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    access: 'admin',
    summary: 'Removes a webhook',
    refuses: [404],
    params: shapes.byId,
    answer: { status: 204 },
    handle: ({ pool }, { params, caller }) => removeWebhook(pool, params.id, caller),
  }),
  route({
    id: 'createInboundHook',
    method: 'POST',
    path: '/v1/inbound-hooks',
    access: 'admin',
    summary: 'Makes an address that the Hub, MLflow or a program of yours posts to; its secret is shown this once',
    refuses: [409],
    body: shapes.newInboundHook,
    answer: { status: 201, shape: shapes.createdInboundHook },
    handle: async ({ pool, secrets }, { body, caller }) => {
      const { hook, secret } = await createInbound(pool, secrets, body.kind, caller);
      return { ...hook, secret };
    },
  }),
  route({
    id: 'listInboundHooks',
    method: 'GET',
    path: '/v1/inbound-hooks',
    access: 'admin',
    summary: 'Inbound webhooks, without their secrets',
    answer: { status: 200, shape: shapes.inboundHooks },
    handle: async ({ pool }) => ({ items: await listInbound(pool) }),
  }),
  route({
    id: 'removeInboundHook',
    method: 'DELETE',
    path: '/v1/inbound-hooks/{id}',
    access: 'admin',
    summary: 'Removes an inbound webhook',
    refuses: [404],
    params: shapes.byId,
    answer: { status: 204 },
    handle: ({ pool }, { params, caller }) => removeInbound(pool, params.id, caller),
  }),
];
