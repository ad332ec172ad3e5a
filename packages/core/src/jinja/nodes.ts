/** The syntax tree of a template: the nodes of `jinja2.nodes`, with indexes into the normal text (text.ts). */

interface Node {
  readonly from: number;
  /** Levels below and with it: a walk may recurse into it. */
  readonly depth: number;
}

export interface Arguments {
  readonly positional: readonly Expression[];
  readonly keywords: readonly { readonly name: string; readonly value: Expression }[];
  /** `*value` */
  readonly star: Expression | null;
  /** `**value` */
  readonly starStar: Expression | null;
}

/** What a number or text literal stands for; numbers as far as JavaScript has them. */
export type ConstExpression = Node & {
  readonly kind: 'const';
  readonly value: string | number | boolean | null;
  /** The digits of a number. */
  readonly digits?: string;
  /** A text with a character that is not known (strings.ts). */
  readonly uncertain?: true;
};
export type NameExpression = Node & { readonly kind: 'name'; readonly id: string };
export type CallExpression = Node & {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: Arguments;
};
/** `object` is null for what a block is filtered by. */
export type FilterExpression = Node & {
  readonly kind: 'filter';
  readonly object: Expression | null;
  readonly name: string;
  readonly args: Arguments;
};
export type GetItemExpression = Node & {
  readonly kind: 'getitem';
  readonly object: Expression;
  readonly index: Expression;
};

export type Expression =
  | ConstExpression
  | NameExpression
  | CallExpression
  | FilterExpression
  | GetItemExpression
  /** `namespace.name` that is assigned to. */
  | (Node & { readonly kind: 'nsref'; readonly name: string; readonly attribute: string })
  | (Node & { readonly kind: 'getattr'; readonly object: Expression; readonly name: string })
  | (Node & { readonly kind: 'slice'; readonly parts: readonly (Expression | null)[] })
  | (Node & { readonly kind: 'test'; readonly object: Expression; readonly name: string; readonly args: Arguments })
  | (Node & {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/' | '//' | '%' | '**' | 'and' | 'or';
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Node & { readonly kind: 'concat'; readonly items: readonly Expression[] })
  | (Node & {
      readonly kind: 'compare';
      readonly first: Expression;
      readonly rest: readonly { readonly operator: string; readonly value: Expression }[];
    })
  | (Node & { readonly kind: 'unary'; readonly operator: 'not' | '+' | '-'; readonly operand: Expression })
  | (Node & {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly result: Expression;
      readonly otherwise: Expression | null;
    })
  | (Node & { readonly kind: 'tuple' | 'list'; readonly items: readonly Expression[] })
  | (Node & {
      readonly kind: 'dict';
      readonly items: readonly { readonly key: Expression; readonly value: Expression }[];
    });

/** Parameters of a macro or of a call block; the last ones have the defaults. */
export interface Signature {
  readonly parameters: readonly string[];
  readonly defaults: readonly Expression[];
}

type Body = readonly Statement[];

export type TransStatement = Node & {
  readonly kind: 'trans';
  readonly context: string | null;
  readonly variables: readonly { readonly name: string; readonly value: Expression }[];
  /** Names in the text, in their order. */
  readonly referenced: readonly string[];
  readonly trimmed: boolean;
  readonly singular: string;
  readonly plural: string | null;
  /** The variable that chooses between them. */
  readonly count: string | null;
};

export type Statement =
  | (Node & { readonly kind: 'output'; readonly items: readonly OutputItem[] })
  | (Node & { readonly kind: 'set'; readonly target: Expression; readonly value: Expression })
  | (Node & {
      readonly kind: 'set-block';
      readonly target: Expression;
      readonly filter: Expression | null;
      readonly body: Body;
    })
  | (Node & {
      readonly kind: 'for';
      readonly target: Expression;
      readonly iterable: Expression;
      readonly test: Expression | null;
      readonly recursive: boolean;
      readonly body: Body;
      readonly otherwise: Body;
    })
  | (Node & {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: Expression; readonly body: Body }[];
      readonly otherwise: Body;
    })
  | (Node & {
      readonly kind: 'with';
      readonly items: readonly { readonly target: Expression; readonly value: Expression }[];
      readonly body: Body;
    })
  | (Node & { readonly kind: 'autoescape'; readonly value: Expression; readonly body: Body })
  | (Node & {
      readonly kind: 'block';
      readonly name: string;
      readonly scoped: boolean;
      readonly required: boolean;
      readonly body: Body;
    })
  | (Node & { readonly kind: 'extends'; readonly template: Expression })
  | (Node & {
      readonly kind: 'include';
      readonly template: Expression;
      readonly ignoreMissing: boolean;
      readonly withContext: boolean;
    })
  | (Node & {
      readonly kind: 'import';
      readonly template: Expression;
      readonly target: string;
      readonly withContext: boolean;
    })
  | (Node & {
      readonly kind: 'from';
      readonly template: Expression;
      readonly names: readonly { readonly name: string; readonly alias: string | null }[];
      readonly withContext: boolean;
    })
  | (Node & { readonly kind: 'macro'; readonly name: string; readonly signature: Signature; readonly body: Body })
  | (Node & {
      readonly kind: 'call-block';
      readonly signature: Signature;
      readonly call: CallExpression;
      readonly body: Body;
    })
  | (Node & { readonly kind: 'filter-block'; readonly filter: Expression; readonly body: Body })
  | (Node & { readonly kind: 'do'; readonly value: Expression })
  | (Node & { readonly kind: 'break' | 'continue' })
  | (Node & { readonly kind: 'generation'; readonly body: Body })
  | TransStatement;

/** Text that is put out, or an expression whose value is. */
export type OutputItem = Expression | (Node & { readonly kind: 'data'; readonly text: string });
