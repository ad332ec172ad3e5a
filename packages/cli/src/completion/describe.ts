import { RULES } from '@artifact-sentinel/core';
import type { Command } from 'commander';

export interface DescribedOption {
  /** `-f`, without a value; null where there is none. */
  readonly short: string | null;
  /** `--format` */
  readonly long: string;
  readonly about: string;
  readonly takesValue: boolean;
  /** The words that it takes; empty: a file, or words that nobody can list. */
  readonly values: readonly string[];
}

export interface DescribedCommand {
  /** `allow check`; empty for the program itself. */
  readonly path: string;
  readonly about: string;
  readonly options: readonly DescribedOption[];
  /** Words that may stand for its arguments, beside files. */
  readonly words: readonly string[];
  /** Its arguments may be files. */
  readonly takesFiles: boolean;
}

/** Options whose values the catalogue has. */
const OF_RULES: ReadonlySet<string> = new Set(['--rule', '--rules']);
/** Commands whose arguments are rules. */
const RULE_COMMANDS: ReadonlySet<string> = new Set(['rules', 'explain']);

function ruleWords(): string[] {
  return [...new Set(RULES.map(({ meta }) => meta.category)), ...RULES.map(({ meta }) => meta.id)];
}

/** One line, without what a shell or a completion system acts on. */
function plain(text: string): string {
  return text.replace(/[^ -~]/g, ' ').replace(/['"\\`$[\]:]/g, '');
}

function optionsOf(command: Command, formats: readonly string[]): DescribedOption[] {
  const options = command.createHelp().visibleOptions(command);
  return options.flatMap(({ short, long, description, required, optional, variadic, argChoices }) => {
    if (long === undefined || long === null) return [];
    const listed = OF_RULES.has(long) ? ruleWords() : long === '--format' ? formats : [];
    return [
      {
        short: short ?? null,
        long,
        about: plain(description),
        takesValue: required || optional || variadic,
        values: argChoices ?? listed,
      },
    ];
  });
}

/** The formats that the description of `--format` begins with: `text, json, or NAME=FILE`. */
function formatsOf(command: Command): string[] {
  const option = command.options.find(({ long }) => long === '--format');
  const [list = ''] = (option?.description ?? '').split(/ \(|NAME=/);
  return [...list.matchAll(/[a-z]+/g)].map(([word]) => word).filter((word) => word !== 'or');
}

/** The program and its commands, the commands of commands too. */
export function describeCommands(program: Command): DescribedCommand[] {
  const found: DescribedCommand[] = [];
  const open: { readonly command: Command; readonly path: string }[] = [{ command: program, path: '' }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { command, path } = next;
    const inner = command.commands.filter((item) => item.name() !== 'help');
    const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
    found.push({
      path,
      about: plain(command.summary()),
      options: optionsOf(command, formatsOf(command)),
      words: [...inner.map((item) => item.name()), ...choices, ...(RULE_COMMANDS.has(path) ? ruleWords() : [])],
      takesFiles: path === '' || (command.registeredArguments.length > 0 && choices.length === 0 && path !== 'rules'),
    });
    for (const item of inner) open.push({ command: item, path: path === '' ? item.name() : `${path} ${item.name()}` });
  }
  // Without a command, a path is scanned.
  const scan = found.find(({ path }) => path === 'artifact')?.options ?? [];
  return found.map((item) => (item.path === '' ? { ...item, options: [...item.options, ...withoutHelp(scan)] } : item));
}

function withoutHelp(options: readonly DescribedOption[]): DescribedOption[] {
  return options.filter(({ long }) => long !== '--help');
}
