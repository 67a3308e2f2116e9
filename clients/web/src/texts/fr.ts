import { whole } from './catalogue';
import { events } from './fr-events';
import { refusals } from './fr-refusals';
import { typesetFrench } from './typeset';

const words: Record<string, string> = {};

export const fr = Object.fromEntries(
  Object.entries(whole(words, events, refusals)).map(([key, sentence]) => [key, typesetFrench(sentence)]),
);
