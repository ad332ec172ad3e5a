/** Names that share one justification. */
export interface AllowGroup {
  /**
   * Why calling any of them with any arguments, and any BUILD, SETITEMS or APPENDS on the result, gives no code
   * execution, attribute access chosen by the stream, import or file access.
   */
  readonly why: string;
  /** One line per module: `module: name name`. A name may hold dots (a nested class). */
  readonly names: string;
  /** True for groups that carve plain types out of a module which is dangerous as a whole. */
  readonly insideDanger?: true;
  /**
   * True for functions that saves keep and never call: a call of one could hand back an object that it was given,
   * or call a method of it, and so counts as unexpected.
   */
  readonly storedOnly?: true;
}
