// The worker of the page for the field: it answers for the page without signal, and sends when the browser says there is some.
import { deliver } from "./sending.js";
import * as store from "./store.js";

const OURS = "ifn-lapangan-";
const EDITIONS = 2; // the one before stays for pages that are still open with it
const PARTS = ["script", "style", "image", "manifest"];

export function attend({ edition, page, files, send, photo }) {
  const name = `${OURS}${page}-${edition}`;

  async function keep() {
    const cache = await caches.open(name);
    await cache.addAll([page, ...files].map((address) => new Request(address, { cache: "reload", credentials: "same-origin" })));
    await self.skipWaiting();
  }

  async function clean() {
    const editions = (await caches.keys()).filter((one) => one.startsWith(`${OURS}${page}-`));
    for (const old of editions.filter((one) => one !== name).slice(0, -(EDITIONS - 1))) await caches.delete(old);
    await self.clients.claim();
  }

  async function answer(request, isPage) {
    const cache = await caches.open(name);
    const kept = await cache.match(isPage ? page : request, { ignoreVary: true, ignoreSearch: isPage })
      ?? await caches.match(request, { ignoreVary: true });
    return kept ?? fetch(request);
  }

  async function deliverAll() {
    await store.open();
    const who = await store.get("meta", "who");
    if (who && !who.isLocked) await deliver({ person: who.person, token: who.token, send, photo });
  }

  self.addEventListener("install", (event) => event.waitUntil(keep()));
  self.addEventListener("activate", (event) => event.waitUntil(clean()));
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    const isPage = request.mode === "navigate" && pathname === page;
    if (isPage || PARTS.includes(request.destination)) event.respondWith(answer(request, isPage));
  });
  self.addEventListener("sync", (event) => { if (event.tag === "kirim") event.waitUntil(deliverAll()); });
}
