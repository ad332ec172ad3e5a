import type { DescribedCommand, DescribedOption } from './describe.js';

/** `'(-f --format)'{-f,--format}'[text or json]:value:(text json)'`, zshcompsys(1), "_arguments". */
function argumentOf({ short, long, about, takesValue, values }: DescribedOption): string {
  const action = !takesValue ? '' : values.length === 0 ? ':value:_files' : `:value:(${values.join(' ')})`;
  const names = short === null ? `'*${long}` : `'*'{${short},${long}}'`;
  return `${names}[${about}]${action}'`;
}

function bodyOf({ options, words, takesFiles }: DescribedCommand): string {
  const named = words.length === 0 ? '' : takesFiles ? ` _sentinel_any ${words.join(' ')}` : `(${words.join(' ')})`;
  const rest = named === '' && takesFiles ? '_files' : named;
  const lines = [...options.map(argumentOf), ...(rest === '' ? [] : [`'*:argument:${rest}'`])];
  return lines.length === 0 ? '      return 1' : `      _arguments -s -S \\\n        ${lines.join(' \\\n        ')}`;
}

export function zshScript(commands: readonly DescribedCommand[]): string {
  const paths = commands.map(({ path }) => path).filter((path) => path !== '');
  return `#compdef sentinel
# zsh completion for sentinel, made by: sentinel completion zsh
_sentinel_any() {
  compadd -- "$@"
  _files
}
_sentinel() {
  local path_of_command="" word i
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    case "\${path_of_command:+$path_of_command }$word" in
      ${paths.map((path) => `"${path}"`).join('|')}) path_of_command="\${path_of_command:+$path_of_command }$word" ;;
    esac
  done
  case "$path_of_command" in
${commands.map((command) => `    "${command.path}")\n${bodyOf(command)}\n      ;;`).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_sentinel" ]; then _sentinel "$@"; else compdef _sentinel sentinel; fi
`;
}
