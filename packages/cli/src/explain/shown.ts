/** How a page or a finding is shown. */
export interface Shown {
  readonly format: 'text' | 'markdown';
  readonly color: boolean;
  /** Columns of the terminal; null where there is none. */
  readonly width: number | null;
}
