/** Tests and measurements, which nobody serves. */
const TEST_PATH =
  /(?:^|[/\\])(?:tests?|testing|benchmarks?)[/\\](?:[^/\\]+[/\\]){0,2}[^/\\]+$|(?:^|[/\\])(?:test_[^/\\]*|[^/\\]*_test|conftest|bench_[^/\\]*)\.(?:py|ipynb)$/i;

export function isTestPath(path: string): boolean {
  return TEST_PATH.test(path);
}
