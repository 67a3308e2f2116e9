import { whole } from './catalogue';
import { events } from './de-events';
import { refusals } from './de-refusals';

const words: Record<string, string> = {};

export const de = whole(words, events, refusals);
