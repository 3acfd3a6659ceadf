/* The page itself without coverage; and, where the phone can, sending after it was closed. What
   comes before this is written by the server: SHELL, the addresses of the page's parts. */
"use strict";
importScripts.apply(null, SCRIPTS);

self.addEventListener("install", function (event) {
  self.skipWaiting();
  event.waitUntil(caches.open(SHELL_NAME).then(function (cache) {
    return cache.addAll(SHELL.map(function (address) {
      return new Request(address, { cache: "reload" });
    }));
  }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil((async function () {
    for (var name of await caches.keys()) {
      if (name.indexOf("bao-cao-") === 0 && name !== SHELL_NAME) { await caches.delete(name); }
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", function (event) {
  var address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) { return; }
  var wanted = address.pathname;
  if (SHELL.indexOf(wanted) < 0) { return; }
  event.respondWith(caches.open(SHELL_NAME).then(async function (cache) {
    return (await cache.match(wanted)) || fetch(event.request);
  }));
});

self.addEventListener("sync", function (event) {
  event.waitUntil((async function () {
    var person = await Store.about("person");
    if (!person) { return; }
    var outcome = await Sending.run(person.id);
    for (var client of await self.clients.matchAll()) { client.postMessage("sent"); }
    if (outcome === "later") { throw new Error("not yet"); }  // the browser tries again
  })());
});
