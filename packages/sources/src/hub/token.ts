import type { SourceContext } from '../source.js';

const YES = new Set(['1', 'on', 'yes', 'true']);

export function isOn(value: string | undefined): boolean {
  return YES.has(value?.toLowerCase() ?? '');
}

/** The folder of the Hub's libraries: HF_HOME, else `huggingface` in the folder of caches. Null where no home is known. */
export function hubHome(variable: SourceContext['variable']): string | null {
  const named = variable('HF_HOME');
  if (named !== undefined && named !== '') return named;
  const caches = variable('XDG_CACHE_HOME');
  if (caches !== undefined && caches !== '') return `${caches}/huggingface`;
  const home = variable('HOME') ?? variable('USERPROFILE');
  return home === undefined || home === '' ? null : `${home}/.cache/huggingface`;
}

/**
 * The token as the Hub's libraries find it: HF_TOKEN (or HUGGING_FACE_HUB_TOKEN), else the file that HF_TOKEN_PATH or
 * HF_HOME names. Null where there is none, or HF_HUB_DISABLE_IMPLICIT_TOKEN forbids it.
 */
export function hubToken({ variable, readText }: Pick<SourceContext, 'variable' | 'readText'>): string | null {
  if (isOn(variable('HF_HUB_DISABLE_IMPLICIT_TOKEN'))) return null;
  for (const name of ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN']) {
    const token = cleaned(variable(name));
    if (token !== null) return token;
  }
  const home = hubHome(variable);
  const path = variable('HF_TOKEN_PATH') ?? (home === null ? null : `${home}/token`);
  return path === null || path === '' ? null : cleaned(readText(path));
}

/** A header can carry visible ASCII only; a file ends with a line break. */
function cleaned(text: string | null | undefined): string | null {
  const token = text?.trim() ?? '';
  return /^[\x21-\x7e]{1,1024}$/.test(token) ? token : null;
}
