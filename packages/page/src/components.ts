/*
 * The components of the page for other pages of ours. All of them take plain data and callbacks; none knows the page's state, its
 * workers or a network. Their style is `src/view/style/page.css`; it names colours and sizes in `tokens.css`.
 *
 * A whole report: `StoredReport`. One artifact of it: `subjectsOf`, `firstSelection`, `Artifact`. Its parts: the others.
 */
export type { ByteAccess } from './view/byte-access.js';
export type { Loaded, Selection } from './state.js';
export { Artifact, firstSelection } from './view/artifact.js';
export { ByteMap } from './view/byte-map.js';
export { Evidence } from './view/evidence.js';
export { Findings } from './view/findings.js';
export { Imports } from './view/imports.js';
export { Matrix } from './view/matrix.js';
export { Members } from './view/members.js';
export { Copyable, Facts, Name, SeverityMark } from './view/parts.js';
export { Program } from './view/program.js';
export { RunFacts } from './view/run-facts.js';
export { StoredReport } from './view/stored-report.js';
export { Tensors } from './view/tensors.js';
export { Verdict } from './view/verdict.js';
export { VirtualList, type VirtualListProps } from './view/virtual-list.js';
export { segmentsOf, sharesOf, type Segment } from './model/byte-map.js';
export { matrixOf, type MatrixRow } from './model/matrix.js';
export { memberTree, type MemberRow } from './model/member-tree.js';
export { counted, lastPart, shownName, type ShownName } from './model/names.js';
export { programRows, type ProgramRow } from './model/program.js';
export { standingOf, subjectsOf, type Standing, type Subject } from './model/subjects.js';
export { effectOf, STANDING_WORDS, verdictOf, type VerdictView } from './model/verdict.js';
export { artifactFacts, importsOf, type ImportRow } from './model/what-was-read.js';
