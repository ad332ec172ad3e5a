import { inOrder } from '../model/order.js';
import { shortText } from '../model/short-text.js';
import { isRecord } from '../model/record.js';
import { SourceError } from '../model/source-error.js';
import { RangeSource } from '../range-source.js';
import type { Source, SourceContext, SourceEntry, SourceProblem } from '../source.js';
import { inputOf } from '../source-input.js';
import { endpointOf, hubName, parseHubAddress, type HubAddress } from './address.js';
import { badAnswer, HubApi } from './api.js';
import { isRefused, type ListedFile, type ListedItem } from './entries.js';
import { HubFile } from './file.js';
import { listFiles } from './listing.js';
import { hubToken, isOn } from './token.js';
import { verdictNotes } from './verdicts.js';

/** `hf://…` */
export async function openHub(address: string, context: SourceContext): Promise<Source> {
  return openHubAt(address, parseHubAddress(address), context);
}

/** A repository of the Hub: asks which commit its revision is. */
export async function openHubAt(name: string, address: HubAddress, context: SourceContext): Promise<Source> {
  const { variable, signal } = context;
  if (isOn(variable('HF_HUB_OFFLINE')))
    throw new SourceError(
      'offline',
      `${name}: HF_HUB_OFFLINE is set, so nothing is asked of the Hub; hf-cache: reads its cache`,
    );
  const api = new HubApi(context, endpointOf(variable), hubToken(context));
  const revision = address.revision ?? 'main';
  const asked = api.asked(address);
  const { value } = await api.json({ url: api.apiUrl(address, ['revision', revision]), signal }, asked);
  if (!isRecord(value)) throw badAnswer(asked, 'no repository');
  const { sha, id, disabled } = value;
  if (disabled === true)
    throw new SourceError('disabled', `${asked.repository} is disabled: the Hub gives no access to it`);
  if (typeof sha !== 'string' || !/^[0-9a-f]{40,64}$/.test(sha)) throw badAnswer(asked, `no commit for ${revision}`);
  const renamed = renamedTo(address, id);
  const pinned = { ...address, repository: renamed ?? address.repository, revision: sha };
  const notes = renamed === null ? [] : [`${address.repository} is called ${renamed} now: the Hub redirects to it.`];
  return new HubSource(name, api, pinned, sha, notes);
}

/** The name that the Hub redirected to; null where it is that of the address. */
function renamedTo({ kind, repository }: HubAddress, id: unknown): string | null {
  if (typeof id !== 'string' || id.toLowerCase() === repository.toLowerCase()) return null;
  const prefix = kind === 'models' ? '' : `${kind}/`;
  try {
    return parseHubAddress(`hf://${prefix}${id}`).repository;
  } catch (error) {
    if (error instanceof SourceError)
      throw new SourceError('bad-answer', `${repository}: the Hub calls it ${shortText(id)}`);
    throw error;
  }
}

class HubSource implements Source {
  readonly name: string;
  readonly pinned: string;
  readonly #api: HubApi;
  readonly #address: HubAddress;
  readonly #commit: string;
  readonly #notes: string[];

  constructor(name: string, api: HubApi, address: HubAddress, commit: string, notes: string[]) {
    this.name = name;
    this.pinned = hubName(address, commit, address.path);
    this.#api = api;
    this.#address = address;
    this.#commit = commit;
    this.#notes = notes;
  }

  get notes(): readonly string[] {
    return this.#notes;
  }

  async *list(signal: AbortSignal): AsyncGenerator<SourceEntry | SourceProblem> {
    const { items, problem } = await listFiles(this.#api, this.#address, signal);
    const files = items.filter((item): item is ListedFile => !isRefused(item));
    for (const note of await verdictNotes(this.#api, this.#address, files, signal)) this.#notes.push(note);
    for (const item of inOrder(items)) yield this.#entry(item);
    if (problem !== null) throw problem;
  }

  #entry(item: ListedItem): SourceEntry | SourceProblem {
    const name = hubName(this.#address, this.#commit, item.path);
    if (isRefused(item)) return { kind: 'problem', name, reason: item.reason };
    const { path, size, sha256 } = item;
    return { kind: 'file', name, path, size, sha256, open: (signal) => this.#open(name, item, signal) };
  }

  #open(name: string, file: ListedFile, signal: AbortSignal): ReturnType<SourceEntry['open']> {
    const origin = new HubFile(this.#api, this.#address, this.#commit, file);
    return inputOf(
      name,
      () => new RangeSource(origin, { size: file.size, spooling: this.#api.spooling, signal }),
      () => origin.claimedSha256,
    );
  }
}
