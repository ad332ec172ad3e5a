import type { Identity } from './identity.js';
import type { Location } from './location.js';

/** What a template does that an honest chat template has no need of. Plain data. */
export interface TemplateUse {
  readonly kind: TemplateUseKind;
  /** The name that is reached, called or loaded, as far as it is known. */
  readonly name: string | null;
  readonly certainty: Certainty;
  /** UTF-16 units from the beginning of the template. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
}

export type TemplateUseKind =
  /** An attribute that leads into the interpreter: `__class__`, `f_globals`. */
  | 'internal-attribute'
  /** An attribute or key with one underscore in front: private, and refused by the sandbox. */
  | 'underscore-attribute'
  /** An attribute whose name the template puts together, in a manner that is not followed. */
  | 'computed-attribute'
  /** `str.format`, `format_map`: fields read attributes where the sandbox does not see it. */
  | 'format-fields'
  /** `include`, `import`, `from`, `extends`. */
  | 'template-loading'
  /** An object of an application: `config`, `request`, `self`, `lipsum`. */
  | 'application-object'
  /** A function, filter, test or method that no renderer of chat templates is known to give. */
  | 'unknown-call'
  /** A loop or a text so long that rendering may not end. */
  | 'long-rendering'
  /** A key or index that comes from the data that are rendered, as they are. Ordinary. */
  | 'input-name';

/**
 * `written`: it stands there. `derived`: texts of the template give it when they are put together. `open`: it cannot be
 * excluded.
 */
export type Certainty = 'written' | 'derived' | 'open';

/** Why a template was not read to its end. */
export interface TemplateProblem {
  readonly message: string;
  /** A limit of ours was reached; otherwise Jinja2 refuses the template too. */
  readonly limit: boolean;
  readonly offset: number;
  readonly line: number;
}

/** What a template says. With a problem the uses are empty: nothing was judged. */
export interface TemplateReport {
  readonly uses: readonly TemplateUse[];
  /** Uses beyond those that are listed. */
  readonly moreUses: number;
  readonly problem: TemplateProblem | null;
}

/** A chat template that lies in an artifact. */
export interface ChatTemplateFact {
  readonly kind: 'template.chat';
  /** Offset of its text in the member. */
  readonly at: Location;
  /** Under which name the artifact has it: `tokenizer.chat_template`. */
  readonly key: string;
  readonly report: TemplateReport;
  /** What is behind the fact, exactly: the bytes of the template. */
  readonly identity?: Identity;
}
