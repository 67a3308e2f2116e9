/**
 * A scenario in the language of the page. What somebody translated is laid over the English here and nowhere else; what
 * nobody did, or what a game says otherwise than the scenario does by now, stays English.
 */

import { api, faultOf, type ScenarioSummary } from '../net/api';
import type { PublicView, TranslatedText } from '../protocol/generated';
import { locale, type Locale } from '../texts';
import { learnTranslated } from '../texts/tongue.svelte';
import { typesetFrench } from '../texts/typeset';

type Scenario = PublicView['scenario'];
type Issue = Scenario['issues'][number];
type Translation = Readonly<Record<string, TranslatedText>>;

/** By language and scenario. */
let known = $state.raw<Readonly<Record<string, Translation>>>({});
const asked = new Set<string>();

const keyOf = (slug: string, language: Locale): string => `${language} ${slug}`;

/** Fetches what there is of a scenario in a language, once. A bad line is no trouble: English is there. */
export async function fetchTranslation(slug: string, language: Locale): Promise<void> {
  const key = keyOf(slug, language);
  if (language === 'en' || asked.has(key)) return;
  asked.add(key);
  try {
    const found = typeset(await api.translation(slug, language), language);
    learnTranslated(
      language,
      Object.values(found).map(({ says }) => says),
    );
    known = { ...known, [key]: found };
  } catch (fault) {
    faultOf(fault);
    asked.delete(key);
  }
}

/** Translators of scenarios type ordinary spaces, as those of the catalogues do. */
function typeset(translation: Translation, language: Locale): Translation {
  if (language !== 'fr') return translation;
  return Object.fromEntries(
    Object.entries(translation).map(([place, { of, says }]) => [place, { of, says: typesetFrench(says) }]),
  );
}

/** For a screen: its scenarios are shown in the language of the page as soon as their words are there. */
export function followTranslations(slugs: () => readonly string[]): void {
  $effect(() => {
    for (const slug of slugs()) void fetchTranslation(slug, locale());
  });
}

/** Says what stands at a place, if it is the translation of this English. */
type Say = (place: string, english: string) => string;

function sayer(slug: string): Say | null {
  const translation = known[keyOf(slug, locale())];
  return translation
    ? (place, english) => (translation[place]?.of === english ? translation[place].says : english)
    : null;
}

export function inOwnWords(scenario: Scenario): Scenario {
  const say = sayer(scenario.slug);
  if (!say) return scenario;
  return {
    ...scenario,
    title: say('title', scenario.title),
    summary: say('summary', scenario.summary),
    status_quo_title: say('status_quo.title', scenario.status_quo_title),
    issues: scenario.issues.map((issue) => issueInOwnWords(issue, say)),
    rules: scenario.rules.map((rule) => ({ ...rule, sentence: say(`structural_rules.${rule.id}`, rule.sentence) })),
    agenda: scenario.agenda.map((phase) => ({ ...phase, title: say(`agenda.${phase.id}`, phase.title) })),
  };
}

/** Wordings are compared word by word and share brackets: they stand in one language, all of them. */
function issueInOwnWords(issue: Issue, say: Say): Issue {
  const at = `issues.${issue.id}`;
  const options = issue.options.map((option) => ({
    ...option,
    label: say(`${at}.options.${option.id}.label`, option.label),
    text: say(`${at}.options.${option.id}.text`, option.text),
  }));
  const whole = issue.options.every((option, place) => !option.text || options[place]?.text !== option.text);
  return {
    ...issue,
    title: say(`${at}.title`, issue.title),
    question: say(`${at}.question`, issue.question),
    options: whole ? options : options.map((option, place) => ({ ...option, text: issue.options[place]?.text ?? '' })),
  };
}

/** An adopted text, whose paragraphs are wordings of the scenario. */
export function adoptedInOwnWords(adopted: PublicView['adopted'], scenario: Scenario): PublicView['adopted'] {
  const say = sayer(scenario.slug);
  if (!adopted || !say) return adopted;
  const { communique } = adopted;
  const own = new Map(
    scenario.issues.flatMap((issue) => {
      const { options } = issueInOwnWords(issue, say);
      return issue.options.map((option, place) => [`${issue.id} ${option.text}`, options[place]?.text] as const);
    }),
  );
  const title = say('communique.title', communique.title);
  return {
    ...adopted,
    communique: {
      ...communique,
      title: title === communique.title ? say('title', title) : title, // a communiqué without one has the scenario's
      opening: say('communique.opening', communique.opening),
      paragraphs: communique.paragraphs.map((paragraph) => ({
        ...paragraph,
        sentence: own.get(`${paragraph.issue} ${paragraph.sentence}`) ?? paragraph.sentence,
      })),
    },
  };
}

export function worldInOwnWords(world: PublicView['world'], slug: string): PublicView['world'] {
  const say = sayer(slug);
  if (!say) return world;
  const variables = world.variables.map((one) => ({ ...one, title: say(`world_variables.${one.id}`, one.title) }));
  return { ...world, variables };
}

/** A scenario on offer. */
export function summaryInOwnWords(offer: ScenarioSummary): ScenarioSummary {
  const say = sayer(offer.slug);
  if (!say) return offer;
  const casts = offer.casts.map((cast) => ({ ...cast, title: say(`casts.${cast.id}`, cast.title) }));
  return { ...offer, title: say('title', offer.title), summary: say('summary', offer.summary), casts };
}

/** What a game is called: a name that somebody gave it, or the scenario's title. */
export function titleInOwnWords(slug: string, title: string): string {
  return sayer(slug)?.('title', title) ?? title;
}
