// Keeps this site for when there is no connection. `site` is written above when the portal is made: its files, and a
// mark that changes with any of them.
const start = `portal ${self.registration.scope} `;
const name = start + site.mark;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll(site.files))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((one) => one.startsWith(start) && one !== name).map((one) => caches.delete(one)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

// The page as it is now comes first: a number in it may have changed. What was kept is for when nothing comes in time.
const patience = 3_000;

function fetchWithoutWords({ url, redirect }) {
  const address = new URL(url);
  address.search = '';
  return fetch(address, { redirect, referrerPolicy: 'no-referrer' });
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return;
  // An older link to a search has words in it that are nobody's but the reader's.
  const fresh = new URL(request.url).search === '' ? fetch(request) : fetchWithoutWords(request);
  const kept = caches.open(name).then((cache) => cache.match(request, { ignoreSearch: true }));
  const later = new Promise((resolve) => setTimeout(resolve, patience)).then(() => kept);
  event.respondWith(
    Promise.race([fresh, later])
      .then((first) => first ?? fresh)
      .catch(() => kept)
      .then((page) => page ?? Response.error()),
  );
});
