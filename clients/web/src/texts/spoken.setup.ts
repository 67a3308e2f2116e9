/** The page speaks before anything of it is shown (src/main.ts); so it does in every test. */
import { speak } from './language.svelte';

await speak('en');
