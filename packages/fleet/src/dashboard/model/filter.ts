import type { ArtifactFilter } from '../api/types.js';

export const EMPTY_FILTER: ArtifactFilter = { state: '', rule: '', owner: '', q: '' };

export function isEmptyFilter(filter: ArtifactFilter): boolean {
  return Object.values(filter).every((value) => value === '');
}
