// Every form that changes something: a second press within ten seconds is the same press. The server is safe without this.
(() => {
  let last = null;
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post' || 'submitMany' in form.dataset || event.defaultPrevented) return;
    if (form === last) { event.preventDefault(); return; }
    last = form;
    form.setAttribute('aria-busy', 'true');
    setTimeout(() => { last = null; form.removeAttribute('aria-busy'); }, 10000);
  });
  addEventListener('pageshow', () => { last = null; });
})();
