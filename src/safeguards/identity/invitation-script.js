// What the page of an invitation does once its button is pressed. The token is taken out of the address bar at once.
const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const [form, words] = ['form', '#words'].map((name) => document.querySelector(name));

async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { ok: answer.ok, status: answer.status, said: await answer.json() };
}

const accept = () => ask('POST', form.dataset.path, { token });

/** Whoever is signed in accepts as such; whoever is new here becomes known by the link, which was mailed to them. */
async function join() {
  const first = await accept();
  if (first.status !== 401) return first;
  const known = await ask('POST', '/api/v1/sign-up/invitation', { token });
  return known.ok ? accept() : known;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { ok, said } = await join();
  const entered = ok ? await ask('PUT', '/api/v1/session/organisation', { organisation: said.organisation }) : { said };
  if (entered.ok) location.replace('/');
  else words.textContent = entered.said.detail;
});
