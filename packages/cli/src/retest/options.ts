import type { ArtifactOptions } from '../artifact/options.js';

/** What a closure record can be written as. */
export type RecordFormat = 'text' | 'json' | 'markdown';

/** What a scan may be asked for as well; of a report alone it counts where it tightens. */
type ScanOptions = Pick<
  ArtifactOptions,
  | 'rule'
  | 'alsoAllow'
  | 'maxAcceptableSeverity'
  | 'timeout'
  | 'followLinks'
  | 'policy'
  | 'policyFolder'
  | 'offline'
  | 'allowPrivate'
  | 'maxDownload'
  | 'thorough'
>;

/** The options of `sentinel retest`, as commander gives them. */
export interface RetestOptions extends ScanOptions {
  readonly root?: string;
  /** Servers that the report may name. */
  readonly allowHost?: readonly string[];
  readonly trustPolicyInTree?: true;
  readonly jobs?: number;
  readonly quiet?: true;
}
