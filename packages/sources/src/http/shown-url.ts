/** An address for people: without user, password, query and fragment, which may be secrets (signed addresses). */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
