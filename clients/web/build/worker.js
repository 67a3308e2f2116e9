/**
 * The service worker: keeps the page itself, so that it opens at once and without a server. Nothing that a server says
 * about a game is ever kept: only files that were built, under the names they were built with.
 *
 * A new version is fetched beside the old one and taken at the next navigation. A page that is open plays on with the
 * files it began with: those of the version before are kept for it.
 */

const VERSION = '__VERSION__';
const FILES = ['__FILES__'];

const PREFIX = 'summit-shell-';
const CACHE = PREFIX + VERSION;
const AS_STORED = { ignoreVary: true };

/** Addresses that the client draws (src/routes.svelte.ts). */
const PAGE = /^\/($|new($|\/)|join$|g\/)/;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOldVersions()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (PAGE.test(pathname)) event.respondWith(page(request));
  } else if (pathname.startsWith('/assets/') || FILES.includes(pathname)) {
    event.respondWith(file(request));
  }
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(
    FILES.map((path) => (path.startsWith('/assets/') ? path : new Request(path, { cache: 'no-cache' }))),
  );
  await self.skipWaiting();
}

async function forgetOldVersions() {
  const versions = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(versions.slice(0, -1).map((name) => caches.delete(name)));
}

async function page(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match('/', AS_STORED)) ?? fetch(request);
}

async function file(request) {
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(request, AS_STORED)) ?? (await caches.match(request, AS_STORED));
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && new URL(request.url).pathname.startsWith('/assets/')) await cache.put(request, answer.clone());
  return answer;
}
