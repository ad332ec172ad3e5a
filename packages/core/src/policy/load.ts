import { refuseUserEntry } from '../catalogue/classify.js';
import { UsageError } from '../model/errors.js';
import type { AcceptEntry, AllowEntry, Policy, PolicyPart } from '../model/policy.js';
import type { Category } from '../model/rule.js';
import type { SafetyLevel } from '../model/severity.js';
import { DEFAULT_POLICY } from './defaults.js';
import { explainIssue } from './issue.js';
import { POLICY_KEYS, policyDocument, type PolicyDocument } from './schema.js';
import { parseThreshold } from './threshold.js';
import { parseDocuments, type PositionedDocument } from './yaml-document.js';

type PartKeys = Pick<PolicyDocument, 'owner' | 'fail_on' | 'ticket_on' | 'retest'>;

/** Reads a policy file. Whatever is not understood is a PolicyError with line and column; nothing is guessed. */
export function loadPolicy(text: string, file: string): Policy {
  const draft = new Draft(file);
  for (const document of parseDocuments(text, file)) {
    if (!document.empty) draft.add(document, validate(document));
  }
  return draft.policy();
}

function validate(document: PositionedDocument): PolicyDocument {
  const value = document.toValue();
  const result = policyDocument.safeParse(value);
  if (result.success) return result.data;
  const explained = result.error.issues.map((issue) => explainIssue(issue, document, POLICY_KEYS, value));
  explained.sort((a, b) => a.offset - b.offset);
  const first = explained[0];
  throw document.errorAt(first?.offset ?? 0, first?.message ?? 'not a policy');
}

function partOf(source: PartKeys): PolicyPart {
  return {
    ...(source.owner === undefined ? {} : { owner: source.owner }),
    ...(source.fail_on === undefined ? {} : { failOn: source.fail_on }),
    ...(source.ticket_on === undefined ? {} : { ticketOn: source.ticket_on }),
    ...(source.retest === undefined ? {} : { retest: source.retest }),
  };
}

/** Gathers the documents. What is said twice is an error: no document silently outranks another one. */
class Draft {
  readonly #file: string;
  #defaults: PolicyPart | undefined;
  readonly #categories: Partial<Record<Category, PolicyPart>> = {};
  readonly #rules: Record<string, PolicyPart> = {};
  #maximum: SafetyLevel | undefined;
  readonly #allow: AllowEntry[] = [];
  readonly #accept: AcceptEntry[] = [];
  readonly #allowed = new Set<string>();
  readonly #accepted = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  add(document: PositionedDocument, data: PolicyDocument): void {
    this.#addScope(document, data);
    for (const [id, part] of Object.entries(data.rules ?? {})) {
      if (part === undefined) continue;
      if (Object.hasOwn(this.#rules, id)) {
        throw document.errorAt(document.offsetOfKey(['rules'], id), `an earlier document already speaks about ${id}`);
      }
      this.#rules[id] = partOf(part);
    }
    if (data.max_acceptable_severity !== undefined) {
      if (this.#maximum !== undefined) {
        throw document.errorAt(
          document.offsetOfKey([], 'max_acceptable_severity'),
          'an earlier document already sets max_acceptable_severity, which holds for every category',
        );
      }
      this.#maximum = parseThreshold(data.max_acceptable_severity);
    }
    this.#addAllow(document, data);
    this.#addAccept(document, data);
  }

  #addScope(document: PositionedDocument, data: PolicyDocument): void {
    const part = partOf(data);
    if (data.category === undefined) {
      if (Object.keys(part).length === 0) return;
      if (this.#defaults !== undefined) {
        throw document.errorAt(document.offsetOf([]), 'an earlier document already speaks about every category');
      }
      this.#defaults = part;
      return;
    }
    const category = data.category as Category;
    if (this.#categories[category] !== undefined) {
      throw document.errorAt(
        document.offsetOf(['category']),
        `an earlier document already speaks about category ${category}`,
      );
    }
    this.#categories[category] = part;
  }

  #addAllow(document: PositionedDocument, data: PolicyDocument): void {
    data.allow?.forEach((item, index) => {
      const path = ['allow', index, 'entry'];
      const refusal = refuseUserEntry(item.entry);
      if (refusal !== null)
        throw document.errorAt(document.offsetOf(path), `allow entry "${item.entry}" is refused: ${refusal}`);
      if (this.#allowed.has(item.entry)) {
        throw document.errorAt(document.offsetOf(path), `allow entry "${item.entry}" stands here twice`);
      }
      this.#allowed.add(item.entry);
      this.#allow.push({
        entry: item.entry,
        why: item.why,
        expires: item.expires ?? null,
        origin: this.#origin(document, path),
      });
    });
  }

  #addAccept(document: PositionedDocument, data: PolicyDocument): void {
    data.accept?.forEach((item, index) => {
      const path = ['accept', index, 'fingerprint'];
      if (this.#accepted.has(item.fingerprint)) {
        throw document.errorAt(document.offsetOf(path), `fingerprint ${item.fingerprint} is accepted twice`);
      }
      this.#accepted.add(item.fingerprint);
      this.#accept.push({ ...item, origin: this.#origin(document, path) });
    });
  }

  #origin(document: PositionedDocument, path: readonly PropertyKey[]): string {
    return `${this.#file}:${document.lineOf(path)}`;
  }

  policy(): Policy {
    return {
      file: this.#file,
      defaults: this.#defaults ?? {},
      categories: this.#categories,
      rules: this.#rules,
      maxAcceptableSeverity: this.#maximum ?? DEFAULT_POLICY.maxAcceptableSeverity,
      allow: this.#allow,
      accept: this.#accept,
    };
  }
}

/** An entry of `--also-allow`, held to the same rules as one of a policy. */
export function userAllowEntry(entry: string): AllowEntry {
  const refusal = refuseUserEntry(entry);
  if (refusal !== null) throw new UsageError(`--also-allow "${entry}" is refused: ${refusal}`);
  return { entry, why: null, expires: null, origin: '--also-allow' };
}
