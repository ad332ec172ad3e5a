import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { isDatabaseAway } from '../database/pool.js';
import { RefusedError } from '../model/errors.js';

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What clients see of an error: a word and a sentence; never a stack, a statement or a value that they did not send. */
export function problemOf(error: unknown): Problem {
  if (error instanceof RefusedError) return { status: error.status, code: error.code, message: error.message };
  if (hasZodFastifySchemaValidationErrors(error))
    return {
      status: 400,
      code: 'invalid',
      message: error.validation
        .slice(0, SHOWN_ISSUES)
        .map(
          ({ instancePath, message = 'is invalid' }) =>
            `${error.validationContext ?? 'request'}${instancePath}: ${message}`,
        )
        .join('; '),
    };
  if (error instanceof z.ZodError)
    return { status: 400, code: 'invalid', message: z.prettifyError(error).slice(0, 1_000) };
  if (isDatabaseAway(error))
    return { status: 503, code: 'database-away', message: 'the database does not answer: try again' };
  if (isFastifyError(error)) {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return { status, code: wordOf(error.code, status), message: error.message };
  }
  return { status: 500, code: 'internal', message: 'an error of ours: the log has it under the request ID' };
}

const SHOWN_ISSUES = 5;

/** Errors of Fastify by their codes; the others by their statuses. */
const WORDS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid',
  FST_ERR_BAD_URL: 'invalid',
};

function wordOf(code: string, status: number): string {
  return (Object.hasOwn(WORDS, code) ? WORDS[code] : undefined) ?? (status === 404 ? 'not-found' : 'invalid');
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && 'code' in error;
}

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, code, message } = problemOf(error);
  if (status >= 500 && !(error instanceof RefusedError)) request.log.error({ err: error }, 'failed');
  // What a stream had begun to say of itself is not true of the problem.
  for (const name of ['content-disposition', 'content-length', 'etag']) reply.removeHeader(name);
  return reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send({ code, message });
}
