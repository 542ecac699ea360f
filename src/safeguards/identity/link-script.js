// What the page of a mailed link does once its button is pressed. The token is taken out of the address bar at once.
const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const [form, words, label] = ['form', '#words', 'label'].map((name) => document.querySelector(name));
const state = { pending: undefined };

async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { ok: answer.ok, said: await answer.json() };
}

function useLink() {
  // Left by the page on which the sign-up began: with it the password holds that was chosen there.
  const claim = localStorage.getItem('sotto-claim') ?? undefined;
  localStorage.removeItem('sotto-claim');
  return post(form.dataset.path, form.dataset.claims === 'yes' && claim ? { token, claim } : { token });
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const code = new FormData(form).get('code');
  const { ok, said } = state.pending
    ? await post('/api/v1/sign-in/second-factor', { pending: state.pending, code })
    : await useLink();
  if (!ok) words.textContent = said.detail;
  else if (said.state === 'signed-in') location.replace('/');
  else {
    state.pending = said.pending;
    label.hidden = false;
    words.textContent = label.dataset.say;
  }
});
