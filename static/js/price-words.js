// <input data-price-words="vnd"> and <output data-price-words-out hidden> in one form: the sum said in words while typing.
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
  const EN = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
  const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
  const below100 = (n) => (n < 20 ? EN[n] : TENS[Math.floor(n / 10) - 2] + (n % 10 ? `-${EN[n % 10]}` : ''));
  const threeInEnglish = (n) => [n > 99 && `${EN[Math.floor(n / 100)]} hundred`, n % 100 && below100(n % 100)].filter(Boolean).join(' and ');
  const english = document.documentElement.lang === 'en';
  const words = (sum) => {
    const groups = String(sum).replace(/\B(?=(\d{3})+$)/g, ' ').split(' ').map(Number), said = [];
    if (english) {
      const scale = ['', ' thousand', ' million', ' billion'];
      return `${groups.map((n, i) => n && threeInEnglish(n) + scale[groups.length - 1 - i]).filter(Boolean).join(', ')} dong`;
    }
    groups.forEach((group, i) => {
      if (group) said.push(three(group, i > 0), GROUPS[groups.length - 1 - i]);
    });
    return `${said.join(' ').replace(/ +/g, ' ').trim()} đồng`;
  };
  const LEAST = 1000, MOST = 499999999;
  const SCALED = [[/^(\d{1,6})(?:[.,](\d{1,3}))?\s*(k|nghìn|ngàn|nghin|ngan)$/, 1e3], [/^(\d{1,3})(?:[.,](\d{1,3}))?\s*(tr|triệu|trieu|củ)$/, 1e6]];
  const PLAIN = /^\d{1,3}(?:[ .,]\d{3})+$|^\d{1,12}$/;
  const dong = (text) => { // as kit/money.py reads it: 120.000, 120000 ₫, 120k, 1,5 triệu; nothing that has to be guessed
    const cleaned = text.replace(/\s+/g, ' ').trim().toLowerCase().replace(/\s*(₫|đồng|dong|vnđ|vnd|đ|d)\.?$/, '');
    for (const [pattern, unit] of SCALED) {
      const found = pattern.exec(cleaned);
      if (found) return Number(found[1]) * unit + Math.floor((Number((found[2] || '').padEnd(3, '0')) * unit) / 1000);
    }
    return PLAIN.test(cleaned) ? Number(cleaned.replace(/\D/g, '')) : null;
  };
  const read = (text) => {
    const sum = dong(text);
    return sum !== null && sum >= LEAST && sum <= MOST ? sum : null;
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
