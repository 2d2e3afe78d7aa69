// The service worker of a hosted page: keeps the files of one version, so that the page opens without a network.
// `cargo xtask dist` writes VERSION and FILES, in which each file has the digest of its content.
//
// What is kept is exactly what was built together: a file that has another digest is refused, and then nothing of
// that version is kept. The page and all of its files come from that one version, first and always; a newer one is
// fetched beside it and waits until no page of the older is open. So a page that is open never meets files of
// another version, whatever happens to the host meanwhile.
const VERSION = "";
const FILES = {};

const HERE = new URL("./", location).href;
const own = new Map(Object.entries(FILES).map(([name, digest]) => [new URL(name, HERE).href, digest]));
// Other pages may live on the same origin, in other folders.
const OURS = `duplex ${HERE} `;
const CACHE = OURS + VERSION;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(forget()));
addEventListener("message", (event) => event.waitUntil(heard(event.data)));
addEventListener("fetch", (event) => {
  const name = nameOf(event.request.url);
  // Everything else is none of its business.
  if (event.request.method === "GET" && own.has(name)) event.respondWith(answer(name, event.request));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...own].map(([name, integrity]) => new Request(name, { integrity, cache: "no-cache" })));
}

async function forget() {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(name, request) {
  return (await caches.match(name, { cacheName: CACHE })) ?? fetch(request);
}

// A page that has just opened says that it may be the only one, or which script started it.
async function heard(words) {
  if (words === "alone") {
    const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
    const pages = windows.filter((client) => own.has(nameOf(client.url)));
    if (pages.length < 2) await skipWaiting();
  } else if (own.has(words)) {
    // It is of this version: what it loads later comes from here, even if the host has moved on by then.
    await clients.claim();
  }
}

function nameOf(address) {
  const url = new URL(address);
  url.hash = url.search = "";
  return url.href === HERE + "index.html" ? HERE : url.href;
}
