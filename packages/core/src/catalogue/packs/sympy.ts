// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sympy 1.14.0',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
sympy.combinatorics.permutations Permutation: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.concrete.summations Sum: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.add Add: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.containers Tuple: RUNS CODE (tried): its __new__ gives each argument to sympify, which evaluates texts: Tuple.__new__(Tuple, "__import__('os').getpid()") ran it
sympy.core.function Derivative: RUNS CODE: its __new__ sympifies the expression before it complains (tried: the text was evaluated, then TypeError)
sympy.core.function Lambda: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.function _rebuild_undef: Makes a class with attributes named by the stream (Function(name, **kwargs))
sympy.core.mul Mul: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers ComplexInfinity: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers Exp1: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers Float: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers Half: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers ImaginaryUnit: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers Infinity: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers Integer: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers NaN: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers NegativeOne: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers One: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers Pi: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers Rational: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers Zero: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.power Pow: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.relational Equality: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.relational StrictGreaterThan: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.relational StrictLessThan: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.symbol Dummy: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.symbol Str: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.symbol Symbol: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.symbol Wild: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.functions.elementary.exponential exp: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.functions.elementary.piecewise ExprCondPair: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.functions.elementary.piecewise Piecewise: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.functions.elementary.trigonometric sin: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.geometry.point Point2D: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.geometry.polygon Triangle: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.integrals.integrals Integral: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg And: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg BooleanFalse: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg BooleanTrue: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg Not: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg Or: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.matrices.dense MutableDenseMatrix: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.matrices.expressions.matexpr MatrixSymbol: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.matrices.immutable ImmutableDenseMatrix: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.matrices.sparse MutableSparseMatrix: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.physics.units.quantities Quantity: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.domains.expressionrawdomain ExpressionRawDomain: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.domains.integerring IntegerRing: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.domains.rationalfield RationalField: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.matrices.domainmatrix DomainMatrix: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.polytools Poly: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.series.limits Limit: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.series.order Order: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.fancysets Integers: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.fancysets Naturals: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.fancysets Reals: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.sets EmptySet: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.sets FiniteSet: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.sets Interval: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.sets Union: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.stats.crv SingleContinuousPSpace: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.stats.crv_types NormalDistribution: RUNS CODE (tried): its __new__ gives the arguments to sympify, which evaluates texts
sympy.stats.rv RandomSymbol: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.tensor.array.dense_ndim_array ImmutableDenseNDimArray: RUNS CODE (tried): its __new__ sympifies the elements, texts are evaluated
sympy.tensor.indexed Idx: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.tensor.indexed Indexed: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.tensor.indexed IndexedBase: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state`,
};
