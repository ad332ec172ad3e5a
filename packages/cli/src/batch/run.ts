import {
  asksForRepositories,
  EVERY_ARTIFACT,
  escapeText,
  judge,
  notCollected,
  pinnedNames,
  plural,
  selectRules,
  sourceFactsFor,
  type Turn,
} from '@artifact-sentinel/core/internal';
import { nodePlatform } from '@artifact-sentinel/core/node/internal';
import { Slots, type SourceContext } from '@artifact-sentinel/sources';
import { policyOf } from '../artifact/run.js';
import { retestTarget } from '../artifact/retest-target.js';
import { turnsOf } from '../artifact/turns.js';
import { only, watched } from '../artifact/watched.js';
import { commandLine } from '../command-line.js';
import { EXIT } from '../exit-code.js';
import { MOST_LOST_RUNS, REMOTE_AT_ONCE } from '../limits.js';
import { isAddress, shownAddress } from '../sources/address.js';
import { contextOf, spoolingOf } from '../sources/remote-turns.js';
import { writeError } from '../streams.js';
import { VERSION } from '../version.js';
import { Journal } from './journal.js';
import { readList, type Item } from './list.js';
import type { BatchOptions } from './options.js';
import { Gathered, madeWith, recordOf, type NewRecord } from './record.js';

/** `sentinel batch`: a record for every line of one shard of a list. The exit code says whether all are there, not what they say. */
export async function runBatch(options: BatchOptions): Promise<number> {
  const { shard = { number: 1, of: 1 }, from, to } = options;
  const items = await readList(from, shard);
  const ending = new AbortController();
  const context = contextOf({ allowPrivate: options.allowPrivate === true, onLine: say }, ending.signal);
  try {
    const scanner = await Scanner.of(options, context);
    const journal = await Journal.open(to, shard, scanner.made);
    const left = items.filter(({ id }) => !journal.isDone(id));
    await eachOf(left, async (item) => {
      const lost = journal.lostRuns(item.id);
      journal.begin(item);
      journal.add(lost < MOST_LOST_RUNS ? await scanner.scan(item) : await scanner.given(item, lost));
    });
    await journal.finish(items);
    if (options.quiet !== true) {
      const before = items.length - left.length;
      const earlier = before === 0 ? '' : `, ${before} of them from earlier runs`;
      say(
        `shard ${shard.number} of ${shard.of}: ${plural(items.length, 'record')}${earlier}; written to ${journal.file}`,
      );
    }
    return EXIT.pass;
  } finally {
    context.client.close();
  }
}

/** Files one after the other, for a file keeps the processor busy; remote sources several at a time, for they wait. */
async function eachOf(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const isRemote = ({ source }: Item): boolean => isAddress(source);
  for (const item of items.filter((one) => !isRemote(one))) await work(item);
  const slots = new Slots(REMOTE_AT_ONCE);
  const running = new Set<Promise<void>>();
  for (const item of items.filter(isRemote)) {
    const release = await slots.take('');
    const scanning = work(item).finally(() => {
      running.delete(scanning);
      release();
    });
    running.add(scanning);
  }
  await Promise.all(running);
}

/** Scans one source after the other with the same settings. No policy is searched for: machines would find different ones. */
class Scanner {
  readonly made: NewRecord['made'];
  readonly #options: BatchOptions;
  readonly #context: SourceContext;
  readonly #policies: Awaited<ReturnType<typeof policyOf>>;
  readonly #rules: ReturnType<typeof selectRules>;
  readonly #today = new Date().toISOString().slice(0, 10);

  private constructor(options: BatchOptions, context: SourceContext, policies: Awaited<ReturnType<typeof policyOf>>) {
    this.#options = options;
    this.#context = context;
    this.#policies = policies;
    this.#rules = selectRules(options.rule ?? []);
    this.made = madeWith(options, policies.files[0]?.sha256 ?? null);
  }

  static async of(options: BatchOptions, context: SourceContext): Promise<Scanner> {
    return new Scanner(options, context, await policyOf([], options));
  }

  /** What is in a source. */
  scan(item: Item): Promise<NewRecord> {
    const { timeout, followLinks, offline, allowPrivate, thorough, hash, maxDownload } = this.#options;
    const { source } = item;
    const asked = pinnedNames(this.#policies.policy, this.#today);
    // A hash of a remote file costs its download.
    const isHashed = hash === 'all' || (hash === undefined && !isAddress(source));
    let pinned: string | null = null;
    const notes: string[] = [];
    const turns = turnsOf([source], {
      jobs: 1,
      collecting: {
        limits: timeout === undefined ? {} : { artifactMs: timeout * 1000 },
        runDeadline: null,
        digests: true,
        identities: false,
        hashWhere: isHashed ? [...asked, EVERY_ARTIFACT] : asked,
        sources: sourceFactsFor(this.#rules),
        repositories: asksForRepositories(this.#rules),
      },
      followLinks: followLinks === true,
      remote: {
        // The connections are those of the run; what is noted belongs to the record.
        context: { ...this.#context, spooling: spoolingOf({ maxDownload, notes, onLine: say }) },
        allowPrivate: allowPrivate === true,
        offline: offline === true,
        thorough: thorough === true,
        hash,
        maxDownload,
        notes,
        onPinned: (_address, address) => {
          pinned = address;
        },
        onLine: say,
      },
    });
    return this.#judged(item, turns, () => pinned, notes);
  }

  /** A source in whose scan earlier runs ended. */
  given(item: Item, runs: number): Promise<NewRecord> {
    const path = shownAddress(item.source);
    const reason = `${runs} runs ended while it was scanned; it is not tried again`;
    const found = notCollected(path, 0, { cause: 'limit', reason });
    return this.#judged(item, only(found), () => null, []);
  }

  async #judged(
    item: Item,
    turns: AsyncIterable<Turn>,
    pinned: () => string | null,
    notes: readonly string[],
  ): Promise<NewRecord> {
    const { policy, policyPaths } = this.#policies;
    const gathered = new Gathered();
    const report = await judge(watched(turns, gathered.add), {
      command: commandLine(),
      version: VERSION,
      policy,
      policyPaths,
      rules: this.#rules,
      retestTarget: retestTarget([item.source], this.#policies),
      platform: nodePlatform,
      today: this.#today,
    });
    return recordOf(item, this.made, pinned(), { ...report, notes: [...notes, ...report.notes] }, gathered);
  }
}

function say(line: string): void {
  writeError(`sentinel: ${escapeText(line)}`);
}
