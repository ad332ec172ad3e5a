/** Limits of the flow analysis. Each names the weakness that it stops, and why honest sources stay below it. */

/**
 * Expressions and values that are evaluated in one module until nothing new comes out; torch's longest file needs
 * 700,000. Beyond it the artifact is incomplete.
 * @unit steps
 * @cwe 407
 */
export const MAX_FLOW_STEPS = 8_000_000;

/**
 * Expressions inside each other while they are followed, calls of lambdas counted four times; honest ones need some
 * tens. Beyond it the artifact is incomplete.
 * @unit levels
 * @cwe 674
 */
export const MAX_FLOW_DEPTH = 600;

/**
 * Steps from source to sink that are shown of one flow; the flow itself may be of any length.
 * @unit steps
 * @cwe 770
 */
export const MAX_TRAIL = 24;

/**
 * Sources of one value that are remembered of those that say the same of it: reach, guard and kind. A finding needs one.
 * @unit sources
 * @cwe 407
 */
export const SOURCES_OF_A_KIND = 6;

/**
 * UTF-16 units of the path of a value: `a.b().c()[]`. Of a longer one the beginning and the end are used.
 * @unit UTF-16 units
 * @cwe 770
 */
export const MAX_PATH = 160;

/**
 * Paths of one value from which on only their ends are distinguished.
 * @unit paths
 * @cwe 407
 */
export const MANY_PATHS = 64;

/**
 * Addresses of a module that are shown of those of one use and reach.
 * @unit addresses
 * @cwe 770
 */
export const ADDRESSES_OF_A_KIND = 16;

/**
 * Loaders of a module whose bytes are of unknown origin that are listed; the number of the others is given.
 * @unit calls
 * @cwe 770
 */
export const LISTED_LOADERS = 24;

/**
 * Modules of a package that are read for what the package talks to; beyond it the package counts as one that talks to a
 * network. torch has 2,900.
 * @unit modules
 * @cwe 400
 */
export const MAX_PACKAGE_MODULES = 10_000;

/**
 * Expressions that are read in one module to see where the paths of its loaders come from; modules with hundreds of
 * loaders need some ten thousand. Beyond it the origin is unknown, which counts for more than an argument.
 * @unit steps
 * @cwe 407
 */
export const MAX_ORIGIN_STEPS = 1_000_000;

/**
 * The same for one loader.
 * @unit steps
 * @cwe 407
 */
export const MAX_STEPS_OF_AN_ORIGIN = 20_000;

/**
 * Calls of functions within each other in which each call is distinguished; deeper ones give what any caller gives.
 * @unit calls
 * @cwe 407
 */
export const MAX_ORIGIN_CALLS = 6;

/**
 * Files that pass an imported name on to each other until one defines it. Beyond it the name is not followed.
 * @unit files
 * @cwe 407
 */
export const MAX_REEXPORTS = 8;

/**
 * Files that hand a name on to each other until one gives it a text. Beyond it the origin is unknown.
 * @unit files
 * @cwe 407
 */
export const MAX_CONSTANT_FILES = 8;
