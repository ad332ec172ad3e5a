import type { Queries, Transaction } from '../database/pool.js';
import { MAX_SHORT_FINDINGS, SHOWN_REASONS } from '../limits.js';
import type { ArtifactState, ShortFinding, VerdictWord } from '../model/shapes.js';

/** What a person promoted: these bytes, with these findings, and with this not analysed. */
export interface Promotion {
  /** Hex; null where it had no bytes. */
  readonly sha256: string | null;
  /** Fingerprints of the findings that failed it. */
  readonly failing: ReadonlySet<string>;
  /** What could not be analysed then. */
  readonly gaps: ReadonlySet<string>;
  /** The state that it had; null where that is not known. */
  readonly was: string | null;
  readonly by: string;
  readonly at: Date;
}

/** What is known of an artifact that is judged again. */
interface Judged {
  readonly sha256: string;
  readonly verdict: VerdictWord;
  readonly findings: readonly ShortFinding[];
  readonly gaps: readonly string[];
}

/** Writes down what a promotion covers, in the transaction that promotes. */
export async function notePromotion(
  transaction: Transaction,
  artifact: string,
  was: string,
  by: string,
): Promise<void> {
  await transaction.query(
    `INSERT INTO promotions (artifact, sha256, failing, gaps, was, promoted_by)
     SELECT a.id, a.sha256, ARRAY(SELECT f.fingerprint FROM findings f WHERE f.artifact = a.id AND f.action = 'fail'), a.gaps, $2, $3
     FROM artifacts a WHERE a.id = $1
     ON CONFLICT (artifact) DO UPDATE SET sha256 = excluded.sha256, failing = excluded.failing, gaps = excluded.gaps,
       was = excluded.was, promoted_by = excluded.promoted_by, promoted_at = now()`,
    [artifact, was, by],
  );
}

/** An artifact that has a verdict; its row is locked until the end of the transaction. */
export interface Standing {
  /** Of its bytes as they are now, hex; null where it has none. */
  readonly sha256: string | null;
  readonly reading: string;
  readonly state: ArtifactState;
  /** Null where it is not promoted. */
  readonly promotion: Promotion | null;
}

/** Artifacts as they stand, by ID. Nobody decides about them before the transaction ends. */
export async function standing(db: Queries, artifacts: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  if (artifacts.length === 0) return new Map();
  const { rows } = await db.query<{
    id: string;
    state: ArtifactState;
    own: string | null;
    reading: string;
    sha256: Buffer | null;
    failing: string[] | null;
    gaps: string[] | null;
    was: string | null;
    promoted_by: string | null;
    promoted_at: Date | null;
  }>(
    `SELECT a.id, a.state, encode(a.sha256, 'hex') AS own, a.reading, p.sha256, p.failing, p.gaps, p.was, p.promoted_by,
       p.promoted_at
     FROM artifacts a LEFT JOIN promotions p ON p.artifact = a.id
     WHERE a.id = ANY($1::uuid[]) ORDER BY a.id FOR UPDATE OF a`,
    [artifacts],
  );
  return new Map(
    rows.map(({ id, state, own, reading, sha256, failing, gaps, was, promoted_by: by, promoted_at: at }) => {
      const promotion =
        state !== 'promoted' || by === null || at === null
          ? null
          : { sha256: sha256?.toString('hex') ?? null, failing: new Set(failing), gaps: new Set(gaps), was, by, at };
      return [id, { state, sha256: own, reading, promotion }];
    }),
  );
}

/** Why a promotion does not hold for what was found since, in words; null where it holds. */
export function endOfPromotion(
  { sha256: promoted, failing, gaps, was, by, at }: Promotion,
  now: Judged,
): string | null {
  const when = `promoted on ${at.toISOString().slice(0, 10)} by ${by}, before`;
  if (promoted !== now.sha256) return `${when} its bytes changed: they were those of ${promoted ?? 'no hash'}`;
  // What fails may be incomplete as well, and what a waiver covers may only be that.
  const unread = now.gaps.filter((gap) => !gaps.has(gap));
  if (unread.length > 0) {
    const more = unread.length > SHOWN_REASONS ? `; and ${unread.length - SHOWN_REASONS} more` : '';
    return `${when} this could not be analysed: ${unread.slice(0, SHOWN_REASONS).join('; ')}${more}`;
  }
  if (now.verdict !== 'fail') return null;
  const others = now.findings.filter(
    ({ action, waived, fingerprint }) => action === 'fail' && waived === null && !failing.has(fingerprint),
  );
  const rules = [...new Set(others.map(({ rule }) => rule))];
  if (rules.length > 0) {
    const more = rules.length > SHOWN_REASONS ? ` and ${rules.length - SHOWN_REASONS} more rules` : '';
    return `${when} these findings: ${rules.slice(0, SHOWN_REASONS).join(', ')}${more}`;
  }
  // A file may fail by its level alone, as what was found adds up.
  if (was !== 'failed') return `${when} it failed: its level is above what the policy accepts`;
  // The list of findings is cut there: which others there are is not known.
  if (now.findings.length < MAX_SHORT_FINDINGS) return null;
  return `${when} it was judged again: it has ${MAX_SHORT_FINDINGS} findings or more, which are not compared`;
}
