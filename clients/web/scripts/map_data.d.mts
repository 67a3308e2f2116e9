export const TARGET: string;
export function build(): unknown;
