/* What the page itself measures, put into it before its own scripts run. Times are milliseconds since navigation. */
(() => {
  /** After everything that waits now: the rest of this task, its microtasks, and tasks queued before. */
  const afterwards = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(null);
  };

  /** Painted: the frame that shows it has been laid out and painted by the page's thread. */
  const painted = (then) =>
    requestAnimationFrame(() => {
      const began = performance.now();
      afterwards((now) => then(now, now - began));
    });

  /** Somebody who pressed a key now would be answered at once. */
  const atEase = (then) => {
    const asked = performance.now();
    setTimeout(() => (performance.now() - asked < 50 ? then(performance.now()) : atEase(then)));
  };

  const bench = {
    /** Resolves when `shown()` first holds in a painted page that answers. */
    ready: (shown) =>
      new Promise((resolve) => {
        const look = () => (shown() ? painted(() => atEase(resolve)) : requestAnimationFrame(look));
        look();
      }),

    /** Of each update: from the frame to the paint, and the part of it in which the page was at work. */
    updates: [],

    /** The same of the least there is: a word that changes in a page with nothing else in it. */
    bare: (times) =>
      new Promise((resolve) => {
        const word = document.body.appendChild(document.createElement('p'));
        const found = [];
        const change = () => {
          const began = performance.now();
          word.textContent = `change ${found.length}`;
          painted((now, drawing) => {
            found.push({ whole: now - began, work: drawing });
            // at no fixed distance from the screen's beat
            if (found.length < times) setTimeout(change, 5 + Math.random() * 30);
            else resolve(found);
          });
        };
        change();
      }),
  };

  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...how) {
      super(...how);
      // The first listener there is: it hears a frame before the page does.
      this.addEventListener('message', ({ data }) => {
        if (!String(data).startsWith('{"type":"update"')) return;
        const began = performance.now();
        afterwards((folded) =>
          painted((now, drawing) => bench.updates.push({ whole: now - began, work: folded - began + drawing })),
        );
      });
    }
  };

  window.bench = bench;
})();
