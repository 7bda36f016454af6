// <button data-copy="0123…" hidden>: copies the text and says so; stays hidden where copying is impossible.
(() => {
  const english = document.documentElement.lang === 'en';
  const copy = (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const box = document.createElement('textarea'); // plain http on a local network has no clipboard object
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand('copy');
    box.remove();
    return done ? Promise.resolve() : Promise.reject(new Error('copy'));
  };
  document.querySelectorAll('[data-copy]').forEach((button) => {
    const word = button.querySelector('span') || button, before = word.textContent;
    button.hidden = false;
    word.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => {
      copy(button.dataset.copy).then(() => { word.textContent = english ? 'Copied' : 'Đã chép'; }, () => { word.textContent = english ? 'Could not copy' : 'Chưa chép được'; })
        .then(() => setTimeout(() => { word.textContent = before; }, 4000));
    });
  });
})();
