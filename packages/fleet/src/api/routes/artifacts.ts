import type * as z from 'zod';
import { boundedSearch } from '../../database/bounded.js';
import { SEARCH_MS } from '../../limits.js';
import * as shapes from '../../model/api-shapes.js';
import { mayAct } from '../../model/roles.js';
import { RefusedError } from '../../model/errors.js';
import { artifact, type Artifact } from '../../model/shapes.js';
import { checked } from '../checked.js';
import { attachment, SANDBOX_POLICY } from '../headers.js';
import { renderReport } from '../report.js';
import { route, type Route } from '../route.js';
import type { Services } from '../services.js';
import { artifactById, listArtifacts } from '../tables/artifacts.js';

async function found({ pool }: Services, id: string): Promise<Artifact> {
  const row = await artifactById(pool, id);
  if (row === null) throw new RefusedError(404, 'not-found', 'there is no such artifact');
  return row;
}

/** What a reviewer decides about an artifact. */
function decision(
  { id, to, body }: { id: string; to: 'promoted' | 'rejected'; body: z.ZodType<{ reason: string | null }> },
  summary: string,
): Route {
  return route({
    id,
    method: 'POST',
    path: `/v1/artifacts/{id}/${id}`,
    access: 'reviewer',
    summary,
    refuses: [404, 409],
    params: shapes.byId,
    body,
    answer: { status: 200, shape: artifact },
    handle: async (services, { params, body: { reason }, caller }) => {
      await services.intakes.decide(params.id, to, reason, caller);
      return found(services, params.id);
    },
  });
}

export const ARTIFACT_ROUTES: readonly Route[] = [
  route({
    id: 'listArtifacts',
    method: 'GET',
    path: '/v1/artifacts',
    access: 'viewer',
    summary: 'Artifacts, the newest first',
    refuses: [503],
    query: shapes.artifactQuery,
    answer: { status: 200, shape: shapes.artifactPage },
    handle: ({ pool }, { query }) => boundedSearch(pool, SEARCH_MS, (db) => listArtifacts(db, query)),
  }),
  route({
    id: 'getArtifact',
    method: 'GET',
    path: '/v1/artifacts/{id}',
    access: 'viewer',
    summary: 'One artifact',
    refuses: [404],
    params: shapes.byId,
    answer: { status: 200, shape: artifact },
    handle: (services, { params }) => found(services, params.id),
  }),
  route({
    id: 'getReport',
    method: 'GET',
    path: '/v1/artifacts/{id}/report',
    access: 'viewer',
    summary: 'Its report under the policy in force, as the command line writes it',
    refuses: [404],
    params: shapes.byId,
    query: shapes.reportQuery,
    answer: {
      status: 200,
      types: [
        'application/json',
        'application/sarif+json',
        'text/markdown',
        'text/html',
        'application/vnd.cyclonedx+json',
      ],
    },
    handle: async (services, { params, query, reply }) => {
      await found(services, params.id);
      const report = await services.verdicts.report(params.id);
      if (report === null) throw new RefusedError(404, 'no-report', 'the artifact was not analysed yet');
      const { type, text } = await renderReport(report, query.format);
      // It quotes what strangers wrote.
      return reply.header('content-security-policy', SANDBOX_POLICY).type(type).send(text);
    },
  }),
  route({
    id: 'getContent',
    method: 'GET',
    path: '/v1/artifacts/{id}/content',
    access: 'client',
    summary: 'Its bytes, once it is promoted',
    refuses: [404, 409],
    params: shapes.byId,
    answer: { status: 200, types: ['application/octet-stream'] },
    handle: async (services, { params, reply }) => {
      const { state, sha256, size, path } = await found(services, params.id);
      if (state !== 'promoted' || sha256 === null)
        throw new RefusedError(409, 'not-promoted', `the artifact is ${state}: only promoted ones are given out`);
      const bytes = await services.objects.get(sha256);
      if (bytes === null) throw new RefusedError(404, 'not-stored', 'its bytes lie at their source, not here');
      reply.header('content-security-policy', SANDBOX_POLICY);
      reply.header('content-disposition', attachment(path));
      reply.header('etag', `"${sha256}"`);
      reply.header('x-content-sha256', sha256);
      if (size !== null) reply.header('content-length', size);
      return reply.type('application/octet-stream').send(checked(bytes, sha256));
    },
  }),
  decision(
    { id: 'promote', to: 'promoted', body: shapes.reasonBody },
    'Gives it out; one that did not pass wants a reason',
  ),
  decision({ id: 'reject', to: 'rejected', body: shapes.rejection }, 'Rejects it, with a reason'),
  route({
    id: 'retest',
    method: 'POST',
    path: '/v1/artifacts/{id}/retest',
    access: 'submitter',
    summary: 'Reads it again; one that was promoted or rejected only for reviewers',
    refuses: [404, 409],
    params: shapes.byId,
    answer: { status: 202, shape: artifact },
    handle: async (services, { params, caller }) => {
      // Otherwise a submitter would undo what a reviewer decided.
      await services.intakes.retest(params.id, caller, mayAct(caller.role, 'reviewer'));
      return found(services, params.id);
    },
  }),
];
