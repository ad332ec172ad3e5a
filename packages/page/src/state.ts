import type { ArtifactResult, Report, RuleMeta } from '@artifact-sentinel/core';
import type { HashChoice } from '@artifact-sentinel/core/internal';
import type { BytesAnswer, ContentsAnswer, DownloadFormat, ScanProgress, TraceAnswer } from './engine/protocol.js';

/** What the page shows, as plain data, and what a person can do. The view gets both and keeps nothing that is not of the view alone. */

/** Something that is asked of a worker when it is first shown. */
export type Loaded<T> =
  | { readonly state: 'none' }
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'failed'; readonly reason: string };

/** What is chosen; the panes follow it. */
export interface Selection {
  /** Path of the artifact. */
  readonly artifact: string;
  /** Index in the findings of the artifact, the worst first, or null. */
  readonly finding: number | null;
  /** Path of a member or part in it, as findings write it, or null for the artifact itself. */
  readonly member: string | null;
  /** Range of bytes: in the artifact as stored where `member` is null, otherwise in the member. */
  readonly range: { readonly start: number; readonly end: number } | null;
}

/** What is known of the artifact that is chosen. */
export interface Details {
  readonly artifact: string;
  readonly trace: Loaded<TraceAnswer>;
  readonly contents: Loaded<ContentsAnswer>;
  /** The bytes of the hex view. */
  readonly bytes: Loaded<BytesAnswer>;
}

/** Something that went wrong, in words. */
export interface Problem {
  readonly what: string;
  /** What to do about it. */
  readonly hint: string | null;
}

export interface AppState {
  /**
   * `empty`: nothing was given yet. `listing`: a dropped folder is being listed. `scanning`: `results` grow. `done`: `report` is
   * there. `cancelled`: `results` has what was done before.
   */
  readonly phase: 'empty' | 'listing' | 'scanning' | 'done' | 'cancelled';
  readonly progress: ScanProgress | null;
  /** As they come; those of `report` once it is there. */
  readonly results: readonly ArtifactResult[];
  readonly report: Report | null;
  /** `report`: a JSON report was opened, and there are no bytes to look at. `remote`: the bytes lie at an address. */
  readonly source: 'files' | 'remote' | 'report';
  /** What was dropped or opened, for the title. */
  readonly title: string;
  readonly policy: { readonly file: string } | null;
  /** The report of the same files without the policy, to show what the policy changes; null without a policy. */
  readonly withoutPolicy: Report | null;
  /** Files that were found while a dropped folder is listed. */
  readonly listed: number;
  readonly hash: HashChoice;
  /** Whole files are being hashed; sizes in bytes. */
  readonly hashing: { readonly bytes: number; readonly bytesDone: number; readonly current: string } | null;
  readonly selection: Selection | null;
  readonly details: Details | null;
  /** The rules of this version; empty until the worker has started. */
  readonly rules: readonly RuleMeta[];
  readonly problems: readonly Problem[];
  /** A download is being made. */
  readonly rendering: DownloadFormat | null;
}

export const EMPTY_STATE: AppState = {
  phase: 'empty',
  progress: null,
  results: [],
  report: null,
  source: 'files',
  title: '',
  policy: null,
  withoutPolicy: null,
  listed: 0,
  hash: 'findings',
  hashing: null,
  selection: null,
  details: null,
  rules: [],
  problems: [],
  rendering: null,
};

export interface AppActions {
  /** Opens the browser's chooser. Also drops anywhere on the page are taken, without the view. */
  readonly chooseFiles: () => void;
  readonly chooseFolder: () => void;
  readonly cancel: () => void;
  /** Back to the empty page. */
  readonly reset: () => void;
  /** Opens the chooser for a policy; a policy that is dropped alone is taken as well. The files are scanned again with it. */
  readonly choosePolicy: () => void;
  /** Scans again without the policy. */
  readonly removePolicy: () => void;
  readonly stopHashing: () => void;
  readonly setHash: (choice: HashChoice) => void;
  readonly select: (selection: Selection | null) => void;
  /** Asks for what is not there yet of the chosen artifact; `details` then changes. */
  readonly wantTrace: () => void;
  readonly wantContents: () => void;
  /** Bytes for the hex view: of a member, decoded, or of the artifact as stored. */
  readonly wantBytes: (member: string | null, offset: number, length: number) => void;
  readonly download: (format: DownloadFormat) => void;
  readonly dismiss: (problem: Problem) => void;
}
