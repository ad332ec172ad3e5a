/** Limits of the Python analysis. Each names the weakness that it stops, and why honest sources stay below it. */

/**
 * Bytes of one source file. The longest file of torch, numpy, scipy, pandas and scikit-learn has 1.4 MB.
 * @unit bytes
 * @cwe 400
 */
export const MAX_SOURCE_BYTES = 16 * 1024 * 1024;

/**
 * Tokens of one source file: some 100 bytes each. The longest file of those packages has 400,000.
 * @unit tokens
 * @cwe 770
 */
export const MAX_TOKENS = 4_000_000;

/**
 * Levels of indentation, as in CPython (`MAXINDENT` of Parser/lexer/state.h): what is deeper never compiles.
 * @unit levels
 * @cwe 674
 */
export const MAX_INDENT = 100;

/**
 * Brackets, lambdas and unary operators inside each other, as in CPython, which refuses more open brackets
 * (`MAXLEVEL` of Parser/lexer/state.h). Operations inside each other count for a quarter.
 * @unit levels
 * @cwe 674
 */
export const MAX_NESTING = 200;

/**
 * Tokens that are tried as the start of an expression after a syntax error in one file.
 * @unit tokens
 * @cwe 407
 */
export const MAX_RECOVERY_STEPS = 200_000;

/**
 * Calls and loads of one source that are reported: a report lists 10,000 findings. Torch's files have some hundred at
 * most. Beyond it the artifact is incomplete.
 * @unit calls
 * @cwe 770
 */
export const MAX_SOURCE_FACTS = 20_000;

/**
 * Problems that are recorded of one file; the rest is counted.
 * @unit problems
 * @cwe 770
 */
export const MAX_PROBLEMS = 100;

/**
 * UTF-16 units of a text that is put together from constants: no path, URL or name is as long. A longer text is one
 * that is not known, which closes nothing.
 * @unit UTF-16 units
 * @cwe 400
 */
export const MAX_CONSTANT_LENGTH = 4096;

/**
 * Constants in a tuple of constants, nested ones included. A larger tuple is one that is not known.
 * @unit constants
 * @cwe 400
 */
export const MAX_CONSTANT_ITEMS = 1000;

/**
 * Expressions and meanings that are evaluated to resolve names in one file; the largest honest files need 300,000.
 * @unit steps
 * @cwe 407
 */
export const MAX_RESOLVE_STEPS = 8_000_000;

/**
 * Names that a name of another file of the tree can lead to, with star imports of star imports. Beyond it the
 * artifact is incomplete.
 * @unit names
 * @cwe 407
 */
export const MAX_FOLLOWED_NAMES = 20_000;

/**
 * Parts between the dots of a name that is followed through files: a name that stands for a longer one of itself
 * (`a = b.x`, `b = a.y` of one module) grows without end. Honest ones have some ten. Beyond it the artifact is incomplete.
 * @unit parts
 * @cwe 407
 */
export const MAX_FOLLOWED_PARTS = 64;

/**
 * Names in other files that are shown of one route; the route itself may be of any length.
 * @unit names
 * @cwe 770
 */
export const MAX_ROUTE = 16;

/**
 * Files, and names of files, that are remembered of a tree: more are looked up again.
 * @unit names
 * @cwe 770
 */
export const MAX_KNOWN_NAMES = 50_000;

/**
 * Files that are read to see whether imports lead to one with a watched word; beyond them it is taken to be so.
 * @unit files
 * @cwe 407
 */
export const MAX_REACH = 200;

/**
 * Bytes of sources of a tree whose modules are remembered, parsed: a module takes some forty times its source. More are
 * parsed again.
 * @unit bytes
 * @cwe 770
 */
export const MAX_SHARED_TEXT = 1024 * 1024;

/**
 * Files of a tree whose data flow is remembered: more are gone through again.
 * @unit files
 * @cwe 770
 */
export const MAX_KNOWN_FLOWS = 500;

/**
 * Comments for tools that are recorded of the lines of one expression; of more, the first ones, with how many there are.
 * What is left out accepts nothing.
 * @unit comments
 * @cwe 407
 */
export const MAX_COMMENTS = 100;

/**
 * UTF-16 units of an entry of requirements that are read. A longer one asks for nothing that is known; what a
 * project asks for is only shown in the text of a finding.
 * @unit UTF-16 units
 * @cwe 407
 */
export const MAX_REQUIREMENT = 1000;
