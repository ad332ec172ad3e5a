export const SCOPE: string;
