import type { Report } from '@artifact-sentinel/core';
import type { Pool, Queries } from '../database/pool.js';
import { isStorable, storableJson } from '../database/storable.js';
import { VERDICT_CACHE } from '../limits.js';
import type { Verdicts } from '../model/ports.js';
import type { ShortFinding, VerdictAnswer } from '../model/shapes.js';
import { shownPath } from './shown-path.js';
import type { StoredFacts } from './facts.js';
import { FactsJudge, type Judges } from './facts-judge.js';
import { worst, type Judged } from './judge.js';
import { CurrentPolicy, policyDigest, type PolicyInForce } from './policy.js';
import { baseName, canonicalPath, isSourceName, readingOf } from './readings.js';
import { SizedCache } from './sized-cache.js';
import { storedVerdicts, VerdictQuestions, type StoredVerdict, type VerdictsFound } from './stored-verdicts.js';
import type { Versions } from './versions.js';

const NOT_JUDGED = 'its facts ended the process that judged them';

/** Verdicts by content: stored ones, or made of stored facts. No byte of an artifact is read here. */
export class VerdictStore implements Verdicts {
  readonly policy: CurrentPolicy;
  readonly versions: Versions;
  readonly #pool: Pool;
  readonly #questions: VerdictQuestions;
  readonly #cache = new SizedCache<StoredVerdict>(VERDICT_CACHE);
  readonly #judge: FactsJudge;

  /** `judges`: of large facts; null for this process. */
  constructor(
    pool: Pool,
    versions: Versions,
    {
      judges = null,
      policy = new CurrentPolicy(pool),
    }: { readonly judges?: Judges | null; readonly policy?: CurrentPolicy } = {},
  ) {
    this.#judge = new FactsJudge(judges);
    this.#pool = pool;
    this.#questions = new VerdictQuestions(pool);
    this.versions = versions;
    this.policy = policy;
  }

  async of(sha256: string, path?: string): Promise<VerdictAnswer | null> {
    // No table has a name like this. A question with it would fail those of others that are asked with it.
    if (path !== undefined && !isStorable(path)) return null;
    const policy = await this.policy.get();
    const { analysis } = this.versions;
    // Most are asked for by a name, and were read by this analysis: remembered, or one statement.
    if (path !== undefined && !isSourceName(path)) {
      const reading = readingOf(path);
      const known = await this.verdict(this.#pool, sha256, reading, policy, { path });
      if (known !== null) return this.#answer(sha256, policy, analysis, [[reading, known]]);
    }
    const found = await this.#readings(sha256);
    if (found === null) return null;
    const wanted = found.readings.filter((reading) => path === undefined || isReadingOf(reading, path));
    if (wanted.length === 0) return null;
    const verdicts: [string, StoredVerdict][] = [];
    for (const reading of wanted) {
      const verdict = await this.verdict(this.#pool, sha256, reading, policy, {
        path: path ?? null,
        analysis: found.analysis,
      });
      if (verdict !== null) verdicts.push([reading, verdict]);
    }
    return verdicts.length === 0 ? null : this.#answer(sha256, policy, found.analysis, verdicts);
  }

  async report(artifact: string): Promise<Report | null> {
    const { rows } = await this.#pool.query<{
      sha256: Buffer;
      reading: string;
      path: string;
      kind: string;
      address: string;
    }>(
      `SELECT a.sha256, a.reading, a.path, i.kind, coalesce(i.pinned, i.address) AS address
       FROM artifacts a JOIN intakes i ON i.id = a.intake WHERE a.id = $1 AND a.sha256 IS NOT NULL`,
      [artifact],
    );
    const [row] = rows;
    if (row === undefined) return null;
    const sha256 = row.sha256.toString('hex');
    const analysis = (await this.#readings(sha256))?.analysis ?? null;
    if (analysis === null) return null;
    const shown = shownPath(row.kind, row.address, row.path);
    const { reading } = row;
    return this.#judge.report(this.#pool, { sha256, reading, analysis }, shown, await this.policy.get());
  }

  /** The verdict of one content under one reading, made of its facts where it is not stored yet; null without facts. */
  async verdict(
    db: Queries,
    sha256: string,
    reading: string,
    policy: PolicyInForce,
    {
      path = null,
      analysis = this.versions.analysis,
    }: { readonly path?: string | null; readonly analysis?: string } = {},
  ): Promise<StoredVerdict | null> {
    const isCurrent = analysis === this.versions.analysis;
    const known = isCurrent ? this.#remembered(sha256, reading, policy, path) : undefined;
    if (known !== undefined) return known;
    const found = await this.#found(db, sha256, reading, analysis, policy, path);
    const stored = found.shared !== null && isFor(found.shared, policy, path) ? found.shared : found.named;
    // Without facts there is nothing to be made; most files of a new intake have none.
    const verdict = stored ?? (found.hasFacts ? await this.#make(db, sha256, reading, analysis, policy, path) : null);
    // Asked again another time: neither stored nor remembered.
    if (verdict === 'failed')
      return { verdict: 'incomplete', level: 0, findings: [], gaps: [NOT_JUDGED], since: new Date() };
    if (verdict !== null && isCurrent) {
      const key = this.#key(sha256, reading, policyDigest(policy, path, verdict.findings.length > 0));
      this.#cache.set(key, verdict, 300 + JSON.stringify(verdict.findings).length);
    }
    return verdict;
  }

  /** What is remembered under a name, or under every name. */
  #remembered(sha256: string, reading: string, policy: PolicyInForce, path: string | null): StoredVerdict | undefined {
    for (const hasFindings of [false, true]) {
      const known = this.#cache.get(this.#key(sha256, reading, policyDigest(policy, path, hasFindings)));
      if (known !== undefined && (hasFindings === known.findings.length > 0 || isFor(known, policy, path)))
        return known;
    }
    return undefined;
  }

  /** In a transaction at once, otherwise together with what others ask. */
  #found(
    db: Queries,
    sha256: string,
    reading: string,
    analysis: string,
    policy: PolicyInForce,
    path: string | null,
  ): Promise<VerdictsFound> {
    const question = {
      sha256,
      reading,
      analysis,
      catalogue: this.versions.catalogue,
      shared: policyDigest(policy, path, false),
      named: policyDigest(policy, path, true),
    };
    return db === this.#pool ? this.#questions.ask(question) : storedVerdicts(db, [question]).then(onlyOne);
  }

  /** Judges facts that are at hand, and stores what comes of it. */
  async store(
    db: Queries,
    facts: Pick<StoredFacts, 'sha256' | 'reading' | 'analysis'>,
    judged: Judged,
    digest: string,
  ): Promise<StoredVerdict> {
    const { sha256, reading, analysis } = facts;
    const { verdict, level, findings, gaps } = judged;
    await db.query(
      `INSERT INTO verdicts (sha256, reading, analysis, catalogue, policy, verdict, level, findings, gaps)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        Buffer.from(sha256, 'hex'),
        reading,
        analysis,
        this.versions.catalogue,
        Buffer.from(digest, 'hex'),
        verdict,
        level,
        storableJson(findings),
        gaps,
      ],
    );
    const { catalogue } = this.versions;
    const question = { sha256, reading, analysis, catalogue, shared: digest, named: digest };
    const { shared: stored } = onlyOne(await storedVerdicts(db, [question]));
    if (stored === null) throw new Error('a verdict that was just stored is not there');
    return stored;
  }

  async #make(
    db: Queries,
    sha256: string,
    reading: string,
    analysis: string,
    policy: PolicyInForce,
    path: string | null,
  ): Promise<StoredVerdict | 'failed' | null> {
    const key = { sha256, reading, analysis };
    const judged = await this.#judge.judge(db, key, path ?? canonicalPath(sha256, reading), policy);
    if (judged === null) return null;
    if ('failed' in judged) return 'failed';
    return this.store(db, key, judged, policyDigest(policy, path, judged.findings.length > 0));
  }

  /** Under this analysis; where it did not read these bytes yet, under the newest one that did. */
  async #readings(sha256: string): Promise<{ readonly analysis: string; readonly readings: readonly string[] } | null> {
    const { rows } = await this.#pool.query<{ analysis: string; readings: string[] }>({
      name: 'readings',
      text: `SELECT analysis, array_agg(reading ORDER BY reading) AS readings FROM facts WHERE sha256 = $1
             GROUP BY analysis ORDER BY analysis = $2 DESC, max(made_at) DESC LIMIT 1`,
      values: [Buffer.from(sha256, 'hex'), this.versions.analysis],
    });
    return rows[0] ?? null;
  }

  #key(sha256: string, reading: string, digest: string): string {
    return `${sha256} ${digest} ${reading}`;
  }

  #answer(
    sha256: string,
    policy: PolicyInForce,
    analysis: string,
    verdicts: readonly (readonly [string, StoredVerdict])[],
  ): VerdictAnswer {
    const findings = new Map<string, ShortFinding>();
    for (const [, verdict] of verdicts)
      for (const finding of verdict.findings) findings.set(`${finding.fingerprint} ${finding.rule}`, finding);
    const since = verdicts.reduce((latest, [, verdict]) => Math.max(latest, verdict.since.getTime()), 0);
    return {
      sha256,
      verdict: worst(verdicts.map(([, { verdict }]) => verdict)),
      level: verdicts.reduce((most, [, { level }]) => Math.max(most, level), 0),
      catalogue: this.versions.catalogue,
      analysis,
      policy: policy.digest,
      since: new Date(since).toISOString(),
      readings: verdicts.map(([reading]) => reading),
      findings: [...findings.values()],
    };
  }
}

/** Whether what is stored under the digest of every name holds for this one: findings have the name in their fingerprints. */
function isFor(stored: StoredVerdict, { policy }: PolicyInForce, path: string | null): boolean {
  return path === null || policy.paths.length > 0 || stored.findings.length === 0;
}

function onlyOne([found]: readonly VerdictsFound[]): VerdictsFound {
  if (found === undefined) throw new Error('a question without an answer');
  return found;
}

/** Of a source all that are known under its name count: which files lie around it, the question does not say. */
function isReadingOf(reading: string, path: string): boolean {
  const own = readingOf(path);
  return reading === own || (isSourceName(path) && reading.startsWith(`${baseName(path)}@`));
}
