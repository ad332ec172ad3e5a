/** What the build was given: where the Hub is, and which hosts the policy of the page lets it ask. */
declare const SENTINEL_HUB: { readonly endpoint: string; readonly hosts: readonly string[] };

export const HUB = SENTINEL_HUB;
