"use strict";
/* Whoever leaves takes their name with them: what waits stays on the phone, and is shown to nobody
   until they come back. */
Store.setAbout("person", null).then(function () {
  document.documentElement.setAttribute("data-left", "");
});
