// [data-suggest="/goi-y"] on a form or box with one text input: a list of suggestions under it (the combobox pattern of WAI-ARIA).
// Arrow keys move, Enter takes, Escape closes. The answer is {"items": [{"text", "note"?, "url"?}]}.
(() => {
  const WAIT = 180, english = document.documentElement.lang === 'en';
  let made = 0;
  const attach = (box) => {
    const input = box.querySelector('input[type=search],input[type=text],input:not([type])');
    if (!input) return;
    const list = document.createElement('ul'), told = document.createElement('span');
    let items = [], at = -1, timer = 0, asked = '';
    list.id = `goi-y-${made += 1}`;
    list.className = 'suggest';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', english ? 'Suggestions' : 'Gợi ý');
    told.className = 'only-read';
    told.setAttribute('role', 'status');
    box.append(list, told);
    Object.entries({role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false'})
      .forEach(([name, value]) => input.setAttribute(name, value));

    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const take = (item) => {
      close();
      if (item.url) { location.href = item.url; return; }
      input.value = item.text;
      asked = item.text;
      const form = input.form;
      if (form && form.matches('[role=search]')) form.submit();
    };
    const mark = (index) => {
      at = (index + items.length) % items.length;
      [...list.children].forEach((row, i) => row.setAttribute('aria-selected', String(i === at)));
      input.setAttribute('aria-activedescendant', list.children[at].id);
      list.children[at].scrollIntoView({block: 'nearest'});
    };
    const row = (item, i) => {
      const line = document.createElement('li');
      line.id = `${list.id}-${i}`;
      line.setAttribute('role', 'option');
      line.setAttribute('aria-selected', 'false');
      line.textContent = item.text;
      if (item.note) {
        const note = document.createElement('small');
        note.textContent = item.note;
        line.append(note);
      }
      line.addEventListener('mousedown', (event) => { event.preventDefault(); take(item); });
      return line;
    };
    const show = (found) => {
      items = found.slice(0, 8);
      list.replaceChildren(...items.map(row));
      if (!items.length) { close(); told.textContent = ''; return; }
      list.hidden = false;
      at = -1;
      input.setAttribute('aria-expanded', 'true');
      told.textContent = `${english ? 'Suggestions:' : 'Gợi ý:'} ${items.length}`;
    };
    const ask = async () => {
      const text = input.value.trim();
      if (text.length < 2 || text === asked) { if (text.length < 2) close(); asked = text; return; }
      asked = text;
      try {
        const source = box.dataset.suggest, mark = source.includes('?') ? '&' : '?';
        const answer = await fetch(`${source}${mark}q=${encodeURIComponent(text)}`, {headers: {Accept: 'application/json'}});
        if (answer.ok && text === asked && document.activeElement === input) show((await answer.json()).items || []);
      } catch (error) { close(); } // no signal: typing goes on without suggestions
    };
    input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    input.addEventListener('blur', close);
    input.addEventListener('keydown', (event) => {
      if (list.hidden) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        mark(event.key === 'ArrowDown' ? at + 1 : (at < 0 ? items.length : at) - 1);
      } else if (event.key === 'Escape') { event.preventDefault(); close(); }
      else if (event.key === 'Enter' && at >= 0) { event.preventDefault(); take(items[at]); }
    });
  };
  document.querySelectorAll('[data-suggest]').forEach(attach);
})();
