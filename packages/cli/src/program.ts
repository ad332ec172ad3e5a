import { Command, CommanderError } from 'commander';
import { addAllowCommand } from './commands/allow.js';
import { addArtifactCommand } from './commands/artifact.js';
import { addAttestCommands } from './commands/attest.js';
import { addBatchCommand } from './commands/batch.js';
import { addCompletionCommand } from './commands/completion.js';
import { addExplainCommand } from './commands/explain.js';
import { addFetchCommand } from './commands/fetch.js';
import { addGateCommand } from './commands/gate.js';
import { addInitCommand } from './commands/init.js';
import { addPolicyCommand } from './commands/policy.js';
import { addReportCommand } from './commands/report.js';
import { addRetestCommand } from './commands/retest.js';
import { addRulesCommand } from './commands/rules.js';
import { addServeCommand } from './commands/serve.js';
import { addTraceCommand } from './commands/trace.js';
import { addWorkerCommand } from './commands/worker.js';
import { shownArguments } from './command-line.js';
import { withCommand } from './default-command.js';
import { EXIT, EXIT_HELP, type Outcome } from './exit-code.js';
import { writeError, writeOut } from './streams.js';
import { VERSION } from './version.js';

const AFTER = `
Without a command, a path is scanned: sentinel model.pt and sentinel ./models/
are sentinel artifact model.pt and sentinel artifact ./models/. A word that is
the name of a command is always that command: a folder called trace is ./trace.
Scripts should write sentinel artifact, and -- before names from elsewhere.
`;

type AddCommand = (program: Command, outcome: Outcome) => void;

/** Completes all commands, and not only the one that is set up. */
function addCompletion(program: Command, outcome: Outcome): void {
  addCompletionCommand(program, () => {
    const whole = new Command('sentinel').version(VERSION, '-V, --version').helpCommand(false);
    for (const add of COMMANDS.values()) add(whole, outcome);
    return whole;
  });
}

/** In the order in which the help lists them. */
const COMMANDS: ReadonlyMap<string, AddCommand> = new Map<string, AddCommand>([
  ['artifact', addArtifactCommand],
  ['fetch', addFetchCommand],
  ['batch', addBatchCommand],
  ['retest', addRetestCommand],
  ['report', addReportCommand],
  ['attest', addAttestCommands],
  ['rules', addRulesCommand],
  ['explain', addExplainCommand],
  ['trace', addTraceCommand],
  ['allow', addAllowCommand],
  ['init', addInitCommand],
  ['gate', addGateCommand],
  ['serve', addServeCommand],
  ['worker', addWorkerCommand],
  ['policy', addPolicyCommand],
  ['completion', addCompletion],
]);

/** An argument, or the value of an option. */
function isMissing(problem: string): boolean {
  return problem.startsWith('missing required argument') || /^option .* argument missing$/.test(problem);
}

/** The first example of the help of the command that was called. */
function exampleOf(program: Command, words: readonly string[]): string {
  let command = program;
  let name = '  sentinel';
  for (const word of words) {
    const next = command.commands.find((known) => known.name() === word);
    if (next === undefined) break;
    command = next;
    name += ` ${word}`;
  }
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  const example = help.split('\n').find((line) => line.startsWith(`${name} `));
  // A remark stands behind an example.
  return example === undefined ? '' : `, as in: ${example.trim().split(/ {2,}/, 1)[0] ?? ''}`;
}

/** Where the first argument is a command, only that one is set up: a short scan takes no longer than all of them do. */
function createProgram(outcome: Outcome, words: readonly string[]): Command {
  const program = new Command('sentinel');
  program
    .description('Says what an ML artifact would import and call, without executing a byte of it.')
    .version(VERSION, '-V, --version')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError(true)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void writeOut(text),
      writeErr: writeError,
      // One line: commander appends to it, and a suggestion comes on a line of its own otherwise.
      outputError: (text, write) => {
        const problem = text
          .replace(/^error: /, '')
          .trim()
          .replace(/\s*\n\s*/g, ' ');
        write(`sentinel: ${problem}${isMissing(problem) ? exampleOf(program, words) : ''}\n`);
      },
    })
    .addHelpText(
      'before',
      `Examples:
  sentinel model.pt                     can I load this file?
  sentinel artifact ./models/ --rule PICKLE
  sentinel retest report.json           is what it found gone?
  sentinel explain PICKLE-EXEC          what a rule means and how to fix it
  sentinel trace model.pkl              what loading it would do, step by step
`,
    )
    .addHelpText('after', AFTER + EXIT_HELP);
  const only = COMMANDS.get(words[0] ?? '');
  for (const add of only === undefined ? COMMANDS.values() : [only]) add(program, outcome);
  return program;
}

const SHOWN_ON_REQUEST = new Set(['commander.helpDisplayed', 'commander.version']);

export async function runProgram(argv: readonly string[]): Promise<number> {
  const outcome: Outcome = { code: EXIT.pass };
  try {
    const words = withCommand(shownArguments(argv), COMMANDS);
    await createProgram(outcome, words).parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // `commander.help` is both "sentinel help artifact" and a missing command. Its own code for them is made of
    // `process.exitCode`, which is 2 while nothing is known (`main.ts`).
    return SHOWN_ON_REQUEST.has(error.code) || (error.code === 'commander.help' && argv.slice(2).includes('help'))
      ? EXIT.pass
      : EXIT.usage;
  }
  return outcome.code;
}
