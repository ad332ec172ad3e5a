/** What a closure record can be written as. */
export type RecordFormat = 'text' | 'json' | 'markdown';

/** The options of `sentinel retest`, as commander gives them. */
export interface RetestOptions {
  readonly root?: string;
  readonly policy?: string;
  readonly policyFolder?: string;
  readonly trustPolicyInTree?: true;
  readonly jobs?: number;
  readonly quiet?: true;
}
