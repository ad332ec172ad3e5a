/** The package of a module: `sklearn` of `sklearn.tree._classes`. */
export function packageOf(module: string): string {
  const dot = module.indexOf('.');
  return dot < 0 ? module : module.slice(0, dot);
}
