// What cannot wait for the scripts. The build puts it into the page itself (build/early.ts).

// Before the first paint, so that a chosen theme never blinks. The same key and the same names as in
// src/store/preferences.svelte.ts.
(() => {
  try {
    const { theme } = JSON.parse(localStorage.getItem('summit.preferences') || '{}');
    if (['light', 'dark', 'contrast'].includes(theme)) document.documentElement.dataset.theme = theme;
  } catch {
    // no storage here: the system's theme
  }
})();

// The words of this person's language are asked for at once; on the address of a game the table's own files as well, and
// the line to the server is opened, so that the view is on its way while the scripts are. Who knocks for the first time,
// with a token, waits for the page. src/net/early.ts takes over; names and keys are the same there, and in
// src/texts/locales.ts.
(() => {
  const page = '__PAGE__';
  const begin = () => void (page.startsWith('/') && import(page));
  const ask = (file) => {
    if (!file?.startsWith('/')) return;
    const link = document.createElement('link');
    if (file.endsWith('.js')) link.rel = 'modulepreload';
    else Object.assign(link, { rel: 'preload', as: 'style' });
    link.crossOrigin = '';
    link.href = file;
    document.head.append(link);
  };
  const game = /^\/g\/([^/]+)(\/projector)?\/?$/.exec(location.pathname)?.[1];
  const hello = game && openLine(game);
  ask(wordsOf(wished()));
  if (game) '__TABLE__'.split(' ').forEach(ask);
  // A page that begins keeps a phone busy for a while: the hello, which brings the view, goes first if it is at hand.
  const preload = document.querySelector(`link[href="${page}"]`);
  const tells = document.createElement('link').relList?.supports?.('modulepreload');
  if (!hello || !preload || !tells || window.summitEarly.resume) return begin();
  void hello.then(begin, begin);
  preload.addEventListener('load', () => setTimeout(begin, 80), { once: true });
  preload.addEventListener('error', begin, { once: true });
  setTimeout(begin, 1500); // whatever hangs

  function wished() {
    let language = 'auto';
    try {
      language = JSON.parse(localStorage.getItem('summit.preferences') || '{}').language || language;
    } catch {
      // no storage here: the browser's language
    }
    const tags = language === 'auto' ? navigator.languages : [language];
    return tags.map((tag) => tag.toLowerCase().split(/[-_]/)[0]).find((tag) => tag === 'en' || wordsOf(tag));
  }

  function wordsOf(language) {
    return '__WORDS__'.split(' ').find((file) => file.startsWith(`/assets/${language}-`));
  }

  function openLine(game) {
    try {
      if (location.hash.length > 1 || sessionStorage.getItem(`summit.entrance.${game}`)) return null;
      const resume = JSON.parse(sessionStorage.getItem(`summit.stream.${game}`) || 'null');
      const packed = 'DecompressionStream' in window;
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/games/${game}/socket`);
      socket.binaryType = 'arraybuffer';
      const heard = [];
      const hear = ({ data }) => {
        early.heardAt ??= Date.now();
        heard.push(data);
      };
      socket.addEventListener('message', hear);
      const opened = new Promise((known) => {
        for (const what of ['open', 'error', 'close']) socket.addEventListener(what, known, { once: true });
      });
      // A socket closed before it is open is a complaint in the browser's console.
      const close = () => void opened.then(() => socket.close());
      const early = {
        game,
        resume,
        socket,
        close,
        take() {
          socket.removeEventListener('message', hear);
          return heard;
        },
      };
      const ticket = fetch(`/api/games/${game}/tickets`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error('no ticket'))));
      const hello = Promise.all([ticket, opened]).then(([{ ticket }]) => {
        if (socket.readyState === 1) socket.send(JSON.stringify({ type: 'hello', ticket, resume, packed }));
      }, close);
      window.summitEarly = early;
      return hello;
    } catch {
      return null; // the page opens its line itself
    }
  }
})();
