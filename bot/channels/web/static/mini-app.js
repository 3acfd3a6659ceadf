"use strict";
// Telegram puts what it states of its user behind the # of the address; nothing else is read.
const stated = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData");
const form = document.querySelector("form");
if (stated && form) {
  history.replaceState(null, "", location.pathname);
  form.elements.namedItem("stated").value = stated;
  form.submit();
}
