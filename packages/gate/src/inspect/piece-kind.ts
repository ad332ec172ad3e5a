/**
 * What is known of a piece.
 * - `whole`: a body, a part, or a leaf that was decoded: a pickle that begins it is refused whatever it holds.
 * - `text`: a leaf as it stands: prose may parse as a pickle by chance.
 * - `page`: a body or part that says it is text.
 * - `numbers`: the raw bytes of a tensor, which may look like anything by chance.
 */
export type PieceKind = 'whole' | 'text' | 'page' | 'numbers';
/** With what turned out of it. */
export type Kind = PieceKind | 'decoded-text';
