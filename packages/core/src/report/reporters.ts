import type { HashChoice } from '../model/hash-choice.js';
import type { Report } from '../model/report.js';
import type { RuleMeta } from '../model/rule.js';
import type { Checkout } from './sarif.js';

/** What a reporter may use beside the report. */
export interface ReportContext {
  /** The records of the rules that were applied. */
  readonly rules: readonly RuleMeta[];
  /** All rules, for the titles of related ones. */
  readonly catalogue: readonly RuleMeta[];
  /** Folder that artifact paths are made relative to, or null to leave them as they are. */
  readonly root: string | null;
  /** What the working folder is a checkout of, read where a format shows it; null where it is none. */
  readonly checkout: () => Checkout | null;
  readonly color: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** Columns of the terminal; null where there is none. */
  readonly width: number | null;
}

export type Render = (report: Report, context: ReportContext) => string;

/** A format that reports are written in. */
export interface Reporter {
  /** Ends of file names, in lower case, that choose it: the longest that fits. */
  readonly endings: readonly string[];
  /** Artifacts that are hashed for it unless the user says otherwise. */
  readonly hash: HashChoice;
  /** It shows the digests of streams and code. */
  readonly showsDigests: boolean;
  /** Loads its code, which the others do not need. */
  readonly load: () => Promise<Render>;
}

const PLAIN = { hash: 'none', showsDigests: false } as const;

/** Each format of a report: its name on the command line, and everything that depends on it. */
export const REPORTERS = {
  text: { ...PLAIN, endings: ['.txt'], load: async () => (await import('./text.js')).renderText },
  // A JSON report may be retested, for which the artifacts with findings have to be recognised.
  json: {
    endings: ['.json'],
    hash: 'findings',
    showsDigests: true,
    load: async () => (await import('./json.js')).renderJson,
  },
  sarif: {
    ...PLAIN,
    endings: ['.sarif'],
    load: async () => {
      const { renderSarif } = await import('./sarif.js');
      return (report, context) => renderSarif(report, { ...context, checkout: context.checkout() });
    },
  },
  markdown: {
    ...PLAIN,
    endings: ['.md', '.markdown'],
    load: async () => {
      const { renderMarkdown } = await import('./markdown.js');
      return (report, { rules }) => renderMarkdown(report, rules);
    },
  },
  junit: {
    ...PLAIN,
    endings: ['.xml'],
    load: async () => {
      const { renderJunit } = await import('./junit.js');
      return (report, { rules }) => renderJunit(report, rules);
    },
  },
  gitlab: {
    ...PLAIN,
    // The name in GitLab's documentation.
    endings: ['gl-code-quality-report.json'],
    load: async () => (await import('./gitlab.js')).renderGitlab,
  },
  cyclonedx: {
    // The pattern that CycloneDX registers.
    endings: ['.cdx.json'],
    hash: 'all',
    showsDigests: true,
    load: async () => (await import('./cyclonedx.js')).renderCycloneDx,
  },
  html: {
    endings: ['.html', '.htm'],
    hash: 'findings',
    showsDigests: false,
    load: async () => {
      const { renderHtml } = await import('./html.js');
      return (report, { rules }) => renderHtml(report, rules);
    },
  },
} as const satisfies Record<string, Reporter>;

export type ReportFormat = keyof typeof REPORTERS;

/** Each format with its row, in the order in which they are listed. */
export function eachReporter(): readonly (readonly [ReportFormat, Reporter])[] {
  return Object.entries(REPORTERS) as [ReportFormat, Reporter][];
}

/** The format that the longest fitting end of a file name chooses, or null. */
export function formatOfFile(file: string): ReportFormat | null {
  const name = file.toLowerCase();
  let longest: { readonly format: ReportFormat; readonly length: number } | null = null;
  for (const [format, { endings }] of eachReporter())
    for (const { length } of endings.filter((ending) => name.endsWith(ending)))
      if (length > (longest?.length ?? 0)) longest = { format, length };
  return longest?.format ?? null;
}
