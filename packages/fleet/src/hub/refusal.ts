import { MAX_ERROR_MESSAGE } from '../limits.js';

/**
 * An answer that is an error, in the words of the Hub's own errors, so that its clients show it.
 *
 * - `GatedRepo` is the one code with which huggingface_hub (`hf_raise_for_status`, `_raise_on_head_call_error`) and transformers
 *   (`cached_files`) show the words of the server: for any other status than 401 they say that there is no connection.
 * - `X-HF-Warning` is logged by huggingface_hub; the program `hf` says of a GatedRepo only that it "requires approval".
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;
  /** Seconds until it is worth asking again; null where that is not known. */
  readonly retryAfter: number | null;

  constructor(status: number, code: string, message: string, retryAfter: number | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Header fields carry visible ASCII; names of files may have anything. */
  get headers(): Readonly<Record<string, string>> {
    const words = headerText(this.message);
    return {
      'x-error-code': this.code,
      'x-error-message': words,
      ...(this.code === 'GatedRepo' ? { 'x-hf-warning': `${topicOf(words)}; ${words}` } : {}),
      ...(this.retryAfter === null ? {} : { 'retry-after': String(this.retryAfter) }),
      'cache-control': 'no-store',
    };
  }

  get body(): string {
    return JSON.stringify({ error: this.message });
  }
}

function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, '?').slice(0, MAX_ERROR_MESSAGE);
}

/** A warning is shown once for each topic: one for each text. */
function topicOf(words: string): string {
  let hash = 0;
  for (let i = 0; i < words.length; i += 1) hash = (hash * 31 + words.charCodeAt(i)) % 2_147_483_647;
  return `sentinel-${hash.toString(36)}`;
}
