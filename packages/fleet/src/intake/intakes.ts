import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import * as z from 'zod';
import { appendAudit, type AuditRecord } from '../audit/audit.js';
import { inTransaction, type Pool, type Queries, type Transaction } from '../database/pool.js';
import { setting } from '../database/settings.js';
import { MAX_UPLOAD_BYTES, MAX_UPLOAD_NAME } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import type { Actor, FleetEvent, IntakeRequest, Intakes, ObjectStore } from '../model/ports.js';
import type { ArtifactState, Intake } from '../model/shapes.js';
import type { Queue } from '../queue/queue.js';
import { emit } from '../queue/events.js';
import { insertContents } from '../verdicts/facts.js';
import { followedRecords, followFiles, lockIntakes } from '../database/intake-verdicts.js';
import { notePromotion } from '../verdicts/promotions.js';
import { readingOf } from '../verdicts/readings.js';
import { checkAddress } from './address.js';
import { INTAKE_COLUMNS, intakeOf, type IntakeRow } from './rows.js';

export interface IntakesOptions {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly store: ObjectStore;
}

/** A person waits for it. */
const WAITED_FOR = 100;

/** What is taken in, and what becomes of it. */
export class FleetIntakes implements Intakes {
  readonly #pool: Pool;
  readonly #queue: Queue;
  readonly #store: ObjectStore;

  constructor({ pool, queue, store }: IntakesOptions) {
    this.#pool = pool;
    this.#queue = queue;
    this.#store = store;
  }

  async create(request: IntakeRequest, by: Actor): Promise<Intake> {
    const { kind, address } = request;
    checkAddress(request, await allowedHosts(this.#pool));
    const importance = Math.min(100, Math.max(0, Math.round(request.importance)));
    const id = randomUUID();
    return inTransaction(this.#pool, async (transaction) => {
      const { rows } = await transaction.query<IntakeRow>(
        `INSERT INTO intakes (id, kind, address, state, importance, requested_by) VALUES ($1, $2, $3, 'queued', $4, $5)
         RETURNING ${INTAKE_COLUMNS}`,
        [id, kind, address, importance, by.name],
      );
      await this.#queue.send(transaction, 'list', [{ data: { intake: id }, importance, trace: by.trace }]);
      await appendAudit(transaction, [
        { actor: by.name, action: 'intake.created', subject: `intake:${id}`, detail: { kind, address } },
      ]);
      return intakeOf(rows);
    });
  }

  async upload(
    name: string,
    body: Readable,
    by: Actor,
  ): Promise<{ readonly intake: Intake; readonly artifact: string }> {
    const path = checkedName(name);
    const { sha256, size } = await this.#store.put(body, await uploadLimit(this.#pool));
    const id = randomUUID();
    const artifact = randomUUID();
    return inTransaction(this.#pool, async (transaction) => {
      await insertContents(transaction, [{ sha256, size }], true);
      const { rows } = await transaction.query<IntakeRow>(
        `INSERT INTO intakes (id, kind, address, state, importance, files, pending, requested_by)
         VALUES ($1, 'upload', $2, 'scanning', $3, 1, 1, $4) RETURNING ${INTAKE_COLUMNS}`,
        [id, path, WAITED_FOR, by.name],
      );
      await transaction.query(
        `INSERT INTO artifacts (id, intake, path, name, reading, size, sha256, is_hash_computed, state)
         VALUES ($1, $2, $3, $3, $4, $5, $6, true, 'received')`,
        [artifact, id, path, readingOf(path), size, Buffer.from(sha256, 'hex')],
      );
      await this.#queue.send(transaction, 'scan', [{ data: { artifact }, importance: WAITED_FOR, trace: by.trace }]);
      await appendAudit(transaction, [
        { actor: by.name, action: 'intake.uploaded', subject: `artifact:${artifact}`, detail: { path, sha256, size } },
      ]);
      return { intake: intakeOf(rows), artifact };
    });
  }

  async latest(pinned: string): Promise<Intake | null> {
    const { rows } = await this.#pool.query<IntakeRow>(
      `SELECT ${INTAKE_COLUMNS} FROM intakes WHERE pinned = $1 ORDER BY created_at DESC LIMIT 1`,
      [pinned],
    );
    return rows.length === 0 ? null : intakeOf(rows);
  }

  async retest(artifact: string, by: Actor, undoes = true): Promise<void> {
    await inTransaction(this.#pool, async (transaction) => {
      const { rows } = await transaction.query<{ intake: string; was: ArtifactState }>(
        `UPDATE artifacts AS a SET state = 'received', reason = NULL, attempts = 0, changed_at = now()
         FROM artifacts AS old WHERE a.id = $1 AND old.id = a.id AND a.state = ANY($2) RETURNING a.intake, old.state AS was`,
        [artifact, [...RETESTED, ...(undoes ? DECIDED : [])]],
      );
      const [row] = rows;
      if (row === undefined)
        throw await this.#why(transaction, artifact, 'it is being read already, or was decided by a person');
      const isRejection = row.was === 'rejected';
      await lockIntakes(transaction, [row.intake], { revision: isRejection });
      await transaction.query(
        `UPDATE intakes SET pending = pending + 1, verdict = NULL, done_at = NULL,
           state = CASE WHEN state = 'listing' THEN state ELSE 'scanning' END WHERE id = $1`,
        [row.intake],
      );
      await this.#queue.send(transaction, 'scan', [
        { data: { artifact, again: true }, importance: WAITED_FOR, trace: by.trace },
      ]);
      const state = { kind: 'artifact.state' as const, artifact, state: 'received', trace: by.trace };
      const retest = { actor: by.name, action: 'artifact.retest', subject: `artifact:${artifact}` };
      await this.#written(transaction, row, { state, record: retest, isRejection });
    });
  }

  async decide(artifact: string, decision: 'promoted' | 'rejected', reason: string | null, by: Actor): Promise<void> {
    // A file that did not pass is promoted by somebody who says why.
    const from: ArtifactState[] = ['passed', ...(reason === null && decision === 'promoted' ? [] : UNSAFE)];
    await inTransaction(this.#pool, async (transaction) => {
      const { rows } = await transaction.query<{ intake: string; was: string }>(
        `UPDATE artifacts AS a SET state = $2, reason = $3, changed_at = now() FROM artifacts AS old
         WHERE a.id = $1 AND old.id = a.id AND a.state = ANY($4) RETURNING a.intake, old.state AS was`,
        [artifact, decision, reason, from],
      );
      const [row] = rows;
      if (row === undefined)
        throw await this.#why(
          transaction,
          artifact,
          'it has no verdict yet, is decided, or did not pass and no reason was given',
        );
      if (decision === 'promoted') await notePromotion(transaction, artifact, row.was, by.name);
      const state = { kind: 'artifact.state' as const, artifact, state: decision, trace: by.trace };
      const record = {
        actor: by.name,
        action: `artifact.${decision}`,
        subject: `artifact:${artifact}`,
        detail: { was: row.was, reason },
      };
      await this.#written(transaction, row, { state, record, isRejection: decision === 'rejected' });
    });
  }

  /** The end of a decision's transaction: verdicts of intakes follow it, with what is said of them. */
  async #written(
    transaction: Transaction,
    { intake }: { readonly intake: string },
    { state, record, isRejection }: { state: FleetEvent; record: AuditRecord; isRejection: boolean },
  ): Promise<void> {
    const followed = await followFiles(transaction, [intake], { revision: isRejection });
    const ended = followed.map(({ intake: id, verdict }) => ({ kind: 'intake.done' as const, intake: id, verdict }));
    await emit(transaction, this.#queue, [state, ...ended]);
    await appendAudit(transaction, [record, ...followedRecords(record.actor, followed)]);
  }

  async #why(db: Queries, artifact: string, message: string): Promise<RefusedError> {
    const { rows } = await db.query<{ state: string }>('SELECT state FROM artifacts WHERE id = $1', [artifact]);
    const [row] = rows;
    if (row === undefined) return new RefusedError(404, 'not-found', 'there is no such artifact');
    return new RefusedError(409, 'not-ready', `the artifact is ${row.state}: ${message}`);
  }
}

const RETESTED: readonly ArtifactState[] = ['passed', 'failed', 'incomplete'];
const DECIDED: readonly ArtifactState[] = ['promoted', 'rejected'];
const UNSAFE: readonly ArtifactState[] = ['failed', 'incomplete'];

/** The last part of a name, as it is shown; it names no file of ours. */
function checkedName(name: string): string {
  const path = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  if (path === '' || path === '.' || path === '..' || path.length > MAX_UPLOAD_NAME || /\p{Cc}/u.test(path))
    throw new RefusedError(400, 'name', `a name has 1 to ${MAX_UPLOAD_NAME} characters and no control characters`);
  return path;
}

const hostsShape = z.array(z.string());

/** Hosts that the administrator lets be asked although they are not public. */
export async function allowedHosts(db: Queries): Promise<readonly string[]> {
  const value = await setting(db, 'allowedHosts');
  return value === null ? [] : hostsShape.parse(value);
}

async function uploadLimit(db: Queries): Promise<number> {
  const value = await setting(db, 'maxUploadBytes');
  return value === null ? MAX_UPLOAD_BYTES : z.int().positive().parse(value);
}
