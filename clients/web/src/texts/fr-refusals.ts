export const refusals: Record<string, string> = {};
