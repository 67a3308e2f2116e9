// Before the first paint, so that a chosen theme never blinks: a file of its own, because the content policy allows no
// script inside the page. The same key and the same names as in src/store/preferences.svelte.ts.
(function () {
  try {
    var theme = JSON.parse(localStorage.getItem('summit.preferences') || '{}').theme;
    if (['light', 'dark', 'contrast'].indexOf(theme) >= 0) document.documentElement.dataset.theme = theme;
  } catch {
    // no storage here: the system's theme
  }
})();
