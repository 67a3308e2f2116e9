/** The languages of the interface, each by its own name. A language is added here: see docs/how-to/translate.md. */

export const LOCALES = {
  en: { name: 'English', dir: 'ltr' },
  de: { name: 'Deutsch', dir: 'ltr' },
  fr: { name: 'Français', dir: 'ltr' },
  uk: { name: 'Українська', dir: 'ltr' },
} as const;

export type Locale = keyof typeof LOCALES;

export const LOCALE_IDS = Object.keys(LOCALES) as Locale[];

/** The first of the wanted languages (BCP 47 tags, as a browser lists them) that the interface is written in. */
export function bestLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split(/[-_]/)[0];
    const found = LOCALE_IDS.find((locale) => locale === language);
    if (found) return found;
  }
  return 'en';
}
