/**
 * Why something could not be analysed. unsupported: well-formed, and nothing that this version opens. corrupt: not what its
 * format demands. truncated: more bytes are expected than there are. limit: a limit of Sentinel ended it. unreadable: the
 * bytes could not be had, or a bug of Sentinel ended the analysis.
 */
export const NOTICE_CAUSES = ['unsupported', 'corrupt', 'truncated', 'limit', 'unreadable'] as const;

/** Something that could not be analysed. A report with notices is never clean. */
export interface Notice {
  readonly path: string;
  readonly offset: number | null;
  readonly cause: (typeof NOTICE_CAUSES)[number];
  readonly reason: string;
}
