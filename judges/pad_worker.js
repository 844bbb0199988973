// Keeps the last page of the pad, so that it opens without a network. Browsers run this only
// under TLS; over plain http the page's own address does the same, but for an explicit reload.

const KEPT = "arena-pad";
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(open(event.request));
});

async function open(request) {
  try {
    const answer = await Promise.race([fetch(request), tooLate()]);
    if (answer.status === 200) await keep(request, answer.clone());
    return answer;
  } catch (error) {
    const found = (await caches.match(request)) || (await last());
    if (found) return found;
    throw error;
  }
}

function tooLate() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), PATIENCE));
}

// One page is enough: this device's seat, in its latest version.
async function keep(request, answer) {
  const kept = await caches.open(KEPT);
  const before = await kept.keys();
  await kept.put(request, answer);
  await Promise.all(before.filter((one) => one.url !== request.url).map((one) => kept.delete(one)));
}

async function last() {
  const kept = await caches.open(KEPT);
  const [request] = await kept.keys();
  return request && kept.match(request);
}
