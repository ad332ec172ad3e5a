import type { ArtifactState, Intake } from '../api/types.js';

/** How a state is shown: a mark that is read without colour, and a word. `tone` names a colour. */
export interface StateWords {
  readonly mark: string;
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'warn' | 'calm';
}

export const STATES: Readonly<Record<ArtifactState, StateWords>> = {
  received: { mark: '…', word: 'received', tone: 'calm' },
  scanning: { mark: '…', word: 'scanning', tone: 'calm' },
  passed: { mark: '✓', word: 'passed', tone: 'good' },
  failed: { mark: '✕', word: 'failed', tone: 'bad' },
  incomplete: { mark: '?', word: 'incomplete', tone: 'warn' },
  promoted: { mark: '↑', word: 'promoted', tone: 'good' },
  rejected: { mark: '–', word: 'rejected', tone: 'calm' },
};

/** In the order of an artifact's life. */
export const STATE_ORDER = [
  'received',
  'scanning',
  'passed',
  'failed',
  'incomplete',
  'promoted',
  'rejected',
] as const satisfies readonly ArtifactState[];

/** Of an intake: its verdict where it has one, else what it does. */
export function intakeWords({ state, verdict }: Pick<Intake, 'state' | 'verdict'>): StateWords {
  if (state === 'failed') return { mark: '✕', word: 'not read', tone: 'warn' };
  if (verdict === 'pass') return { mark: '✓', word: 'passed', tone: 'good' };
  if (verdict === 'fail') return { mark: '✕', word: 'failed', tone: 'bad' };
  if (verdict === 'incomplete') return { mark: '?', word: 'incomplete', tone: 'warn' };
  return { mark: '…', word: state, tone: 'calm' };
}

const SOURCES: Readonly<Record<Intake['kind'], string>> = {
  upload: 'upload',
  hf: 'Hugging Face',
  s3: 'bucket',
  oci: 'registry',
  https: 'address',
};

export function sourceWords(kind: Intake['kind']): string {
  return SOURCES[kind];
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** `12.4 MB`, in steps of 1000; what is not known is a dash. */
export function sizeWords(bytes: number | null): string {
  if (bytes === null) return '–';
  if (bytes === 1) return '1 byte';
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** 12,345 */
export function numberWords(value: number): string {
  return value.toLocaleString('en');
}
