export const events: Record<string, string> = {};
