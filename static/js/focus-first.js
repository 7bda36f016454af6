// [data-focus-first]: what has to be put right is read out first.
(() => {
  const summary = document.querySelector('[data-focus-first]');
  if (summary) summary.focus({preventScroll: true});
})();
