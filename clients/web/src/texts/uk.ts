import { whole } from './catalogue';
import { events } from './uk-events';
import { refusals } from './uk-refusals';

const words: Record<string, string> = {};

export const uk = whole(words, events, refusals);
