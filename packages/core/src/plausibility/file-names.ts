/* What names of files say of their contents, beside what formats are promised by them (`FormatModule.promises`). */

/** Names of model files that may be something else as well, so that bytes of another kind are no fault. */
export function isModelName(name: string): boolean {
  return /\.(?:bin|model|p)$/i.test(name);
}

/** A user loads a file of such a name with torch.load. */
export function isCheckpointName(name: string): boolean {
  return /\.(?:pt|pth|ckpt|bin)$/i.test(name);
}

/** Checkpoints and lines for Python's site module share it. */
export function isPathConfigurationName(name: string): boolean {
  return /\.pth$/i.test(name);
}

/** Text formats in which projects hide or carry artifacts: notebooks, scripts, configuration, documents. */
const TEXT_NAMES =
  /\.(?:ipynb|py|pyw|json|jsonl|ndjson|ya?ml|txt|md|rst|html?|xml|svg|js|mjs|ts|toml|cfg|ini|csv|tsv|sh|r|jl|env)$/i;

export function isTextName(name: string): boolean {
  return TEXT_NAMES.test(name);
}

/*
 * Names of files that hold lines of text. To an unpickler `cat`, `dog` looks up the global `at.dog`, and `cert-1.0/RECORD`
 * imports `ert-1`; nobody gives a file of such a name to one. What is not listed, and names a module, counts as a pickle.
 * `oracles/containers/words.py` has the same lists.
 */

/**
 * Beside the text formats in which pickles hide: labels and tokens, lists of words, identifiers and molecules, tables,
 * settings, style sheets, Stata's scripts, Fortran (a comment begins with `c`), what make reads.
 */
const EXTENSION =
  /\.(?:text|tsv|names|labels|classes|vocab|properties|conf|css|do|lst|list|dic|aff|ids|smi|smiles|f|for|f77|ftn|d|am|mk)$/i;

/** Labels and tokens, the papers of a project, the records of an installed package. */
const NO_EXTENSION =
  /^(?:labels|classes|categories|names|vocab|merges|tokens|words|readme|(?:.+[-_])?licen[cs]e|copying|notice|authors|contributors|changelog|changes|news|history|todo|thanks|install|manifest|sources|stopwords|makefile|dockerfile|installer|record)$/i;

/** One name of a class in each line. */
const JAVA_SERVICES = /(?:^|\/)META-INF\/services\/[^/]+$/;

/** Whether a file of this name holds lines of text that no loader takes for a pickle. */
export function isLinesOfText(name: string): boolean {
  return (
    isTextName(name) ||
    EXTENSION.test(name) ||
    NO_EXTENSION.test(name.slice(name.lastIndexOf('/') + 1)) ||
    JAVA_SERVICES.test(name)
  );
}
