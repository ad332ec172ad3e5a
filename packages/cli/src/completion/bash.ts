import type { DescribedCommand } from './describe.js';

/** bash(1), "Programmable Completion"; works from bash 3.2 and without the bash-completion package. */
export function bashScript(commands: readonly DescribedCommand[]): string {
  const paths = commands.map(({ path }) => path).filter((path) => path !== '');
  const values = commands.flatMap(({ path, options }) =>
    options
      .filter((option) => option.takesValue)
      .map(({ short, long, values: words }) => {
        const names = [long, ...(short === null ? [] : [short])].map((name) => `"${path} ${name}"`).join('|');
        const reply = words.length === 0 ? 'files=1' : `words="${words.join(' ')}"`;
        return `    ${names}) ${reply}; value=1 ;;`;
      }),
  );
  const words = commands.map(({ path, options, words: names, takesFiles }) => {
    const flags = options.flatMap(({ short, long }) => [...(short === null ? [] : [short]), long]);
    return `    "${path}") options="${flags.join(' ')}"; words="${names.join(' ')}"; files=${takesFiles ? 1 : 0} ;;`;
  });
  return `# bash completion for sentinel, made by: sentinel completion bash
_sentinel() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local path="" word words="" options="" files=0 value=0 i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "\${path:+$path }$word" in
      ${paths.map((path) => `"${path}"`).join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  COMPREPLY=()
  case "$path $before" in
${values.join('\n')}
  esac
  if [ "$value" -eq 0 ]; then
    case "$path" in
${words.join('\n')}
    esac
    case "$current" in -*) words="$options"; files=0 ;; esac
  fi
  [ -z "$words" ] || COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ "$files" -eq 1 ]; then
    local file
    while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$current")
    type compopt > /dev/null 2>&1 && compopt -o filenames 2> /dev/null
  fi
}
complete -F _sentinel sentinel
`;
}
