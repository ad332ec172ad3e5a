import * as shapes from '../../model/api-shapes.js';
import { RefusedError } from '../../model/errors.js';
import { verdictAnswer } from '../../model/shapes.js';
import { route, type Route } from '../route.js';

export const VERDICT_ROUTES: readonly Route[] = [
  route({
    id: 'getVerdict',
    method: 'GET',
    path: '/v1/verdicts/{sha256}',
    access: 'client',
    summary: 'What is known of bytes; with a path, of bytes that would be loaded under this name',
    refuses: [404],
    params: shapes.verdictParams,
    query: shapes.verdictQuery,
    answer: { status: 200, shape: verdictAnswer },
    handle: async ({ verdicts }, { params, query }) => {
      const answer = await verdicts.of(params.sha256, query.path);
      if (answer === null) throw new RefusedError(404, 'unknown', 'these bytes were never analysed');
      return answer;
    },
  }),
  route({
    id: 'getVerdicts',
    method: 'POST',
    path: '/v1/verdicts',
    access: 'client',
    summary: 'The same of up to 1,000 contents at once',
    body: shapes.verdictQuestions,
    answer: { status: 200, shape: shapes.verdictAnswers },
    handle: async ({ verdicts }, { body }) => {
      const answers = [];
      // One after the other: a request takes one connection of the database at a time.
      for (const { sha256, path } of body.questions) answers.push(await verdicts.of(sha256, path));
      return { answers };
    },
  }),
];
