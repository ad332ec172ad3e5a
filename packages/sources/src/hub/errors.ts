import { shortText } from '../model/short-text.js';
import { MAX_ERROR_BYTES } from '../model/limits.js';
import { SourceError } from '../model/source-error.js';
import type { HttpAnswer } from '../http/client.js';
import { statusError } from '../http/status-error.js';

/** What an error is about. */
export interface Asked {
  /** As people name it: the repository with its kind. */
  readonly repository: string;
  readonly revision: string;
  /** Empty where it is about the repository. */
  readonly path: string;
  readonly hasToken: boolean;
}

/** An error of the Hub in its own words: X-Error-Code says what it is, X-Request-Id lets its operators find it. */
export async function hubError(answer: HttpAnswer, asked: Asked): Promise<SourceError> {
  const { status } = answer;
  const id = answer.header('x-request-id');
  const behind = id === null ? '' : ` (request ${shortText(id)})`;
  const code = answer.header('x-error-code') ?? '';
  const message = shortText(answer.header('x-error-message') ?? '');
  const { repository, revision, path, hasToken } = asked;
  const token = hasToken ? 'the token does not open it' : 'it needs a token (HF_TOKEN)';
  const error = (kind: SourceError['code'], words: string): SourceError =>
    new SourceError(kind, `${words}${behind}`, status);
  if (/access to this resource is disabled/i.test(message))
    return error('disabled', `${repository} is disabled: the Hub gives no access to it`);
  switch (code) {
    case 'RepoNotFound':
      return error('not-found', `${repository} does not exist, or it is private and ${token} (RepoNotFound)`);
    case 'RevisionNotFound':
      return error('not-found', `${repository} has no revision ${revision} (RevisionNotFound)`);
    case 'EntryNotFound':
      return error('not-found', `${repository} has no ${path} at revision ${revision} (EntryNotFound)`);
    case 'GatedRepo':
      return error(
        'gated',
        `${repository} is gated: its conditions have to be accepted on its page, and ${hasToken ? 'the token given is not one of a user who did' : 'HF_TOKEN has to be set to a token of the user who did'} (GatedRepo)`,
      );
    default:
  }
  if (status === 401) return error('unauthorized', `${repository} does not exist, or it is private and ${token} (401)`);
  const words = message === '' ? await textOf(answer) : message;
  const plain = statusError(path === '' ? repository : `${repository}/${path}`, answer);
  return error(plain.code, words === '' ? plain.message : `${plain.message}: ${words}`);
}

/** What a server says in a body, such as the XML of a storage: its text without the tags. */
async function textOf(answer: HttpAnswer): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of answer.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ERROR_BYTES) break;
  }
  return shortText(text.slice(0, MAX_ERROR_BYTES).replace(/<[^<>]{0,200}>/g, ' '));
}
