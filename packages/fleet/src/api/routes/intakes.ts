import { boundedSearch } from '../../database/bounded.js';
import { SEARCH_MS } from '../../limits.js';
import { RefusedError } from '../../model/errors.js';
import * as shapes from '../../model/api-shapes.js';
import { intake } from '../../model/shapes.js';
import { kindOf } from '../../webhooks/receive.js';
import { route, type Route } from '../route.js';
import { findingsOfIntake, intakeById, listIntakes } from '../tables/intakes.js';
import { uploadName } from '../upload-name.js';
import { paced } from '../paced.js';
import { UPLOAD_IDLE_MS } from '../../limits.js';
import { streamOf } from '../bodies.js';

export const INTAKE_ROUTES: readonly Route[] = [
  route({
    id: 'upload',
    method: 'PUT',
    path: '/v1/uploads/{name}',
    access: 'submitter',
    summary: 'Takes in one file: its bytes are stored under their hash, and analysed by a worker',
    refuses: [408, 413, 415],
    bodyKind: 'stream',
    params: shapes.uploadParams,
    answer: { status: 202, shape: shapes.uploaded },
    handle: ({ intakes }, { params, body, caller }) =>
      intakes.upload(uploadName(params.name), paced(streamOf(body), UPLOAD_IDLE_MS), caller),
  }),
  route({
    id: 'createIntake',
    method: 'POST',
    path: '/v1/intakes',
    access: 'submitter',
    summary: 'Takes in what lies at an address: hf://, s3://, oci://, https://',
    body: shapes.newIntake,
    answer: { status: 202, shape: intake },
    handle: ({ intakes }, { body: { address, importance }, caller }) =>
      intakes.create({ kind: kindOf(address), address, importance }, caller),
  }),
  route({
    id: 'listIntakes',
    method: 'GET',
    path: '/v1/intakes',
    access: 'viewer',
    summary: 'Intakes, the newest first',
    refuses: [503],
    query: shapes.intakeQuery,
    answer: { status: 200, shape: shapes.intakePage },
    handle: ({ pool }, { query }) => boundedSearch(pool, SEARCH_MS, (db) => listIntakes(db, query)),
  }),
  route({
    id: 'getIntake',
    method: 'GET',
    path: '/v1/intakes/{id}',
    access: 'viewer',
    summary: 'One intake',
    refuses: [404],
    params: shapes.byId,
    answer: { status: 200, shape: intake },
    handle: async ({ pool }, { params }) => {
      const found = await intakeById(pool, params.id);
      if (found === null) throw new RefusedError(404, 'not-found', 'there is no such intake');
      return found;
    },
  }),
  route({
    id: 'listIntakeFindings',
    method: 'GET',
    path: '/v1/intakes/{id}/findings',
    access: 'viewer',
    summary: 'Findings of its files by rule, the worst first',
    params: shapes.byId,
    answer: { status: 200, shape: shapes.intakeFindings },
    handle: ({ pool }, { params }) => findingsOfIntake(pool, params.id),
  }),
];
