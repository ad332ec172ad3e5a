import type { Queries } from '../database/pool.js';
import { QUESTIONS_AT_ONCE, QUESTIONS_UNDER_WAY } from '../limits.js';
import type { ShortFinding, VerdictWord } from '../model/shapes.js';

/** What is stored of one content under one reading. */
export interface StoredVerdict {
  readonly verdict: VerdictWord;
  readonly level: number;
  readonly findings: readonly ShortFinding[];
  /** What could not be analysed. */
  readonly gaps: readonly string[];
  readonly since: Date;
}

export interface VerdictQuestion {
  readonly sha256: string;
  readonly reading: string;
  readonly analysis: string;
  readonly catalogue: string;
  /** Digests of the policy under which a verdict of this content may be stored: that of every name, and that of this name. */
  readonly shared: string;
  readonly named: string;
}

export interface VerdictsFound {
  readonly shared: StoredVerdict | null;
  readonly named: StoredVerdict | null;
  /** Whether there are facts that a verdict can be made of. */
  readonly hasFacts: boolean;
}

interface Row {
  readonly number: number;
  readonly is_shared: boolean | null;
  readonly is_named: boolean | null;
  readonly verdict: VerdictWord;
  readonly level: number;
  readonly findings: ShortFinding[];
  readonly gaps: string[];
  readonly made_at: Date;
  readonly has_facts: boolean;
}

/** Each question asks the index by itself: the lateral part is not turned into a scan of the whole table. */
const TEXT = `SELECT question.number, v.policy = question.shared AS is_shared, v.policy = question.named AS is_named,
    v.verdict, v.level, v.findings, v.gaps, v.made_at,
    EXISTS (SELECT FROM facts f WHERE f.sha256 = question.sha256 AND f.reading = question.reading
      AND f.analysis = question.analysis) AS has_facts
  FROM unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bytea[]) WITH ORDINALITY
    AS question(sha256, reading, analysis, catalogue, shared, named, number)
  LEFT JOIN LATERAL (
    SELECT policy, verdict, level, findings, gaps, made_at FROM verdicts
    WHERE sha256 = question.sha256 AND reading = question.reading AND analysis = question.analysis
      AND catalogue = question.catalogue AND policy IN (question.shared, question.named) OFFSET 0) AS v ON true`;

/** The answers, in the order of the questions, by one statement. */
export async function storedVerdicts(db: Queries, questions: readonly VerdictQuestion[]): Promise<VerdictsFound[]> {
  const bytes = (pick: (question: VerdictQuestion) => string): Buffer[] =>
    questions.map((question) => Buffer.from(pick(question), 'hex'));
  const { rows } = await db.query<Row>({
    name: 'verdicts',
    text: TEXT,
    values: [
      bytes(({ sha256 }) => sha256),
      questions.map(({ reading }) => reading),
      questions.map(({ analysis }) => analysis),
      questions.map(({ catalogue }) => catalogue),
      bytes(({ shared }) => shared),
      bytes(({ named }) => named),
    ],
  });
  const found: VerdictsFound[] = questions.map(() => ({ shared: null, named: null, hasFacts: false }));
  for (const { number, is_shared, is_named, has_facts, verdict, level, findings, gaps, made_at } of rows) {
    const before = found[number - 1];
    if (before === undefined) throw new Error('an answer to no question');
    const stored = { verdict, level, findings, gaps, since: made_at };
    found[number - 1] = {
      shared: is_shared === true ? stored : before.shared,
      named: is_named === true ? stored : before.named,
      hasFacts: has_facts,
    };
  }
  return found;
}

interface Asked {
  readonly question: VerdictQuestion;
  readonly settle: (found: VerdictsFound) => void;
  readonly fail: (error: unknown) => void;
}

/** Questions that come while others are being asked wait, and are asked together. One that comes alone does not wait. */
export class VerdictQuestions {
  readonly #db: Queries;
  #waiting: Asked[] = [];
  #underWay = 0;

  constructor(db: Queries) {
    this.#db = db;
  }

  ask(question: VerdictQuestion): Promise<VerdictsFound> {
    return new Promise((settle, fail) => {
      this.#waiting.push({ question, settle, fail });
      // Those of one turn belong together.
      if (this.#waiting.length === 1) setImmediate(() => this.#next());
    });
  }

  #next(): void {
    while (this.#waiting.length > 0 && this.#underWay < QUESTIONS_UNDER_WAY) {
      const batch = this.#waiting.slice(0, QUESTIONS_AT_ONCE);
      this.#waiting = this.#waiting.slice(QUESTIONS_AT_ONCE);
      this.#underWay += 1;
      void this.#answer(batch);
    }
  }

  /** Recursion: none; the next statement begins behind the answer of the database, on a stack of its own. */
  async #answer(batch: readonly Asked[]): Promise<void> {
    try {
      const found = await storedVerdicts(
        this.#db,
        batch.map(({ question }) => question),
      );
      for (const [at, { settle }] of batch.entries())
        settle(found[at] ?? { shared: null, named: null, hasFacts: false });
    } catch (error) {
      for (const { fail } of batch) fail(error);
    } finally {
      this.#underWay -= 1;
      this.#next();
    }
  }
}
