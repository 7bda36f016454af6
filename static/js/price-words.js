// <input data-price-words="vnd"> and <output data-price-words-out hidden> in one form: the sum said in Vietnamese words while typing.
(() => {
  const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
  const GROUPS = ['', 'nghìn', 'triệu', 'tỷ'];
  const last = (n, tens) => (n === 1 && tens > 1 ? 'mốt' : n === 5 && tens > 0 ? 'lăm' : DIGITS[n]);
  const three = (number, full) => {
    const hundreds = Math.floor(number / 100), tens = Math.floor(number / 10) % 10, ones = number % 10, said = [];
    if (hundreds || full) said.push(DIGITS[hundreds], 'trăm');
    if (tens > 1) said.push(DIGITS[tens], 'mươi');
    else if (tens === 1) said.push('mười');
    else if (ones && (hundreds || full)) said.push('lẻ');
    if (ones) said.push(last(ones, tens));
    return said.join(' ');
  };
  const words = (sum) => {
    const groups = String(sum).replace(/\B(?=(\d{3})+$)/g, ' ').split(' ').map(Number), said = [];
    groups.forEach((group, i) => {
      if (group) said.push(three(group, i > 0), GROUPS[groups.length - 1 - i]);
    });
    return `${said.join(' ').replace(/ +/g, ' ').trim()} đồng`;
  };
  const read = (text) => { // 120.000, 120000, 120k, 120 nghìn, 1,5 triệu
    const found = /^([\d.,\s]+)\s*(k|nghìn|ngàn|nghin|ngan|triệu|trieu|tr)?\s*(đ|₫|đồng|dong|vnd)?$/i.exec(text.trim());
    if (!found) return null;
    const unit = found[2] ? (/^tr/i.test(found[2]) ? 1e6 : 1e3) : 1;
    const plain = unit === 1e6 ? found[1].replace(/\s/g, '').replace(',', '.') : found[1].replace(/[.,\s]/g, '');
    const sum = Math.round(Number(plain) * unit);
    return Number.isFinite(sum) && sum > 0 && sum < 1e12 ? sum : null;
  };
  document.querySelectorAll('[data-price-words]').forEach((input) => {
    const place = input.form && input.form.querySelector('[data-price-words-out]');
    if (!place) return;
    const show = () => {
      const sum = read(input.value);
      place.hidden = sum === null;
      if (sum !== null) place.textContent = `${sum.toLocaleString('vi-VN')} ₫: ${words(sum)}`;
    };
    input.addEventListener('input', show);
    show();
  });
})();
