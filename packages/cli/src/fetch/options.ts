import type { ArtifactOptions } from '../artifact/options.js';

/** The options of `sentinel fetch`, as commander gives them. */
export interface FetchOptions extends Pick<
  ArtifactOptions,
  | 'policy'
  | 'policyFolder'
  | 'maxAcceptableSeverity'
  | 'alsoAllow'
  | 'timeout'
  | 'totalTimeout'
  | 'allowPrivate'
  | 'maxDownload'
  | 'quiet'
  | 'verbose'
  | 'color'
> {
  /** The folder that files are placed in. */
  readonly to: string;
  /** Pickles beside safetensors too. */
  readonly all?: true;
  /** Files that are there and differ are replaced. */
  readonly replace?: true;
}
