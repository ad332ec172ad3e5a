import type { SourceContext, SourceEntry } from '@artifact-sentinel/sources';
import type { HashChoice } from '@artifact-sentinel/core/internal';

/** What the command line says of remote sources. */
export interface RemoteOptions {
  readonly allowPrivate: boolean;
  /** Nothing is asked of a network. */
  readonly offline: boolean;
  /** Bytes of a file that is downloaded to be scanned, since its server ignores ranges; undefined for the default. */
  readonly maxDownload: number | undefined;
  readonly thorough: boolean;
  /** What `--hash` asks for; undefined where it was not given: a default is no reason to read a source whole. */
  readonly hash: HashChoice | undefined;
  /** Takes what sources say of their files, for the notes of the report. */
  readonly notes: string[];
  /** Called with the address of a source as it was named, and with its revision pinned. */
  readonly onPinned: (address: string, pinned: string) => void;
  /** Called with what tells how far the reading is, once there is something to tell. */
  readonly onStart?: (status: () => string) => void;
  /** What requests are made with, and goes on being used behind the scan; the scan makes and closes its own by default. */
  readonly context?: SourceContext | undefined;
  /** Called with each file that a source lists. */
  readonly onEntry?: ((entry: SourceEntry) => void) | undefined;
  /** Called with lines for people: a server that is waited for. */
  readonly onLine: (line: string) => void;
}
