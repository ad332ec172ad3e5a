import { Command, CommanderError } from 'commander';
import { addAllowCommand } from './commands/allow.js';
import { addArtifactCommand } from './commands/artifact.js';
import { addAttestCommands } from './commands/attest.js';
import { addExplainCommand } from './commands/explain.js';
import { addGateCommand } from './commands/gate.js';
import { addInitCommand } from './commands/init.js';
import { addPolicyCommand } from './commands/policy.js';
import { addRetestCommand } from './commands/retest.js';
import { addRulesCommand } from './commands/rules.js';
import { addTraceCommand } from './commands/trace.js';
import { EXIT, EXIT_HELP, type Outcome } from './exit-code.js';
import { writeError, writeOut } from './streams.js';
import { VERSION } from './version.js';

function createProgram(outcome: Outcome): Command {
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
      // One line, whatever commander appends: a suggestion comes on a line of its own otherwise.
      outputError: (text, write) =>
        write(
          `sentinel: ${text
            .replace(/^error: /, '')
            .trim()
            .replace(/\s*\n\s*/g, ' ')}\n`,
        ),
    })
    .addHelpText(
      'before',
      `Examples:
  sentinel artifact model.pt            can I load this file?
  sentinel artifact ./models/ --rule PICKLE
  sentinel retest report.json           is what it found gone?
  sentinel explain PICKLE-EXEC          what a rule means and how to fix it
  sentinel trace model.pkl              what loading it would do, step by step
`,
    )
    .addHelpText('after', EXIT_HELP);
  addArtifactCommand(program, outcome);
  addRetestCommand(program, outcome);
  addAttestCommands(program, outcome);
  addRulesCommand(program);
  addExplainCommand(program);
  addTraceCommand(program, outcome);
  addAllowCommand(program, outcome);
  addInitCommand(program);
  addGateCommand(program, outcome);
  addPolicyCommand(program, outcome);
  return program;
}

const SHOWN_ON_REQUEST = new Set(['commander.helpDisplayed', 'commander.version']);

export async function runProgram(argv: readonly string[]): Promise<number> {
  const outcome: Outcome = { code: EXIT.pass };
  try {
    await createProgram(outcome).parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // `commander.help` is both "sentinel help artifact" (0) and a missing command (1).
    return SHOWN_ON_REQUEST.has(error.code) || (error.code === 'commander.help' && error.exitCode === 0)
      ? EXIT.pass
      : EXIT.usage;
  }
  return outcome.code;
}
