import type { ArtifactOptions } from '../artifact/options.js';
import type { Shard } from './shard.js';

/** The options of `sentinel batch`, as commander gives them. */
export interface BatchOptions extends Pick<
  ArtifactOptions,
  | 'rule'
  | 'policy'
  | 'policyFolder'
  | 'maxAcceptableSeverity'
  | 'alsoAllow'
  | 'hash'
  | 'timeout'
  | 'followLinks'
  | 'offline'
  | 'allowPrivate'
  | 'thorough'
  | 'maxDownload'
  | 'quiet'
> {
  /** The list. */
  readonly from: string;
  /** The folder of the records. */
  readonly to: string;
  readonly shard?: Shard;
}
