import { ATEN_OPERATORS, PRIM_OPERATORS } from './generated/torch-operators.js';

/** True for an operator of PyTorch's own namespaces that some release of it has: `add`, or `add.Tensor` with its overload. */
export function isBuiltinOperator(namespace: string, name: string): boolean {
  const own = name.split('.')[0] ?? '';
  if (namespace === 'aten') return ATEN_OPERATORS.has(own);
  return namespace === 'prim' && PRIM_OPERATORS.has(own);
}
