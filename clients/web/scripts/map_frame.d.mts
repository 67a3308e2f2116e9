type Frame = { projection: (at: [number, number]) => [number, number] | null; width: number; height: number };
export const frames: Record<'europe' | 'america', Frame>;
