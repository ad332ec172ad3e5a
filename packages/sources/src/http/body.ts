import { SourceError } from '../model/source-error.js';
import type { HttpAnswer } from './client.js';
import { shownUrl } from './shown-url.js';

/** All bytes of an answer, at most `most` of them: more are an error. */
export async function readBody({ body, url }: HttpAnswer, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) throw new SourceError('limit', `${shownUrl(url)}: it answers with more than ${most} bytes`);
    chunks.push(chunk);
  }
  return joined(chunks, size);
}

export function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The bytes as they are stored: a content coding would give others. */
export function refuseCoding(answer: HttpAnswer): void {
  const coding = answer.header('content-encoding')?.trim().toLowerCase() ?? '';
  if (coding !== '' && coding !== 'identity')
    throw new SourceError('bad-answer', `${shownUrl(answer.url)}: it answers in the coding ${coding.slice(0, 40)}`);
}
