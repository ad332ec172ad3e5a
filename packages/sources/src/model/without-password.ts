/** An address for messages: without a user and password, which no address of ours has. */
export function withoutPassword(address: string): string {
  return address.replace(/^([^/]*\/\/)[^/]*@/, '$1');
}
