/** Parts that few people open: fetched when they are, so that the table itself stays light. `Fetched.svelte` shows them. */

import { part } from '../net/part';

const page =
  <Module extends { default: unknown }>(load: () => Promise<Module>) =>
  () =>
    part(load).then((module) => module.default as Module['default']);

export const later = {
  offer: page(() => import('../commands/OfferDeals.svelte')),
  promise: page(() => import('../commands/MakePromise.svelte')),
  complement: page(() => import('../commands/SignComplement.svelte')),
  drivers: page(() => import('../components/Drivers.svelte')),
  delegation: page(() => import('../components/Delegation.svelte')),
  leave: page(() => import('../commands/LeaveSeat.svelte')),
  communique: page(() => import('../components/CommuniqueSheet.svelte')),
  compare: page(() => import('../components/Compare.svelte')),
  revisions: page(() => import('../components/Revisions.svelte')),
  read: page(() => import('../components/ReadDraft.svelte')),
  fold: page(() => import('../commands/FoldLanguage.svelte')),
  plan: page(() => import('../commands/Plan.svelte')),
  rewind: page(() => import('../commands/Rewind.svelte')),
  preferences: page(() => import('../components/Preferences.svelte')),
  welcome: page(() => import('../components/WelcomeSheet.svelte')),
  tour: page(() => import('../components/Tour.svelte')),
  after: page(() => import('../commands/AfterGame.svelte')),
  trade: page(() => import('../components/Trade.svelte')),
  news: page(() => import('../components/News.svelte')),
  map: page(() => import('../map/RoomMap.svelte')),
  qr: page(() => import('../components/QrCode.svelte')),
};
