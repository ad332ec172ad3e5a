/** The syntax tree: what an analysis of names and calls needs of Python, with offsets into the text. */

interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Argument {
  /** The keyword, or null. */
  readonly name: string | null;
  readonly star: '' | '*' | '**';
  readonly value: Expression;
}

/** One string literal of those that stand side by side. */
export interface StringPiece {
  /** In lower case. */
  readonly prefix: string;
  readonly contentFrom: number;
  readonly contentTo: number;
  readonly fields: readonly FormatField[];
}
export interface FormatField extends Range {
  /** Null where nothing could be read. */
  readonly value: Expression | null;
  /** The value stands in the text as `str` gives it: no conversion, no format. */
  readonly plain: boolean;
  readonly spec: readonly FormatField[];
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}
export interface Parameter {
  readonly name: string;
  readonly star: '' | '*' | '**';
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}

export type NameExpression = Range & { readonly kind: 'name'; readonly id: string };
export type AttributeExpression = Range & {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
};
export type CallExpression = Range & {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
};
export type StringExpression = Range & { readonly kind: 'string'; readonly pieces: readonly StringPiece[] };
export type LambdaExpression = Range & {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
};
export type ComprehensionExpression = Range & {
  readonly kind: 'comprehension';
  readonly of: 'list' | 'set' | 'dict' | 'generator';
  readonly elements: readonly Expression[];
  readonly clauses: readonly ComprehensionClause[];
};

export type Expression =
  | NameExpression
  | AttributeExpression
  | CallExpression
  | StringExpression
  | LambdaExpression
  | ComprehensionExpression
  | (Range & { readonly kind: 'subscript'; readonly object: Expression; readonly indices: readonly Expression[] })
  | (Range & { readonly kind: 'number' })
  | (Range & { readonly kind: 'constant'; readonly value: true | false | null | 'Ellipsis' })
  | (Range & {
      readonly kind: 'sequence';
      readonly of: 'tuple' | 'list' | 'set';
      readonly items: readonly Expression[];
    })
  | (Range & {
      readonly kind: 'dict';
      /** Without a key: `**value`. */
      readonly items: readonly { readonly key: Expression | null; readonly value: Expression }[];
    })
  /** Operands of one level of precedence, `operators[i]` between `operands[i]` and `operands[i + 1]`. */
  | (Range & {
      readonly kind: 'operation';
      readonly operators: readonly string[];
      readonly operands: readonly Expression[];
    })
  | (Range & { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression })
  /** `a if t else b if u else c`: tests t, u; results a, b, c. */
  | (Range & {
      readonly kind: 'conditional';
      readonly tests: readonly Expression[];
      readonly results: readonly Expression[];
    })
  | (Range & { readonly kind: 'walrus'; readonly target: Expression; readonly value: Expression })
  | (Range & { readonly kind: 'starred'; readonly value: Expression })
  | (Range & { readonly kind: 'await' | 'yield'; readonly value: Expression | null })
  | (Range & { readonly kind: 'slice'; readonly parts: readonly Expression[] })
  /** What could not be read, with the expressions that were found in it. */
  | (Range & { readonly kind: 'unknown'; readonly parts: readonly Expression[] });

export interface ImportedName extends Range {
  readonly name: string;
  readonly alias: string | null;
}

export interface FunctionStatement extends Range {
  readonly kind: 'function';
  readonly name: string;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly annotations: readonly Expression[];
  readonly body: readonly Statement[];
}
export interface ClassStatement extends Range {
  readonly kind: 'class';
  readonly name: string;
  readonly decorators: readonly Expression[];
  readonly args: readonly Argument[];
  readonly body: readonly Statement[];
}
/** One branch of if, for, while, with, try or match. */
export interface Clause {
  /** Empty for a block below a broken line. A statement whose beginning is broken may begin with a later branch. */
  readonly keyword: string;
  readonly values: readonly Expression[];
  /** What the branch assigns to: the target of `for` and of `as`, the captures of `case`. */
  readonly targets: readonly Expression[];
  readonly body: readonly Statement[];
}

export type Statement =
  | FunctionStatement
  | ClassStatement
  | (Range & { readonly kind: 'expression'; readonly value: Expression })
  | (Range & {
      readonly kind: 'assign';
      readonly targets: readonly Expression[];
      /** Null for a bare annotation. */
      readonly value: Expression | null;
      readonly annotation: Expression | null;
    })
  | (Range & { readonly kind: 'augmented'; readonly target: Expression; readonly value: Expression })
  | (Range & { readonly kind: 'import'; readonly names: readonly ImportedName[] })
  | (Range & {
      readonly kind: 'from';
      readonly module: string;
      /** Leading dots. */
      readonly level: number;
      /** Null for `*`. */
      readonly names: readonly ImportedName[] | null;
    })
  | (Range & { readonly kind: 'global' | 'nonlocal'; readonly names: readonly string[] })
  | (Range & { readonly kind: 'delete'; readonly targets: readonly Expression[] })
  | (Range & { readonly kind: 'return' | 'other'; readonly values: readonly Expression[] })
  | (Range & { readonly kind: 'compound'; readonly clauses: readonly Clause[] });
