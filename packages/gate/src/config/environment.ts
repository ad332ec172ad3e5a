export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\}|\$\{/g;

/** Puts the values of the environment in place of `${NAME}` and `${NAME:-default}`. `$${` stands for `${` itself. */
export function fillIn(text: string, environment: Environment, error: (message: string) => Error): string {
  return text.replaceAll(REFERENCE, (reference, name?: string, hasDefault?: string, otherwise?: string) => {
    if (reference === '$${') return '${';
    if (name === undefined) throw error('${ begins the name of an environment variable: ${NAME} or ${NAME:-default}');
    const value = environment[name];
    if (value !== undefined && (value !== '' || hasDefault === undefined)) return value;
    if (hasDefault !== undefined) return otherwise ?? '';
    throw error(`the environment variable ${name} is not set, and has no default: \${${name}:-default}`);
  });
}

/** A number or a truth value, where text without quotes is one in the core schema of YAML 1.2. */
export function plainValue(text: string): string | number | boolean {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
}
