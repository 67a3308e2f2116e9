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

// On the address of a game the table's own files are asked for at once, and the line to the server is opened, so that
// the view is on its way while the scripts are. Who knocks for the first time, with a token, waits for the page.
// src/net/early.ts takes over; names and keys are the same there.
(() => {
  const page = '__PAGE__';
  const begin = () => void (page.startsWith('/') && import(page));
  const game = /^\/g\/([^/]+)(\/projector)?\/?$/.exec(location.pathname)?.[1];
  if (!game) return begin();
  const hello = openLine(game);
  for (const file of '__TABLE__'.split(' ').filter((name) => name.startsWith('/'))) {
    const link = document.createElement('link');
    if (file.endsWith('.js')) link.rel = 'modulepreload';
    else Object.assign(link, { rel: 'preload', as: 'style' });
    link.crossOrigin = '';
    link.href = file;
    document.head.append(link);
  }
  // A page that begins keeps a phone busy for a while: the hello, which brings the view, goes first if it is at hand.
  const preload = document.querySelector(`link[href="${page}"]`);
  const soon = () => setTimeout(begin, 80);
  if (!hello || !preload || window.summitEarly.resume) return begin();
  void hello.then(begin, begin);
  preload.addEventListener('load', soon, { once: true });
  preload.addEventListener('error', begin, { once: true });

  function openLine(game) {
    try {
      if (location.hash.length > 1 || sessionStorage.getItem(`summit.entrance.${game}`)) return null;
      const resume = JSON.parse(sessionStorage.getItem(`summit.stream.${game}`) || 'null');
      const packed = 'DecompressionStream' in window;
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/games/${game}/socket`);
      socket.binaryType = 'arraybuffer';
      const heard = [];
      const hear = ({ data }) => heard.push(data);
      socket.addEventListener('message', hear);
      const opened = new Promise((open) => socket.addEventListener('open', open, { once: true }));
      // A socket closed before it is open is a complaint in the browser's console.
      const close = () => void opened.then(() => socket.close());
      const ticket = fetch(`/api/games/${game}/tickets`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error('no ticket'))));
      const hello = Promise.all([ticket, opened]).then(
        ([{ ticket }]) => socket.send(JSON.stringify({ type: 'hello', ticket, resume, packed })),
        close,
      );
      window.summitEarly = {
        game,
        resume,
        socket,
        close,
        take() {
          socket.removeEventListener('message', hear);
          return heard;
        },
      };
      return hello;
    } catch {
      return null; // the page opens its line itself
    }
  }
})();
