import type { ArtifactResult, Report, RuleMeta, TraceResult } from '@artifact-sentinel/core';
import type {
  ContentsResult,
  HashChoice,
  MemberContent,
  TensorContent,
  TraceItem,
} from '@artifact-sentinel/core/internal';

/** Messages between the page and its workers. All of it is plain data that structured cloning takes. */

/** The formats that the page offers as downloads, by their names on the command line. */
export const DOWNLOADS = ['json', 'sarif', 'markdown', 'cyclonedx', 'html'] as const;
export type DownloadFormat = (typeof DOWNLOADS)[number];

/** One file to be scanned. */
export interface GivenFile {
  /** Path as reports name it, with `/`: the dropped folder's name first. */
  readonly path: string;
  readonly file: File;
  /** Why it cannot be read, where the drop itself says so. */
  readonly problem?: string;
}

/** A policy that was dropped. */
export interface GivenPolicy {
  readonly file: string;
  readonly text: string;
}

export interface ScanOrder {
  readonly files: readonly GivenFile[];
  /** What was dropped or chosen, as a command line would name it: files, and folders as a whole. */
  readonly roots: readonly string[];
  readonly policy: GivenPolicy | null;
}

/** How far a scan is. Sizes in bytes. */
export interface ScanProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  /** Sizes of the files that are done, and what was read of the one at hand. */
  readonly bytesDone: number;
  /** Bytes that were read of all files, those at hand included. */
  readonly bytesRead: number;
  /** Path of the file at hand. */
  readonly current: string;
}

export interface TraceAnswer {
  readonly items: readonly TraceItem[];
  readonly result: TraceResult;
}

/** What lies in an artifact. */
export interface ContentsAnswer {
  readonly members: readonly MemberContent[];
  readonly tensors: readonly TensorContent[];
  readonly result: ContentsResult;
}

/** Bytes of an artifact as stored, or of a member of it, decoded. */
export interface BytesAnswer {
  /** Null for the artifact as stored. */
  readonly member: string | null;
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Size of what the bytes are of; null where it was not decoded to its end. */
  readonly size: number | null;
}

/** What the page asks of its first worker. */
export type Request =
  | { readonly kind: 'scan'; readonly order: ScanOrder; readonly ports: readonly MessagePort[] }
  /** Only where the page was built to read from a network. */
  | { readonly kind: 'scan-remote'; readonly address: string; readonly policy: GivenPolicy | null }
  /** Files that can be looked into without a scan: after one that was cancelled. */
  | { readonly kind: 'look'; readonly files: readonly GivenFile[] }
  | { readonly kind: 'open'; readonly file: string; readonly text: string }
  /** Whether a policy is understood. */
  | { readonly kind: 'policy'; readonly policy: GivenPolicy }
  | { readonly kind: 'hash'; readonly choice: HashChoice }
  /** Ends hashing, which is then refused. */
  | { readonly kind: 'stop-hashing' }
  /** `choice`: null where none was made, and the format's own counts. */
  | { readonly kind: 'render'; readonly format: DownloadFormat; readonly choice: HashChoice | null }
  | { readonly kind: 'trace'; readonly path: string }
  | { readonly kind: 'contents'; readonly path: string }
  | {
      readonly kind: 'bytes';
      readonly path: string;
      readonly member: string | null;
      readonly offset: number;
      readonly length: number;
    };

/** What it answers, by the kind of the request. */
export interface Answers {
  readonly scan: Report;
  readonly 'scan-remote': Report;
  readonly look: null;
  readonly open: Report;
  readonly policy: null;
  readonly hash: Report;
  readonly 'stop-hashing': null;
  readonly render: string;
  readonly trace: TraceAnswer;
  readonly contents: ContentsAnswer;
  readonly bytes: BytesAnswer;
}

/** What the first worker tells without being asked. */
export type LeadEvent =
  | { readonly kind: 'ready'; readonly rules: readonly RuleMeta[] }
  /** `results`: those since the last one. */
  | { readonly kind: 'progress'; readonly progress: ScanProgress; readonly results: readonly ArtifactResult[] }
  /** A line for people, such as that a server has to be waited for. */
  | { readonly kind: 'said'; readonly line: string }
  /** Whole files are hashed: sizes in bytes. */
  | { readonly kind: 'hashing'; readonly bytes: number; readonly bytesDone: number; readonly current: string };

/** To a worker. The first one leads; the others collect for it, each through a port of its own. */
export type ToWorker =
  | { readonly kind: 'lead' }
  | { readonly kind: 'ask'; readonly id: number; readonly request: Request }
  | { readonly kind: 'collect-for'; readonly port: MessagePort }
  | { readonly kind: 'lose-collector'; readonly index: number; readonly reason: string };

/** From the first worker. */
export type FromWorker =
  | { readonly kind: 'event'; readonly event: LeadEvent }
  | { readonly kind: 'answer'; readonly id: number; readonly value: Answers[keyof Answers] }
  /** Something is wrong with what was given, in words. */
  | { readonly kind: 'refused'; readonly id: number; readonly reason: string }
  /** A fault of ours. */
  | { readonly kind: 'broken'; readonly id: number; readonly reason: string };
