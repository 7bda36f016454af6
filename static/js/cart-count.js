// [data-cart-count]: how many things lie in the cart, read from the small cookie so_gio; strangers' pages carry no number themselves.
(() => {
  const show = () => {
    const found = /(?:^|; )so_gio=(\d{1,3})/.exec(document.cookie);
    const count = found ? Number(found[1]) : 0;
    document.querySelectorAll('[data-cart-count]').forEach((place) => {
      place.textContent = count;
      place.hidden = !count;
    });
  };
  show();
  addEventListener('pageshow', show); // the back button brings a page out of memory
})();
