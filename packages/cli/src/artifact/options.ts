import type { ColorChoice } from '../commands/color.js';
import type { HashChoice } from '@artifact-sentinel/core/internal';

/** The options of `sentinel artifact`, as commander gives them. */
export interface ArtifactOptions {
  readonly rule?: readonly string[];
  readonly policy?: string;
  readonly policyFolder?: string;
  readonly trustPolicyInTree?: true;
  readonly maxAcceptableSeverity?: string;
  readonly alsoAllow?: readonly string[];
  readonly requireArtifacts?: true;
  readonly baseline?: string;
  readonly failOnNew?: true;
  readonly hash?: HashChoice;
  readonly timeout?: number;
  readonly totalTimeout?: number;
  readonly followLinks?: true;
  readonly offline?: true;
  readonly allowPrivate?: true;
  readonly maxDownload?: number;
  readonly thorough?: true;
  /** The file of a lock; true for the one in the scanned folder. */
  readonly locked?: string | true;
  readonly jobs?: number;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly color?: ColorChoice;
}
