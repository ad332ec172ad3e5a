import type { DescribedCommand } from './describe.js';

/** The words of the command line are those of this command, and of none within it. */
function conditionOf({ path }: DescribedCommand, commands: readonly DescribedCommand[]): string {
  const depth = path === '' ? 0 : path.split(' ').length;
  const inner = commands
    .map((command) => command.path)
    .filter((other) => other !== path && (path === '' || other.startsWith(`${path} `)))
    .map((other) => other.split(' ')[depth] ?? '');
  const within = path
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `__fish_seen_subcommand_from ${word}`);
  const without = inner.length === 0 ? [] : [`not __fish_seen_subcommand_from ${[...new Set(inner)].join(' ')}`];
  return [...within, ...without].join('; and ');
}

/** fish-completions(1), `complete`. */
export function fishScript(commands: readonly DescribedCommand[]): string {
  const about = new Map(commands.map((command) => [command.path, command.about]));
  const lines = commands.flatMap((command) => {
    const { path, options, words, takesFiles } = command;
    const condition = conditionOf(command, commands);
    const head = `complete -c sentinel${condition === '' ? '' : ` -n '${condition}'`}`;
    return [
      ...(takesFiles ? [] : [`${head} -f`]),
      ...words.map((word) => {
        const text = about.get(path === '' ? word : `${path} ${word}`);
        return `${head} -a '${word}'${text === undefined ? '' : ` -d '${text}'`}`;
      }),
      ...options.map(({ short, long, about: text, takesValue, values }) => {
        const names = `${short === null ? '' : ` -s ${short.slice(1)}`} -l ${long.slice(2)}`;
        const value = !takesValue ? '' : values.length === 0 ? ' -r' : ` -x -a '${values.join(' ')}'`;
        return `${head}${names}${value} -d '${text}'`;
      }),
    ];
  });
  return `# fish completion for sentinel, made by: sentinel completion fish\n${lines.join('\n')}\n`;
}
