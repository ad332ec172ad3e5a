import type { BodyKind } from '@artifact-sentinel/core/internal';

/** What a piece is taken for before it was inspected: text that was decoded turns out to be such. */
export type PieceKind = Exclude<BodyKind, 'decoded-text'>;
