import ts from 'typescript';
import { expect, test } from 'vitest';
import { nodesOf, parsedSources, pathOf, shown } from './sources.js';

/*
 * Limits are in the files `limits.ts` and nowhere else, each with its unit, its weakness and its reason; docs/limits.md is
 * generated from them. A limit that ends something throws a LimitError with a name from there, or says so otherwise.
 */

const files = parsedSources();
const TABLE = /(?:^|\/)limits\.ts$/;
const NAME = /^(?:MAX|MOST|LONGEST|LARGEST|DEEPEST|HIGHEST)_|^(?:LONGEST|LIMIT)$|_LIMIT$/;

/** Numbers that a format, a standard or the engine sets. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'packages/core/node/workers/slot.ts': ['LONGEST_TIMER_MS'],
  'packages/core/src/pickle/cells.ts': ['MAX_REF', 'MOST_WEIGHT'],
  'packages/core/src/pickle/constants.ts': ['MOST_EXACT_BYTES'],
  'packages/core/src/pickle/joblib-array.ts': ['MAX_FLAGS'],
  'packages/core/src/pickle/operations/frames.ts': ['MAX_FRAME'],
  'packages/core/src/pickle/operations/lines.ts': ['MAX_ESCAPED'],
  'packages/core/src/pickle/plain-lines.ts': ['MOST_INDEX_DIGITS', 'MOST_DIGITS', 'MOST_PLAIN_TEXT'],
  'packages/core/src/pickle/special-names.ts': ['MAX_SPECIAL'],
  'packages/core/src/pickle/text.ts': ['MAX_C_SLOT'],
  'packages/core/src/pickle/written-constants.ts': ['MOST_SLOT_DIGITS'],
  'packages/core/src/catalogue/call-shapes.ts': ['MOST_SMALL'],
  'packages/cli/src/output-targets.ts': ['MOST_LINKS'],
  'packages/core/src/formats/torch/weights-only/restricted-state.ts': ['LONGEST_LOOKED_AT'],
  'packages/core/src/formats/torchscript/code.ts': ['LONGEST_NAME'],
  'packages/core/src/formats/data/onnx.ts': [
    'MAX_IR_VERSION',
    'MAX_LATER',
    'MAX_MODEL_BYTES',
    'MAX_NAME_BYTES',
    'MAX_VARINT_BYTES',
  ],
  'packages/core/src/formats/gguf/header.ts': ['MAX_NAME'],
  'packages/core/src/jinja/repetition.ts': ['MAX_RANGE'],
  'packages/core/src/codecs/bzip2-block.ts': ['MAX_CODE_BITS', 'MAX_SELECTORS'],
  'packages/core/src/codecs/lzip.ts': ['LARGEST_DICTIONARY_BITS'],
  'packages/core/src/codecs/lzma.ts': ['MAX_DICTIONARY_BITS', 'MAX_LITERAL_BITS'],
  'packages/core/src/codecs/zstd-block.ts': ['MAX_BLOCK_BYTES'],
  'packages/core/src/codecs/zstd-huffman.ts': ['MAX_BITS', 'MAX_WEIGHT_LOG', 'MAX_SYMBOLS'],
  'packages/core/src/formats/zip/zip-behind.ts': ['MAX_COMMENT'],
  'packages/core/src/formats/zip/layout.ts': ['MAX_COMMENT'],
  'packages/core/src/formats/zip/local-header.ts': ['MAX_DESCRIPTOR'],
  'packages/core/src/formats/torch/load.ts': ['MAX_VERSION'],
  'packages/core/src/model/use.ts': ['MOST_SIZE'],
  'packages/gate/src/inspect/code-object.ts': ['MAX_COUNT'],
  'packages/gate/src/inspect/multipart.ts': ['LONGEST_BOUNDARY'],
  'packages/gate/src/proxy/websocket-frames.ts': ['LONGEST_CONTROL'],
};

/** Sizes of buffers, caches and pools: no result depends on them. */
const BUFFERS: Readonly<Record<string, readonly string[]>> = {
  'packages/cli/src/artifact/messages.ts': ['LARGEST_ANSWER'],
  'packages/cli/src/artifact/turns.ts': ['MOST_WORKERS'],
  'packages/core/src/neighbours/tree-neighbours.ts': ['MAX_FOLDERS'],
  'packages/core/src/pickle/cells.ts': ['MAX_PLACES', 'MAX_NODES', 'MAX_ITEMS'],
  'packages/core/src/pickle/constants.ts': ['MAX_TEXTS'],
  'packages/core/src/pickle/drive.ts': ['LARGEST_WINDOW'],
  'packages/core/src/bytes/stream-source.ts': ['LARGEST_BLOCK'],
  'packages/core/src/formats/gguf/cursor.ts': ['LARGEST_READ'],
  'packages/core/src/codecs/byte-reader.ts': ['MOST_READ_BYTES'],
  'packages/core/node/workers/pool.ts': ['LONGEST_RESTART_MS'],
  'packages/gate/src/proxy/upstream.ts': ['MAX_SOCKETS', 'MAX_FREE_SOCKETS'],
};

const tables = files.filter((file) => TABLE.test(pathOf(file)));
const constants = (file: ts.SourceFile): readonly ts.VariableDeclaration[] =>
  file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]);

test('no other file declares a limit', () => {
  const found: Record<string, string[]> = {};
  for (const file of files) {
    if (tables.includes(file)) continue;
    const names = constants(file)
      .filter(({ name, initializer }) => NAME.test(name.getText()) && initializer !== undefined)
      .map(({ name }) => name.getText());
    if (names.length > 0) found[pathOf(file)] = names.toSorted();
  }
  const allowed: Record<string, string[]> = {};
  for (const list of [FORMATS, BUFFERS])
    for (const [file, names] of Object.entries(list)) allowed[file] = [...(allowed[file] ?? []), ...names].toSorted();
  expect(found).toEqual(allowed);
});

test('each limit has a unit, a weakness and a reason', () => {
  const without: string[] = [];
  let count = 0;
  for (const file of tables) {
    for (const statement of file.statements.filter(ts.isVariableStatement)) {
      const [declaration] = statement.declarationList.declarations;
      if (declaration?.initializer === undefined || ts.isObjectLiteralExpression(declaration.initializer)) continue;
      if (!NAME.test(declaration.name.getText()) && !hasTag(statement, 'unit')) continue;
      count += 1;
      const [doc] = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
      const reason = typeof doc?.comment === 'string' ? doc.comment : '';
      if (reason.length < 15 || !hasTag(statement, 'unit') || !hasTag(statement, 'cwe')) without.push(shown(statement));
    }
  }
  expect(without).toEqual([]);
  expect(count).toBeGreaterThan(120);
});

function hasTag(node: ts.Node, name: string): boolean {
  return ts.getJSDocTags(node).some(({ tagName, comment }) => {
    if (tagName.text !== name || typeof comment !== 'string') return false;
    return name === 'cwe' ? /^\d+$/.test(comment) : comment !== '';
  });
}

test('what a limit ends names a limit of the table', () => {
  const names = new Set(tables.flatMap((file) => constants(file).map(({ name }) => name.getText())));
  // What a caller may set (`Limits` of bytes/budget.ts).
  const settable = [
    ...Object.values(FORMATS).flat(),
    'artifactMs',
    'total-timeout',
    'depth',
    'members',
    'decodedBytes',
    'retainedBytes',
  ];
  const unknown = files.flatMap((file) =>
    [...nodesOf(file)].filter(ts.isNewExpression).flatMap((node) => {
      if (node.expression.getText() !== 'LimitError') return [];
      const [first] = node.arguments ?? [];
      if (first !== undefined && ts.isStringLiteral(first) && (names.has(first.text) || settable.includes(first.text)))
        return [];
      return [`${shown(node)} ${first?.getText() ?? ''}`];
    }),
  );
  expect(unknown).toEqual([]);
});

test('limits that a text repeats are those of the table', () => {
  // A limit of the table that nothing reads is none.
  const used = new Set(
    files.flatMap((file) =>
      tables.includes(file) ? [] : [...nodesOf(file)].filter(ts.isIdentifier).map(({ text }) => text),
    ),
  );
  const unused = tables.flatMap((file) =>
    constants(file)
      .map(({ name }) => name.getText())
      .filter((name) => !used.has(name)),
  );
  expect(unused).toEqual([]);
});
