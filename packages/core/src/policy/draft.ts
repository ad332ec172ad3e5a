import { refuseUserEntry } from '../catalogue/classify.js';
import type { PolicyError } from '../model/errors.js';
import type { AcceptEntry, AllowEntry, PathThreshold, Policy, PolicyPart } from '../model/policy.js';
import type { Category } from '../model/rule.js';
import type { SafetyLevel } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import { DEFAULT_POLICY } from './defaults.js';
import { refuseGlob } from './glob-syntax.js';
import type { PolicyDocument } from './schema.js';
import { parseThreshold } from './threshold.js';
import type { PositionedDocument } from './yaml-document.js';
import { MAX_GLOBS } from '../model/limits.js';

const PART_KEYS = ['owner', 'fail_on', 'ticket_on', 'reach', 'retest'] as const;
type PartKeys = Pick<PolicyDocument, (typeof PART_KEYS)[number]>;

function limitsOf(reach: NonNullable<PartKeys['reach']>): NonNullable<PolicyPart['reach']> {
  return Object.fromEntries(Object.entries(reach).filter(([, action]) => action !== undefined));
}

function partOf(source: PartKeys): PolicyPart {
  return {
    ...(source.owner === undefined ? {} : { owner: source.owner }),
    ...(source.fail_on === undefined ? {} : { failOn: source.fail_on }),
    ...(source.ticket_on === undefined ? {} : { ticketOn: source.ticket_on }),
    ...(source.reach === undefined ? {} : { reach: limitsOf(source.reach) }),
    ...(source.retest === undefined ? {} : { retest: source.retest }),
  };
}

/** Gathers the documents. What is said twice is an error: no document silently outranks another one. */
export class Draft {
  readonly problems: PolicyError[] = [];
  readonly #file: string;
  readonly #folder: string | null;
  #defaults: PolicyPart | undefined;
  readonly #categories: Partial<Record<Category, PolicyPart>> = {};
  readonly #rules: Record<string, PolicyPart> = {};
  #maximum: SafetyLevel | undefined;
  readonly #paths: PathThreshold[] = [];
  #globs = 0;
  readonly #allow: AllowEntry[] = [];
  readonly #accept: AcceptEntry[] = [];
  #sourceComments: readonly string[] = [];
  /** Where each thing that may be said once is said. */
  readonly #said = new Map<string, string>();
  readonly #origins: Record<string, string> = {};

  constructor(file: string, folder: string | null) {
    this.#file = file;
    this.#folder = folder;
  }

  add(document: PositionedDocument, data: PolicyDocument): void {
    this.#addScope(document, data);
    this.#addRules(document, data);
    if (data.max_acceptable_severity !== undefined) {
      const key = 'max_acceptable_severity';
      const at = document.offsetOfKey([], key);
      const holds = `${key}, which holds for every category`;
      if (this.#first(key, document, at, (earlier) => `an earlier document (${earlier}) already sets ${holds}`)) {
        this.#maximum = parseThreshold(data.max_acceptable_severity);
        this.#origins[key] = this.#origin(document, at);
      }
    }
    this.#addPaths(document, data);
    this.#addAllow(document, data);
    this.#addAccept(document, data);
    this.#addSourceComments(document, data);
  }

  #origin(document: PositionedDocument, offset: number): string {
    return `${this.#file}:${document.lineAt(offset)}`;
  }

  #refuse(document: PositionedDocument, offset: number, message: string): void {
    this.problems.push(document.errorAt(offset, message));
  }

  /** False, with a problem noted, where the same was said before. */
  #first(what: string, document: PositionedDocument, offset: number, complaint: (earlier: string) => string): boolean {
    const earlier = this.#said.get(what);
    if (earlier === undefined) {
      this.#said.set(what, `line ${document.lineAt(offset)}`);
      return true;
    }
    this.#refuse(document, offset, complaint(earlier));
    return false;
  }

  #note(document: PositionedDocument, path: readonly string[], scope: string, part: PartKeys): void {
    for (const key of PART_KEYS)
      if (part[key] !== undefined) this.#origins[scope + key] = this.#origin(document, document.offsetOfKey(path, key));
  }

  #addScope(document: PositionedDocument, data: PolicyDocument): void {
    const part = partOf(data);
    if (data.category === undefined) {
      const [key] = PART_KEYS.filter((name) => data[name] !== undefined);
      if (key === undefined) return;
      const at = document.offsetOfKey([], key);
      const complaint = (earlier: string): string =>
        `an earlier document (${earlier}) already speaks about every category`;
      if (!this.#first('every category', document, at, complaint)) return;
      this.#defaults = part;
      this.#note(document, [], '', data);
      return;
    }
    const category = data.category as Category;
    const complaint = (earlier: string): string =>
      `an earlier document (${earlier}) already speaks about category ${category}`;
    if (!this.#first(category, document, document.offsetOf(['category']), complaint)) return;
    this.#categories[category] = part;
    this.#note(document, [], `${category}.`, data);
  }

  #addRules(document: PositionedDocument, data: PolicyDocument): void {
    for (const [id, part] of Object.entries(data.rules ?? {})) {
      if (part === undefined) continue;
      const at = document.offsetOfKey(['rules'], id);
      const own = RULES.find((rule) => rule.meta.id === id)?.meta.category;
      if (data.category !== undefined && own !== data.category) {
        this.#refuse(
          document,
          at,
          `${id} is a rule of category ${own ?? ''}, and this document is about ${data.category}`,
        );
      } else if (
        this.#first(id, document, at, (earlier) => `an earlier document (${earlier}) already speaks about ${id}`)
      ) {
        this.#rules[id] = partOf(part);
        this.#note(document, ['rules', id], `${id}.`, part);
      }
    }
  }

  #checkGlobs(document: PositionedDocument, path: readonly (string | number)[], globs: readonly string[]): void {
    for (const [index, glob] of globs.entries()) {
      const at = document.offsetOf([...path, index]);
      const refusal = refuseGlob(glob);
      if (refusal !== null) this.#refuse(document, at, `the glob "${glob}" is refused: ${refusal}`);
      this.#globs += 1;
      if (this.#globs === MAX_GLOBS + 1) this.#refuse(document, at, `more than ${MAX_GLOBS} globs`);
    }
    if (globs.every((glob) => glob.startsWith('!')))
      this.#refuse(document, document.offsetOf(path), 'only globs that take artifacts out: nothing is named');
  }

  #addSourceComments(document: PositionedDocument, { source_comments: given }: PolicyDocument): void {
    if (given === undefined) return;
    const key = 'source_comments';
    const at = document.offsetOfKey([], key);
    const complaint = (earlier: string): string =>
      `an earlier document (${earlier}) already sets ${key}, which holds for every category`;
    if (!this.#first(key, document, at, complaint)) return;
    this.#checkGlobs(document, [key, 'accept'], given.accept);
    this.#sourceComments = given.accept;
    this.#origins[key] = this.#origin(document, at);
  }

  #addPaths(document: PositionedDocument, data: PolicyDocument): void {
    data.paths?.forEach((item, index) => {
      this.#checkGlobs(document, ['paths', index, 'match'], item.match);
      this.#paths.push({
        match: item.match,
        maxAcceptableSeverity: parseThreshold(item.max_acceptable_severity),
        why: item.why ?? null,
        origin: this.#origin(document, document.offsetOf(['paths', index])),
      });
    });
  }

  #addAllow(document: PositionedDocument, data: PolicyDocument): void {
    data.allow?.forEach((item, index) => {
      const at = document.offsetOf(['allow', index, 'entry']);
      const refusal = refuseUserEntry(item.entry);
      if (refusal !== null) {
        this.#refuse(document, at, `allow entry "${item.entry}" is refused: ${refusal}`);
        return;
      }
      const sha256 = item.sha256?.toLowerCase() ?? null;
      const what = `allow ${item.entry} ${item.role ?? 'bare'} ${sha256 ?? ''}`;
      const pinned = sha256 === null ? '' : ', pinned to the same artifact';
      const complaint = (earlier: string): string =>
        `allow entry "${item.entry}" stands here twice (${earlier})${pinned}; keep the one that holds`;
      if (!this.#first(what, document, at, complaint)) return;
      this.#allow.push({
        entry: item.entry,
        role: item.role ?? 'bare',
        why: item.why,
        owner: item.owner ?? null,
        expires: item.expires ?? null,
        sha256,
        origin: this.#origin(document, at),
      });
    });
  }

  #addAccept(document: PositionedDocument, data: PolicyDocument): void {
    data.accept?.forEach((item, index) => {
      const at = document.offsetOf(['accept', index, 'fingerprint']);
      const sha256 = item.sha256?.toLowerCase() ?? null;
      const pinned = sha256 === null ? '' : ', pinned to the same artifact';
      const complaint = (earlier: string): string =>
        `fingerprint ${item.fingerprint} is accepted twice (${earlier})${pinned}; keep the one that holds`;
      if (!this.#first(`accept ${item.fingerprint} ${sha256 ?? ''}`, document, at, complaint)) return;
      this.#accept.push({ ...item, sha256, origin: this.#origin(document, at) });
    });
  }

  policy(): Policy {
    return {
      file: this.#file,
      folder: this.#folder,
      defaults: this.#defaults ?? {},
      categories: this.#categories,
      rules: this.#rules,
      maxAcceptableSeverity: this.#maximum ?? DEFAULT_POLICY.maxAcceptableSeverity,
      paths: this.#paths,
      allow: this.#allow,
      accept: this.#accept,
      sourceComments: this.#sourceComments,
      tightenedBy: [],
      origins: this.#origins,
    };
  }
}
