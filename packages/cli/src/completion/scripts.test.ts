import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { describeCommands, type DescribedCommand } from './describe.js';
import { completionScript } from './run.js';

/** Options with and without a short name, a value and words; commands within a command; arguments of each kind. */
function program(): Command {
  const whole = new Command('sentinel').version('1', '-V, --version').helpCommand(false);
  whole
    .command('artifact')
    .summary("scans: it's [all] of it")
    .argument('<path>')
    .option('-f, --format <name>', 'text, json, or NAME=FILE (repeatable)')
    .option('--rule <name...>', 'rules')
    .option('-q, --quiet', 'less');
  const policy = whole.command('policy').summary('policies').helpOption(false);
  policy.command('check').summary('checks one').argument('[path]').helpOption(false);
  policy.command('schema').summary('its schema').helpOption(false);
  whole.command('rules').summary('lists rules').argument('[name]').helpOption(false);
  return whole;
}

function described(path: string): DescribedCommand | undefined {
  return describeCommands(program()).find((command) => command.path === path);
}

describe('commands', () => {
  test('all of them, those within others too', () => {
    expect(describeCommands(program()).map(({ path }) => path)).toEqual([
      '',
      'artifact',
      'policy',
      'rules',
      'policy check',
      'policy schema',
    ]);
  });

  test('what may stand for their arguments', () => {
    const found = describeCommands(program()).map(({ path, takesFiles }) => [path, takesFiles]);
    expect(found).toEqual([
      ['', true],
      ['artifact', true],
      ['policy', false],
      ['rules', false],
      ['policy check', true],
      ['policy schema', false],
    ]);
    expect(described('')?.words).toEqual(['artifact', 'policy', 'rules']);
    expect(described('policy')?.words).toEqual(['check', 'schema']);
    expect(described('rules')?.words).toEqual(expect.arrayContaining(['PICKLE', 'PICKLE-EXEC']));
    expect(described('artifact')?.words).toEqual([]);
  });

  test('their options, without what a shell acts on', () => {
    expect(described('artifact')).toMatchObject({ about: 'scans its all of it' });
    expect(
      described('artifact')?.options.map(({ values, ...option }) => ({ ...option, values: values.length })),
    ).toEqual([
      {
        short: '-f',
        long: '--format',
        about: 'text, json, or NAME=FILE (repeatable)',
        takesValue: true,
        values: 2,
      },
      { short: null, long: '--rule', about: 'rules', takesValue: true, values: described('rules')?.words.length },
      { short: '-q', long: '--quiet', about: 'less', takesValue: false, values: 0 },
      { short: '-h', long: '--help', about: 'display help for command', takesValue: false, values: 0 },
    ]);
    expect(described('artifact')?.options[0]?.values).toEqual(['text', 'json']);
  });

  test('without a command, a path is scanned', () => {
    expect(described('')?.options.map(({ long }) => long)).toEqual([
      '--version',
      '--help',
      '--format',
      '--rule',
      '--quiet',
    ]);
  });
});

describe('scripts', () => {
  test('bash', () => {
    const script = completionScript('bash', program());
    expect(script).toContain('    "artifact --format"|"artifact -f") words="text json"; value=1 ;;\n');
    expect(script).not.toContain('"artifact --quiet"');
    expect(script).toContain('    "policy check") options=""; words=""; files=1 ;;\n');
    expect(script).toContain('    "policy") options=""; words="check schema"; files=0 ;;\n');
    expect(script).toContain('"artifact"|"policy"|"rules"|"policy check"|"policy schema")');
  });

  test('zsh', () => {
    const script = completionScript('zsh', program());
    const rules = described('rules')?.words.join(' ');
    expect(script).toContain(`    "artifact")
      _arguments -s -S \\
        '*'{-f,--format}'[text, json, or NAME=FILE (repeatable)]:value:(text json)' \\
        '*--rule[rules]:value:(${rules})' \\
        '*'{-q,--quiet}'[less]' \\
        '*'{-h,--help}'[display help for command]' \\
        '*:argument:_files'
      ;;
`);
    expect(script).toContain(
      `    "policy")\n      _arguments -s -S \\\n        '*:argument:(check schema)'\n      ;;\n`,
    );
    expect(script).toContain('    "policy schema")\n      return 1\n      ;;\n');
  });

  test('fish', () => {
    const script = completionScript('fish', program());
    const lines = script.split('\n');
    expect(lines).toContain(
      "complete -c sentinel -n 'not __fish_seen_subcommand_from artifact policy rules' -a 'policy' -d 'policies'",
    );
    expect(lines).toContain(
      "complete -c sentinel -n '__fish_seen_subcommand_from policy; and not __fish_seen_subcommand_from check schema' -a 'check' -d 'checks one'",
    );
    expect(lines).toContain("complete -c sentinel -n '__fish_seen_subcommand_from artifact' -s q -l quiet -d 'less'");
    expect(lines).toContain(
      "complete -c sentinel -n '__fish_seen_subcommand_from policy; and __fish_seen_subcommand_from schema' -f",
    );
  });
});
