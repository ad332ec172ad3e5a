/*
 * Every limit of the core, with its unit, the weakness that it stops (CWE) and why honest input stays below it. No other
 * file may declare one (packages/core/test/sources/limits.test.ts); docs/limits.md is generated from here. A limit that is reached is reported: as a
 * notice, which leaves the artifact incomplete, as an error of the file, or as something that counts as unknown and is
 * judged so. Limits of what is shown say how much is left out.
 */

// Artifacts and archives.

/**
 * Time for one artifact. Honest multi-gigabyte files take well under a second; compressed ones seconds.
 * @unit milliseconds
 * @cwe 400
 */
export const ARTIFACT_MS = 120_000;

/**
 * Containers inside containers. Honest nesting seen: 4 (joblib in npz in zip in tar.gz counts 5).
 * @unit levels
 * @cwe 674
 */
export const MAX_CONTAINER_DEPTH = 12;

/**
 * Members of one artifact over all its containers. A wheel of torch has some 12,000.
 * @unit members
 * @cwe 400
 */
export const MAX_MEMBERS = 200_000;

/**
 * Bytes that decoders may put out for one artifact: beyond what a deadline allows anyway.
 * @unit bytes
 * @cwe 409
 */
export const DECODED_BYTES = 64 * 2 ** 30;

/**
 * Decoded bytes of one stream that stay in memory for reading again.
 * @unit bytes
 * @cwe 770
 */
export const RETAINED_BYTES = 64 * 2 ** 20;

/**
 * Expansion that no honest artifact reaches: deflate makes at most 1,032 bytes of one, which an honest array of zeros
 * may do; archives within archives multiply. Beyond ABSURD_BYTES nothing more is opened.
 * @unit bytes
 * @cwe 409
 */
export const BOMB_BYTES = 2 ** 30;

/**
 * The same, in times of the size of the artifact.
 * @unit times
 * @cwe 409
 */
export const BOMB_RATIO = 20_000;

/**
 * What an artifact unpacks to, at BOMB_RATIO times its size, before compressed members are no longer unpacked only to see
 * whether a zip ends them: archives within archives would have gigabytes unpacked for it.
 * @unit bytes
 * @cwe 409
 */
export const SEARCHED_BYTES = 256 * 2 ** 20;

/**
 * Bytes of an artifact that unpacks as no honest one does: beyond them nothing more is opened.
 * @unit bytes
 * @cwe 409
 */
export const ABSURD_BYTES = 8 * 2 ** 30;

/**
 * Bytes that are read, against those of the artifact and of what its decoders put out. Members of one container lie
 * side by side and streams follow each other, so that every level of nesting and every reader profile of a stream reads
 * everything once: 12 levels with five profiles each stay below. Only parts that share their bytes, records of one
 * member or streams that begin within each other, go beyond, and their cost is quadratic.
 * @unit times
 * @cwe 407
 */
export const LOOKED_TIMES = 64;

/**
 * What is copied from stream to stream for an unpickler that keeps its memo, over one artifact: some five seconds.
 * 100,000 pickles in a row, each with 40 globals that the one before has too, come to as much.
 * @unit memo slots
 * @cwe 407
 */
export const HANDED_ON = 200_000_000;

/**
 * Bytes that small files of any kind may cost: about a second.
 * @unit bytes
 * @cwe 407
 */
export const LOOKED_BYTES = 64 * 2 ** 20;

/**
 * Globals and signals of one artifact over all of its streams: some 600 MB. A tar of 100,000 samples has as many.
 * @unit facts
 * @cwe 770
 */
export const MAX_FACTS = 500_000;

/**
 * Findings of one artifact that are listed: people and code scanning stop reading long before.
 * @unit findings
 * @cwe 770
 */
export const MAX_FINDINGS = 10_000;

/**
 * Ranges of an artifact that a report lists with what became of them; the sums hold for all of it.
 * @unit ranges
 * @cwe 770
 */
export const MAX_COVERAGE_RANGES = 64;

/**
 * Members in formats that are not analysed, by name in a report; the sums hold for all of them.
 * @unit members
 * @cwe 770
 */
export const MAX_OPAQUE_PARTS = 100;

/**
 * Longest token that is decoded: 48 MiB of bytes. A longer one is reported as not decoded.
 * @unit characters
 * @cwe 770
 */
export const MAX_BASE64_TOKEN = 64 * 2 ** 20;

/**
 * Tokens of one text.
 * @unit tokens
 * @cwe 400
 */
export const MAX_BASE64_TOKENS = 10_000;

/**
 * Fields inside fields; numpy sets no limit, honest records nest two or three deep.
 * @unit levels
 * @cwe 674
 */
export const MAX_DTYPE_DEPTH = 32;

/**
 * The header of an array: numpy itself refuses longer ones unless an argument allows it (`_MAX_HEADER_SIZE` = 10,000); wide records need more.
 * @unit bytes
 * @cwe 400
 */
export const MAX_NPY_HEADER = 1 << 20;

/**
 * A file of path configuration (`.pth`). Longer ones are read as what their name also promises.
 * @unit bytes
 * @cwe 400
 */
export const MAX_PATH_CONFIGURATION = 64 * 1024;

/**
 * Folders, coders, streams or files of one 7z archive: as many as an artifact may have members.
 * @unit entries
 * @cwe 770
 */
export const SEVEN_ZIP_ENTRIES = 200_000;

/**
 * The header of a 7z archive: that of 200,000 files takes some 40 MB, most of it their names.
 * @unit bytes
 * @cwe 400
 */
export const SEVEN_ZIP_HEADER_BYTES = 64 * 2 ** 20;

/**
 * A packed header may be packed again; programs do it once.
 * @unit layers
 * @cwe 674
 */
export const MAX_HEADER_LAYERS = 4;

/**
 * Coders of one folder: 7-Zip's own bound (7zIn.cpp, k_Scan_NumCoders_MAX).
 * @unit coders
 * @cwe 400
 */
export const MAX_CODERS = 64;

/**
 * Streams that the coders of one folder take or give: 7-Zip's own bound.
 * @unit streams
 * @cwe 400
 */
export const MAX_CODER_STREAMS = 64;

/**
 * Zeros behind an archive. Tapes and disk images are filled up by the MiB; more only keeps a reader busy.
 * @unit bytes
 * @cwe 400
 */
export const ZERO_BYTES = 256 * 2 ** 20;

/**
 * Bytes in which a lost header is searched for.
 * @unit bytes
 * @cwe 400
 */
export const TAR_HEADER_SEARCH_BYTES = 16 * 2 ** 20;

/**
 * A long name or a pax header. Honest ones are some hundred bytes; attributes in a pax header may take some 100 KiB.
 * @unit bytes
 * @cwe 400
 */
export const META_BYTES = 2 ** 20;

/**
 * Components of a name that are checked for symbolic links above it; a megabyte of slashes must not cost more.
 * @unit folders
 * @cwe 407
 */
export const MAX_TAR_FOLDERS = 256;

/**
 * End records of one zip: a tail full of signatures must not cost a directory each. Honest files have one or two.
 * @unit records
 * @cwe 400
 */
export const MAX_END_RECORDS = 16;

/**
 * The directory of a zip: 200,000 entries (the limit on members) with names of 250 bytes. miniz takes up to 4 GiB, but holds all of it in
 * memory.
 * @unit bytes
 * @cwe 400
 */
export const DIRECTORY_BYTES = 64 * 2 ** 20;

/**
 * Bytes that the members of one archive are unpacked from, in times of its size. Those of an honest archive lie side by
 * side and stay below 1; where they overlap, each byte may come out as often as there are members.
 * @unit times
 * @cwe 409
 */
export const SHARED_TIMES = 2;

/**
 * What comes out of data that an earlier entry has unpacked already, in times of the archive's size and besides: a
 * hundred bytes may be unpacked once more by each record of the directory. No honest archive has such records.
 * @unit times
 * @cwe 409
 */
export const UNPACKED_AGAIN_TIMES = 64;

/**
 * The same, besides: what small archives may.
 * @unit bytes
 * @cwe 409
 */
export const UNPACKED_AGAIN_BYTES = 64 * 2 ** 20;

/**
 * Bytes that are searched for signatures in one archive. Honest archives have no gaps; a truncated checkpoint is all
 * gap, and its pickle comes first. Known sizes are jumped over and cost nothing.
 * @unit bytes
 * @cwe 400
 */
export const UNLISTED_SEARCH_BYTES = 32 * 2 ** 20;

/**
 * Python's tarfile with `ignore_zeros` skips blocks that are no header; a header is searched for in so many bytes.
 * @unit bytes
 * @cwe 400
 */
export const TAR_SEARCH_BYTES = 64 * 1024;

// Codecs.

/**
 * A name or comment may be any length for Python; one beyond this is no name.
 * @unit bytes
 * @cwe 400
 */
export const MAX_GZIP_TEXT = 1024 * 1024;

/**
 * The largest dictionary that is allocated. The largest preset of xz and 7z has 64 MiB. Data that declares more is decoded all
 * the same until it really reaches further back.
 * @unit bytes
 * @cwe 770
 */
export const LZMA_DICTIONARY_BYTES = 128 * 2 ** 20;

/**
 * Bytes that data with nothing but the weak mark of LZMA are unpacked to before the analysis of a format is asked.
 * @unit bytes
 * @cwe 409
 */
export const WEAK_LZMA_BYTES = 4 * 1024;

/**
 * The largest window that is allocated: what the reference decoder accepts by default (2^27). A frame that declares more is
 * decoded all the same until it really reaches further back.
 * @unit bytes
 * @cwe 770
 */
export const ZSTD_WINDOW_BYTES = 128 * 2 ** 20;

/**
 * Mismatches that are recorded of one stream: one shows that the data was changed, and a file may have a million.
 * @unit mismatches
 * @cwe 770
 */
export const MAX_MISMATCHES = 100;

// Pickle streams.

/**
 * Values on the stack at a time: a tuple of 10 million items is honest, 144 MB of stack are enough.
 * @unit values
 * @cwe 770
 */
export const MAX_STACK = 24_000_000;

/**
 * Memo slots in a row: 192 MB. A pickle that fills them takes ten times as much memory in Python.
 * @unit slots
 * @cwe 770
 */
export const MAX_MEMO = 32_000_000;

/**
 * Slots far beyond the others: every pickler numbers them one by one.
 * @unit slots
 * @cwe 770
 */
export const MAX_SPARSE_MEMO = 65_536;

/**
 * Bytes outside of the window that the values of one opcode may be spread over.
 * @unit bytes
 * @cwe 770
 */
export const MAX_SIDE = 64 * 2 ** 20;

/**
 * Objects of a stream and those before it: their numbers have to fit into a cell.
 * @unit objects
 * @cwe 770
 */
export const MAX_OBJECTS = 2 ** 25;

/**
 * Ranges left out of one stream: arrays of joblib, dropped ends of frames.
 * @unit ranges
 * @cwe 400
 */
export const MAX_DROPS = 1_000_000;

/**
 * Different globals of one stream. An honest file names a few hundred.
 * @unit globals
 * @cwe 770
 */
export const MAX_GLOBALS = 100_000;

/**
 * Byte strings of one stream that may be pickles themselves.
 * @unit byte strings
 * @cwe 770
 */
export const MAX_NESTED = 10_000;

/**
 * Calls of unusual shape that are recorded of one global, to be judged one by one; with more, the global is judged as if its
 * arguments were unknown.
 * @unit calls
 * @cwe 770
 */
export const MAX_UNUSUAL_CALLS = 64;

/**
 * Distinct uses of one global; honest files have a dozen.
 * @unit uses
 * @cwe 770
 */
export const MAX_USES = 256;

/**
 * Objects whose making is remembered with its arguments.
 * @unit objects
 * @cwe 770
 */
export const MAX_MADE = 65_536;

/**
 * What the arguments of these objects may hold together, as `bulkOf` counts it: some 100 MB.
 * @unit values
 * @cwe 770
 */
export const MAX_MADE_BULK = 1_000_000;

/**
 * Tuples within tuples that are searched for keys.
 * @unit levels
 * @cwe 674
 */
export const MAX_KEY_DEPTH = 4;

/**
 * Persistent IDs that are recorded; a checkpoint has one for each tensor.
 * @unit IDs
 * @cwe 770
 */
export const MAX_PERSISTENT = 1_000_000;

/**
 * Characters of all different names of a stream, and of every look-up of a name that is longer than honest ones.
 * @unit characters
 * @cwe 770
 */
export const MAX_NAME_CHARACTERS = 16 * 2 ** 20;

/**
 * Longest line that must lie in the window as a whole: names, memo numbers. Longer constants are skipped.
 * @unit bytes
 * @cwe 400
 */
export const MAX_LINE = 1 << 20;

/**
 * Bytes of one module or attribute name. Python itself sets none; honest names stay under 200.
 * @unit bytes
 * @cwe 770
 */
export const MAX_NAME = 65_536;

/**
 * Characters of a FLOAT that is read as a number; honest ones have 24.
 * @unit characters
 * @cwe 400
 */
export const MAX_FLOAT_TEXT = 4096;

/**
 * Values captured for one call or state, over all depths: hostile tuples may share their parts.
 * @unit values
 * @cwe 400
 */
export const MAX_CAPTURED = 256;

/**
 * Streams up to this length are hashed: they were read anyway. Longer ones hold tensors that nobody reads.
 * @unit bytes
 * @cwe 400
 */
export const MAX_HASHED = 64 * 1024;

/**
 * Steps recorded of one global; the rest is counted.
 * @unit steps
 * @cwe 770
 */
export const MAX_CHAIN = 16;

/**
 * Characters of all steps of one stream. An explanation of hundreds of pages explains nothing.
 * @unit characters
 * @cwe 770
 */
export const MAX_CHAIN_CHARACTERS = 2 ** 20;

/**
 * Cells that are searched for globals at one opcode.
 * @unit cells
 * @cwe 407
 */
export const MAX_LOOKED_AT = 256;

/**
 * Collections inside each other that are searched for globals.
 * @unit levels
 * @cwe 674
 */
export const MAX_CHAIN_DEPTH = 6;

/**
 * Globals put into one other global that are remembered.
 * @unit globals
 * @cwe 770
 */
export const MAX_HELD = 16;

/**
 * Streams in a row of one member. Loggers that append a pickle for each record reach thousands.
 * @unit streams
 * @cwe 400
 */
export const MAX_STREAMS = 100_000;

/**
 * Continuations that reach one stream and are followed: readers that differ at a frame meet again behind it, each with its own memo.
 * @unit continuations
 * @cwe 407
 */
export const MAX_WAYS = 4;

/**
 * Object arrays in object arrays; joblib writes one for each level of nested lists of arrays.
 * @unit levels
 * @cwe 674
 */
export const MAX_ARRAY_DEPTH = 32;

/**
 * Arrays whose bytes are opcodes that call something dangerous. No honest file has one.
 * @unit arrays
 * @cwe 400
 */
export const MAX_ARRAY_RUNS = 64;

/**
 * Members of that many storages were never written; a larger count is hostile.
 * @unit storages
 * @cwe 400
 */
export const MAX_STORAGES = 100_000;

/**
 * Text that holds bytes (protocol 2) is decoded in memory up to here.
 * @unit bytes
 * @cwe 770
 */
export const MAX_TEXT_BYTES = 16 * 2 ** 20;

/**
 * Zeros behind a pickle that may pad its record. Longer runs are none.
 * @unit bytes
 * @cwe 400
 */
export const PADDING_BYTES = 64 * 1024;

/**
 * Records that are followed; no shelf in one file has as many.
 * @unit records
 * @cwe 400
 */
export const MAX_PADDED = 100_000;

/**
 * Streams in a row that are followed: what comes behind so many is not known.
 * @unit streams
 * @cwe 400
 */
export const MAX_FOLLOWED_STREAMS = 1_000;

// Checkpoints and native code.

/**
 * A pickle of a checkpoint that is read whole: the largest honest ones have 30 MB.
 * @unit bytes
 * @cwe 400
 */
export const MAX_PICKLE_BYTES = 128 * 1024 * 1024;

/**
 * Refusals of one checkpoint that are recorded; nobody reads more than a few.
 * @unit refusals
 * @cwe 770
 */
export const MAX_REFUSALS = 1000;

/**
 * The records `version`, `byteorder` and their like.
 * @unit bytes
 * @cwe 400
 */
export const MAX_RECORD_BYTES = 64;

/**
 * Values on the stack at the same time, and in the memo: a checkpoint of 100,000 tensors has 2 million.
 * @unit values
 * @cwe 770
 */
export const MAX_CELLS = 8_000_000;

/**
 * Values that the calls of a checkpoint look at, in times of the bytes of its pickle: honest calls have arguments of their
 * own, and one that lies in the memo could be given to each of a million.
 * @unit times
 * @cwe 407
 */
export const ARGUMENT_TIMES = 16;

/**
 * A member that is read whole: sources, bytecode, graphs. The longest honest ones have some 20 MB.
 * @unit bytes
 * @cwe 400
 */
export const MAX_NATIVE_BYTES = 64 * 1024 * 1024;

/**
 * The configuration of a Keras archive. That of a model of a thousand layers has some 1 MB.
 * @unit bytes
 * @cwe 400
 */
export const MAX_KERAS_CONFIG_BYTES = 16 * 1024 * 1024;

/**
 * Different objects of one configuration of Keras that are reported; honest ones have some ten.
 * @unit objects
 * @cwe 770
 */
export const MAX_KERAS_OBJECTS = 10_000;

/**
 * Keys of the path that says where in a configuration of Keras an object stands: the last ones are shown.
 * @unit keys
 * @cwe 770
 */
export const SHOWN_CONFIG_KEYS = 16;

/**
 * Different operators and classes of one member that are reported.
 * @unit names
 * @cwe 770
 */
export const MAX_NATIVE_NAMES = 10_000;

/**
 * Plans and operators of one program; honest ones have a few and some hundred.
 * @unit entries
 * @cwe 400
 */
export const MAX_EXECUTORCH_ENTRIES = 100_000;

/**
 * Values on the stack and in the memo: a mobile model of 100 MB has some 100,000.
 * @unit opcodes
 * @cwe 770
 */
export const MAX_SCRIPT_OPCODES = 4_000_000;

// Names.

/**
 * Components of a path that are compared; no real one is as deep, and a deeper one is no listed name.
 * @unit components
 * @cwe 400
 */
export const MAX_NAME_PARTS = 32;

/**
 * Longest word worth comparing: the cost is the product of both lengths, and the input may be hostile.
 * @unit characters
 * @cwe 407
 */
export const LONGEST_COMPARED = 64;

// Reviews of allow entries.

/**
 * Functions that are followed from one entry.
 * @unit functions
 * @cwe 400
 */
export const MAX_FOLLOWED = 5000;

/**
 * Calls that are listed; the rest is counted in `unseen`.
 * @unit calls
 * @cwe 770
 */
export const MAX_DANGERS = 200;

/**
 * Modules of one tree that are read: a package as large as torch has 2,500.
 * @unit modules
 * @cwe 400
 */
export const MAX_MODULES = 3000;

/**
 * Names that re-export each other.
 * @unit names
 * @cwe 674
 */
export const MAX_REEXPORTS = 16;

// Policies.

/**
 * Globs of one file: each artifact is held against all of them, and the file may come with the artifacts.
 * @unit globs
 * @cwe 407
 */
export const MAX_GLOBS = 200;

/**
 * One glob: longer ones are no pattern of a person.
 * @unit characters
 * @cwe 407
 */
export const MAX_GLOB_LENGTH = 256;

/**
 * A policy written by people has some hundred lines; a megabyte is a mistake or an attack.
 * @unit characters
 * @cwe 400
 */
export const MAX_POLICY_CHARACTERS = 1_000_000;

/**
 * Aliases in one document; more serve to blow the document up.
 * @unit aliases
 * @cwe 776
 */
export const MAX_ALIASES = 64;

/**
 * Documents of one policy file.
 * @unit documents
 * @cwe 400
 */
export const MAX_DOCUMENTS = 100;

/**
 * Lists and maps inside each other; a policy nests four deep. Deeper ones are read by recursion, and V8 ends the whole
 * process, without an error to catch, where a regular expression is compiled at the end of its stack.
 * @unit levels
 * @cwe 674
 */
export const MAX_POLICY_NESTING = 50;

/**
 * Keys of one map: each is compared with all before it. The largest map names the rules, which are few.
 * @unit keys
 * @cwe 407
 */
export const MAX_KEYS = 200;

// Reports.

/**
 * Artifacts named one by one as above the threshold; the rest is counted.
 * @unit artifacts
 * @cwe 770
 */
export const MAX_REASONS = 100;

/**
 * Notes of matches that only raise a level; the levels themselves all count.
 * @unit notes
 * @cwe 770
 */
export const MAX_NOTES = 1000;

/**
 * A job summary holds 1 MiB; a row takes up to 3 KiB, most of them far less.
 * @unit rows
 * @cwe 770
 */
export const MAX_RECORD_ROWS = 300;

/**
 * What data with a weak mark may unpack to before they are corrupt and still count as chance, when nothing is in it; with more
 * of it the artifact is incomplete. Text unpacks to a few bytes.
 * @unit bytes
 * @cwe 770
 */
export const MAX_CHANCE_BYTES = 64 * 1024;

/**
 * GitLab reads no more cases of one report; beyond it, a clean artifact is one case.
 * @unit cases
 * @cwe 770
 */
export const MAX_CASES = 500_000;

/**
 * Findings of one case that are shown in full.
 * @unit findings
 * @cwe 770
 */
export const MAX_CASE_FINDINGS = 100;

/**
 * Lines that are listed in one element.
 * @unit lines
 * @cwe 770
 */
export const MAX_CASE_LINES = 1_000;

/**
 * A job summary holds 1 MiB; a finding takes about 2 KiB.
 * @unit findings
 * @cwe 770
 */
export const MAX_MARKDOWN_FINDINGS = 300;

/**
 * Rows of one table of the Markdown report.
 * @unit rows
 * @cwe 770
 */
export const MAX_MARKDOWN_ROWS = 1_000;

/**
 * GitHub refuses a run with more results, and shows 5,000 of them.
 * @unit results
 * @cwe 770
 */
export const MAX_RESULTS = 25_000;

/**
 * Notifications are shown nowhere in full; the JSON report has all of them.
 * @unit notifications
 * @cwe 770
 */
export const MAX_NOTIFICATIONS = 1_000;

/**
 * Artifacts listed in SARIF: some 250 bytes each, and code scanning takes 10 MB in all.
 * @unit artifacts
 * @cwe 770
 */
export const MAX_SARIF_ARTIFACTS = 10_000;

/**
 * Properties of one name in a component of the CycloneDX document: names of globals, streams, what is incomplete.
 * @unit properties
 * @cwe 770
 */
export const MAX_BOM_PROPERTIES = 1_000;

/**
 * Findings of the HTML page: some 3 KiB each, and a browser shows 15 MiB without trouble.
 * @unit findings
 * @cwe 770
 */
export const MAX_HTML_FINDINGS = 5_000;

/**
 * Rows of a table of artifacts in the HTML page.
 * @unit rows
 * @cwe 770
 */
export const MAX_HTML_ROWS = 10_000;

/**
 * Items of any other list of the HTML page.
 * @unit items
 * @cwe 770
 */
export const MAX_HTML_ITEMS = 1_000;

/**
 * Refusals and names that the evidence lists; the rest is counted.
 * @unit refusals
 * @cwe 770
 */
export const MAX_LISTED = 20;

/**
 * Addresses that are shown.
 * @unit addresses
 * @cwe 770
 */
export const MAX_ADDRESSES = 6;

/**
 * Refusals that `allow suggest` shows; JSON has them all.
 * @unit refusals
 * @cwe 770
 */
export const MAX_SHOWN_REFUSALS = 20;

/**
 * Remarks on containers that are printed: an archive may give one for each member.
 * @unit remarks
 * @cwe 400
 */
export const MAX_REMARKS = 200;

/**
 * Results that get a variable; later ones are shown by the call that made them.
 * @unit variables
 * @cwe 770
 */
export const MAX_VARIABLES = 20_000;

/**
 * Lines shown of one stream. Checkpoints of large models have some ten thousand; nobody reads on.
 * @unit lines
 * @cwe 770
 */
export const MAX_TRACE_LINES = 2000;

/**
 * Lines beyond that which are shown because the catalogue objects to what they name: padding must hide nothing.
 * @unit lines
 * @cwe 770
 */
export const MAX_MARKED_LINES = 500;

// What a stream does, for its fingerprint.

/**
 * Containers and objects of one stream. Beyond it the bytes of the stream are hashed instead.
 * @unit values
 * @cwe 770
 */
export const MAX_EFFECT_NODES = 2_000_000;

/**
 * Items in all containers of one stream. Beyond it the bytes of the stream are hashed instead.
 * @unit items
 * @cwe 770
 */
export const MAX_EFFECT_ITEMS = 32_000_000;

/**
 * Bytes of the description of one stream. Beyond it the bytes of the stream are hashed instead.
 * @unit bytes
 * @cwe 770
 */
export const MAX_TOKEN_BYTES = 256 * 2 ** 20;

/**
 * Digits of an int that are read as a number. For longer lines the bytes of the stream are hashed instead.
 * @unit digits
 * @cwe 407
 */
export const MAX_DIGITS = 400;

/**
 * One line or one text. For longer ones the bytes of the stream are hashed instead.
 * @unit bytes
 * @cwe 770
 */
export const MAX_EFFECT_WINDOW = 16 * 2 ** 20;

// Arrays of joblib.

/**
 * Keys and values of the state of an array wrapper; joblib writes twelve. A larger state is not read: incomplete.
 * @unit values
 * @cwe 770
 */
export const MAX_STATE_CELLS = 64;

/**
 * Dimensions of an array. numpy had 32 at most for twenty years and has 64 now; with more, the offset of the array is not known: incomplete.
 * @unit dimensions
 * @cwe 770
 */
export const MAX_DIMENSIONS = 32;

/**
 * Attributes of one name in a TorchScript source: those of modules within modules are some ten deep. A source with a
 * longer one is incomplete.
 * @unit attributes
 * @cwe 400
 */
export const MAX_ATTRIBUTES = 256;

// Model repositories.

/**
 * A configuration, an index of shards or a template that is read whole: the longest honest ones, indexes of models with
 * 100,000 tensors, have some 10 MB.
 * @unit bytes
 * @cwe 400
 */
export const MAX_REPOSITORY_FILE_BYTES = 32 * 1024 * 1024;

/**
 * YAML of a repository, which a parser reads that takes many times its size. That of a large model has some 100 KB.
 * @unit characters
 * @cwe 400
 */
export const MAX_REPOSITORY_YAML_CHARACTERS = 2_000_000;

/**
 * Lexemes of one YAML file of a repository: the parser takes some 400 bytes for each. A configuration of 100 KB has some 90,000.
 * @unit lexemes
 * @cwe 400
 */
export const MAX_REPOSITORY_YAML_LEXEMES = 500_000;

/**
 * Lists and maps inside each other in YAML of a repository; it is read by recursion.
 * @unit levels
 * @cwe 674
 */
export const MAX_REPOSITORY_YAML_NESTING = 100;

/**
 * A text of YAML of a repository that an alias stands for. Names of what is imported are shorter, and each alias is compared with them.
 * @unit characters
 * @cwe 407
 */
export const MAX_REPOSITORY_YAML_ALIASED = 1_024;

/**
 * Documents of one YAML file of a repository.
 * @unit documents
 * @cwe 400
 */
export const MAX_REPOSITORY_YAML_DOCUMENTS = 1_000;

/**
 * Facts of one kind, and names of shards, of one file of a repository; honest ones have some ten, and an index some hundred shards.
 * @unit facts
 * @cwe 770
 */
export const MAX_REPOSITORY_FACTS = 10_000;

/**
 * Calls of one Python file and uses of one template that are reported one by one.
 * @unit calls
 * @cwe 770
 */
export const MAX_REPOSITORY_USES = 100;

/**
 * A name of a file that is held against forms; no disk has longer ones.
 * @unit UTF-16 units
 * @cwe 400
 */
export const MAX_FILE_NAME = 255;

/**
 * One key of the path that says where in a configuration of a repository something stands; the rest of it is not shown.
 * @unit UTF-16 units
 * @cwe 770
 */
export const SHOWN_KEY = 100;

/**
 * A line of requirements that is searched for a commit or a hash; a longer one counts as not pinned.
 * @unit UTF-16 units
 * @cwe 407
 */
export const MAX_REQUIREMENT = 8_192;

/**
 * Names of files that a run remembers, to say whether what a configuration names is there. Beyond it that is unknown, and
 * what is named counts as not there.
 * @unit names
 * @cwe 770
 */
export const MAX_REPOSITORY_NAMES = 200_000;

/**
 * Files of repositories that a run holds facts of until its end.
 * @unit files
 * @cwe 770
 */
export const MAX_REPOSITORY_FILES = 100_000;

// Templates.

/**
 * Characters of a chat template. The longest of published models has some 30,000. A longer one is incomplete.
 * @unit UTF-16 units
 * @cwe 400
 */
export const MAX_TEMPLATE_LENGTH = 1024 * 1024;

/**
 * Tokens of a template: those of published models have some 6,000. Beyond it the template is incomplete.
 * @unit tokens
 * @cwe 770
 */
export const MAX_TEMPLATE_TOKENS = 400_000;

/**
 * Tags, brackets and conditions within each other in a template. CPython ends Jinja2's parser at some 70 brackets, by its
 * own limit of 1,000 calls. Beyond it the template is incomplete.
 * @unit levels
 * @cwe 674
 */
export const MAX_TEMPLATE_NESTING = 200;

/**
 * Levels of a template's syntax tree: each operand of a sum adds one, as in Jinja2, whose compiler gives up at some 300.
 * Beyond it the template is incomplete.
 * @unit levels
 * @cwe 674
 */
export const MAX_TEMPLATE_DEPTH = 400;

/**
 * Rounds over the assignments of a template: honest ones need four. What still changes then may be anything, which is
 * reported wherever it is used as a name.
 * @unit rounds
 * @cwe 407
 */
export const MAX_TEMPLATE_ROUNDS = 16;

/**
 * Texts that one value of a template may be; with more it counts as one that is not known.
 * @unit texts
 * @cwe 770
 */
export const MAX_VALUE_TEXTS = 24;

/**
 * A text that is followed through a template: names of attributes are shorter. A longer one counts as one that is not known.
 * @unit UTF-16 units
 * @cwe 400
 */
export const MAX_VALUE_TEXT = 200;

/**
 * Texts within one value of a template; of more, those that begin with an underscore, and that there are others.
 * @unit texts
 * @cwe 770
 */
export const MAX_VALUE_ITEMS = 200;

/**
 * Uses of one template that are listed; the rest is counted.
 * @unit uses
 * @cwe 770
 */
export const MAX_TEMPLATE_USES = 200;

/**
 * Repositories that a report for people describes one by one; the JSON report has all of them.
 * @unit repositories
 * @cwe 770
 */
export const SHOWN_REPOSITORIES = 50;

/**
 * Chat templates of one GGUF that are judged: models have one, or three. More leave it incomplete.
 * @unit templates
 * @cwe 770
 */
export const MAX_GGUF_TEMPLATES = 64;

/**
 * Arrays within arrays in the settings of a GGUF: no writer makes any. Deeper ones leave it incomplete.
 * @unit levels
 * @cwe 674
 */
export const MAX_GGUF_NESTING = 16;

/**
 * Bytes behind the tensors of a GGUF that may be padding: alignments are some ten bytes. More are looked at as a file of
 * their own.
 * @unit bytes
 * @cwe 400
 */
export const MAX_GGUF_PADDING = 64 * 1024;

// Python modules.

/**
 * Expressions that are gone through to say where an argument comes from. What lies beyond changes the kind of an effect
 * and hides none.
 * @unit expressions
 * @cwe 407
 */
export const MAX_ORIGIN_PARTS = 400;

/**
 * Functions that are shown of what leads to an effect.
 * @unit names
 * @cwe 770
 */
export const MAX_EFFECT_ROUTE = 8;

/**
 * Effects of one module that are listed; the rest is counted.
 * @unit effects
 * @cwe 770
 */
export const MAX_IMPORT_EFFECTS = 500;

// Files around sources.

/**
 * Bytes of a module that is read for its names, as of a source that is scanned; the longest of torch has 1.4 MB. What
 * imports a longer one, and uses a name of it, is incomplete.
 * @unit bytes
 * @cwe 400
 */
export const MAX_MODULE_BYTES = 16 * 2 ** 20;

/**
 * Bytes of a file of requirements.
 * @unit bytes
 * @cwe 400
 */
export const MAX_REQUIREMENTS_BYTES = 2 ** 20;

// What lies in an artifact, as a list for people.

/**
 * Members and tensors that are listed of one artifact; a list that ends there says so.
 * @unit items
 * @cwe 770
 */
export const MAX_CONTENT_ITEMS = 2_000_000;

/**
 * Bytes of a pickle, or of the header of a safetensors file, that are read for the names of tensors. The format's own readers
 * take headers of 100 MB.
 * @unit bytes
 * @cwe 400
 */
export const MAX_TENSOR_NAMES_BYTES = 100_000_000;

/**
 * Opcodes of a pickle that is read for the names of tensors.
 * @unit opcodes
 * @cwe 400
 */
export const MAX_TENSOR_OPCODES = 50_000_000;

/**
 * Longest name of a tensor that is listed; longer ones are cut and marked.
 * @unit characters
 * @cwe 770
 */
export const MAX_TENSOR_NAME = 1000;

/**
 * Dimensions of a tensor that are listed: PyTorch and numpy have at most 64.
 * @unit dimensions
 * @cwe 770
 */
export const MAX_TENSOR_DIMENSIONS = 64;
