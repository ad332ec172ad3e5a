import { Command } from 'commander';
import { expect, test } from 'vitest';
import { EXIT_HELP, type Outcome } from '../exit-code.js';
import { addAllowCommand } from './allow.js';
import { addArtifactCommand } from './artifact.js';
import { addAttestCommands } from './attest.js';
import { addBatchCommand } from './batch.js';
import { addExplainCommand } from './explain.js';
import { addFetchCommand } from './fetch.js';
import { addGateCommand } from './gate.js';
import { addInitCommand } from './init.js';
import { addPolicyCommand } from './policy.js';
import { addReportCommand } from './report.js';
import { addRetestCommand } from './retest.js';
import { addRulesCommand } from './rules.js';
import { addServeCommand } from './serve.js';
import { addTraceCommand } from './trace.js';
import { addWorkerCommand } from './worker.js';

const ADD = [
  addAllowCommand,
  addArtifactCommand,
  addAttestCommands,
  addBatchCommand,
  addExplainCommand,
  addFetchCommand,
  addGateCommand,
  addInitCommand,
  addPolicyCommand,
  addReportCommand,
  addRetestCommand,
  addRulesCommand,
  addServeCommand,
  addTraceCommand,
  addWorkerCommand,
] as const;

/** The help of every command, and of the commands within it, by its words. */
function helps(): Map<string, string> {
  const program = new Command('sentinel');
  const outcome: Outcome = { code: 0 };
  for (const add of ADD) add(program, outcome);
  const found = new Map<string, string>();
  const open = program.commands.map((command) => ({ command, path: command.name() }));
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { command, path } = next;
    let text = '';
    command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
    found.set(path, text);
    for (const inner of command.commands) open.push({ command: inner, path: `${path} ${inner.name()}` });
  }
  return found;
}

test('the help of every command is text, with an example of it', () => {
  for (const [path, text] of helps()) {
    expect(text, path).not.toMatch(/NaN|undefined|\[object/);
    expect(text, path).toContain(`Usage: sentinel ${path} `);
    if (!path.startsWith('policy') && !path.startsWith('allow')) expect(text, path).toContain(`\n  sentinel ${path}`);
  }
});

test.each([
  ['artifact', 'What is read:'],
  ['fetch', 'What happens, in this order:'],
])('the help of %s says what its exit codes mean, behind its own words', (path, words) => {
  const text = helps().get(path) ?? '';
  expect(text).toContain(`\n${words}\n`);
  expect(text.indexOf(EXIT_HELP)).toBeGreaterThan(text.indexOf(words));
});
