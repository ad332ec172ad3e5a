// The changes that the mutation run makes: one operator, truth value, condition or small number of a source file.
import ts from 'typescript';

/** Operators, and what stands in their place. */
const SWAPS = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['===', '!=='],
  ['!==', '==='],
  ['&&', '||'],
  ['||', '&&'],
  ['+', '-'],
  ['-', '+'],
  ['*', '+'],
  ['|', '&'],
  ['&', '|'],
  ['<<', '>>'],
  ['>>', '<<'],
  ['>>>', '<<'],
  ['+=', '-='],
  ['-=', '+='],
]);

/** Every change of one operator, one truth value, one condition or one small number in a file. */
export function changesOf(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const changes = [];
  const add = (start, end, by) => {
    const { line } = file.getLineAndCharacterOfPosition(start);
    changes.push({ path, start, end, by, line: line + 1, was: text.slice(start, end) });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isTypeAliasDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const { operatorToken } = node;
      const by = SWAPS.get(operatorToken.getText());
      const isText = [node.left, node.right].some(
        (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
      );
      if (by !== undefined && !(isText && /^[-+*]/.test(by))) add(operatorToken.getStart(), operatorToken.end, by);
    } else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node.getStart(), node.end, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node.getStart(), node.end, 'true');
    else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      add(node.getStart(), node.operand.getStart(), '');
    else if (ts.isNumericLiteral(node) && Number(node.text) < 64)
      add(node.getStart(), node.end, String(Number(node.text) + 1));
    else if (ts.isIfStatement(node)) add(node.expression.getStart(), node.expression.end, 'false');
    ts.forEachChild(node, visit);
  };
  visit(file);
  return changes;
}

/** A generator of numbers in [0, 1) that is the same everywhere (mulberry32). */
export function randomOf(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
