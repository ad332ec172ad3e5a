import * as shapes from '../../model/api-shapes.js';
import { waiver } from '../../model/shapes.js';
import { verifyAudit } from '../../audit/audit.js';
import { route, type Route } from '../route.js';
import { listAudit } from '../tables/audit-log.js';
import { currentPolicy, policyHistory, policyOfHistory, setPolicy } from '../tables/policies.js';
import { statsOf } from '../tables/stats.js';
import { createWaiver, listWaivers, revokeWaiver } from '../tables/waivers.js';

/** Waivers, the policy, the log of what was decided, and the numbers of the dashboard. */
export const JUDGING_ROUTES: readonly Route[] = [
  route({
    id: 'createWaiver',
    method: 'POST',
    path: '/v1/waivers',
    access: 'reviewer',
    summary: 'Lets a finding stand until a day; somebody answers for it',
    body: shapes.newWaiver,
    answer: { status: 201, shape: waiver },
    handle: ({ pool, judgeAnew }, { body, caller }) =>
      createWaiver(pool, body, caller, (transaction) => judgeAnew(transaction, caller)),
  }),
  route({
    id: 'listWaivers',
    method: 'GET',
    path: '/v1/waivers',
    access: 'viewer',
    summary: 'Waivers, the newest first',
    query: shapes.waiverQuery,
    answer: { status: 200, shape: shapes.waivers },
    handle: ({ pool }, { query }) => listWaivers(pool, query),
  }),
  route({
    id: 'revokeWaiver',
    method: 'POST',
    path: '/v1/waivers/{id}/revoke',
    access: 'reviewer',
    summary: 'Ends a waiver',
    refuses: [404],
    params: shapes.byId,
    answer: { status: 200, shape: waiver },
    handle: ({ pool, judgeAnew }, { params, caller }) =>
      revokeWaiver(pool, params.id, caller, (transaction) => judgeAnew(transaction, caller)),
  }),
  route({
    id: 'getPolicy',
    method: 'GET',
    path: '/v1/policy',
    access: 'viewer',
    summary: 'The policy in force',
    answer: { status: 200, shape: shapes.policyAnswer },
    handle: ({ pool }) => currentPolicy(pool),
  }),
  route({
    id: 'setPolicy',
    method: 'PUT',
    path: '/v1/policy',
    access: 'admin',
    summary: 'Sets the policy; one that the core does not understand is refused with all that is wrong',
    refuses: [413],
    body: shapes.newPolicy,
    answer: { status: 200, shape: shapes.policyAnswer },
    handle: ({ pool, judgeAnew }, { body, caller }) =>
      setPolicy(pool, body.text, caller, (transaction) => judgeAnew(transaction, caller)),
  }),
  route({
    id: 'getPolicyHistory',
    method: 'GET',
    path: '/v1/policy/history',
    access: 'viewer',
    summary: 'Who set which policy, the newest first',
    answer: { status: 200, shape: shapes.policyHistory },
    handle: async ({ pool }) => ({ items: await policyHistory(pool) }),
  }),
  route({
    id: 'getPolicyOfHistory',
    method: 'GET',
    path: '/v1/policy/history/{number}',
    access: 'viewer',
    summary: 'A policy that held, with its text and that of the one before',
    refuses: [404],
    params: shapes.policyNumber,
    answer: { status: 200, shape: shapes.policyText },
    handle: ({ pool }, { params }) => policyOfHistory(pool, params.number),
  }),
  route({
    id: 'listAudit',
    method: 'GET',
    path: '/v1/audit',
    access: 'reviewer',
    summary: 'Who did what, the newest first',
    query: shapes.auditQuery,
    answer: { status: 200, shape: shapes.auditPage },
    handle: ({ pool }, { query }) => listAudit(pool, query),
  }),
  route({
    id: 'verifyAudit',
    method: 'GET',
    path: '/v1/audit/verify',
    access: 'reviewer',
    summary: 'Computes the chain of the whole log again',
    answer: { status: 200, shape: shapes.auditVerdict },
    handle: async ({ pool }) => {
      const { entries, brokenAt, last } = await verifyAudit(pool);
      return { ok: brokenAt === null, entries, brokenAt, head: entries === 0 ? null : last };
    },
  }),
  route({
    id: 'getStats',
    method: 'GET',
    path: '/v1/stats',
    access: 'viewer',
    summary: 'The numbers of the dashboard',
    query: shapes.statsQuery,
    answer: { status: 200, shape: shapes.stats },
    handle: ({ pool }, { query }) => statsOf(pool, query.days),
  }),
];
