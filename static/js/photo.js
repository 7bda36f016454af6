// <label class="shoot"><input type="file" data-photo accept="image/*"></label>: shows what was chosen and makes it small enough for
// a weak signal before it is sent. Where shrinking fails (an odd picture, an old phone), the photo goes as it is.
(() => {
  const LONGEST = 2000, QUALITY = .82, SMALL_ENOUGH = 600000;
  const read = (photo) => new Promise((done, fail) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = fail;
    image.src = URL.createObjectURL(photo);
  });
  const shrink = async (photo, image) => {
    const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    if (scale === 1 && photo.size <= SMALL_ENOUGH) return photo;
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
    if (!small || small.size >= photo.size) return photo;
    return new File([small], photo.name.replace(/\.\w+$/, '') + '.jpg', {type: 'image/jpeg'});
  };
  const replace = (input, photos) => {
    const box = new DataTransfer();
    photos.forEach((photo) => box.items.add(photo));
    input.files = box.files;
  };
  const look = async (photo, frame) => {
    const image = await read(photo);
    image.alt = '';
    frame.append(image);
    return shrink(photo, image);
  };
  document.querySelectorAll('input[data-photo]').forEach((input) => {
    const frame = document.createElement('span'), box = input.closest('label') || input.parentElement;
    frame.className = 'shoot-seen';
    box.classList.add('shoot-ready'); // the whole box is pressed; without a script the browser's own button shows
    input.before(frame);
    input.addEventListener('change', async () => {
      frame.textContent = '';
      box.classList.toggle('shoot-full', input.files.length > 0);
      const chosen = [...input.files];
      const ready = await Promise.all(chosen.map((photo) => look(photo, frame).catch(() => photo)));
      if (ready.some((photo, i) => photo !== chosen[i]) && typeof DataTransfer === 'function') replace(input, ready);
    });
  });
})();
