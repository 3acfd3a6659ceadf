"use strict";
/* What this phone keeps: reports being written or waiting to be sent, their files, the week's
   visits. IndexedDB; every change of a report is one transaction, so that a page and the service
   worker never write over each other. */
var Store = (function () {
  var opening = null;

  function opened() {
    if (!opening) {
      opening = new Promise(function (resolve, reject) {
        var request = indexedDB.open("bao-cao", 1);
        request.onupgradeneeded = function () {
          request.result.createObjectStore("reports", { keyPath: "key" });
          request.result.createObjectStore("files", { keyPath: "id" });
          request.result.createObjectStore("about", { keyPath: "name" });
        };
        request.onsuccess = function () {
          var database = request.result;
          database.onversionchange = function () { database.close(); opening = null; };
          database.onclose = function () { opening = null; };
          resolve(database);
        };
        request.onerror = function () { opening = null; reject(request.error); };
      });
    }
    return opening;
  }

  /* Runs `work(stores)` in one transaction; resolves with what it put into `box.result` once all
     of it is on the disk. */
  async function transaction(mode, work) {
    var database = await opened();
    return new Promise(function (resolve, reject) {
      var names = ["reports", "files", "about"], box = {}, running;
      try {
        running = database.transaction(names, mode, { durability: "strict" });
      } catch (error) {
        opening = null;
        reject(error);
        return;
      }
      running.oncomplete = function () { resolve(box.result); };
      running.onabort = running.onerror = function () {
        reject(running.error || box.error || new Error("not kept"));
      };
      work({
        reports: running.objectStore("reports"),
        files: running.objectStore("files"),
        about: running.objectStore("about"),
      }, box, running);
    });
  }

  function read(store, ask) {
    return transaction("readonly", function (stores, box) {
      ask(stores[store]).onsuccess = function (event) { box.result = event.target.result; };
    });
  }

  function filesOf(report) {
    return (report.files || []).map(function (file) { return file.id; });
  }

  return {
    reports: function () { return read("reports", function (s) { return s.getAll(); }); },
    report: function (key) { return read("reports", function (s) { return s.get(key); }); },
    file: function (id) { return read("files", function (s) { return s.get(id); }); },
    about: async function (name) {
      var row = await read("about", function (s) { return s.get(name); });
      return row ? row.value : null;
    },
    setAbout: function (name, value) {
      return transaction("readwrite", function (s) { s.about.put({ name: name, value: value }); });
    },
    /* Keeps a draft, with what `changeFiles(files)` does, both or neither. Resolves with false where
       another page has written, sent or dropped it meanwhile: `rev` counts the writings. */
    save: function (report, changeFiles) {
      return transaction("readwrite", function (s, box) {
        s.reports.get(report.key).onsuccess = function (event) {
          var before = event.target.result;
          box.result = before ? before.state === "draft" && before.rev === report.rev - 1
            : report.rev === 1;
          if (!box.result) { return; }
          s.reports.put(report);
          if (changeFiles) { changeFiles(s.files); }
        };
      });
    },
    /* Changes a report as it lies here now. `change` returns the new one, or null to leave it as it
       is; its files go with `dropFiles`. Resolves with the new report or null. */
    update: function (key, change, dropFiles) {
      return transaction("readwrite", function (s, box, running) {
        s.reports.get(key).onsuccess = function (event) {
          var before = event.target.result;
          try {
            box.result = before ? change(before) : null;
          } catch (error) {
            box.error = error;
            running.abort();
            return;
          }
          if (!box.result) { return; }
          if (box.result.key !== key) { s.reports.delete(key); }
          s.reports.put(box.result);
          if (dropFiles) { filesOf(before).forEach(function (id) { s.files.delete(id); }); }
        };
      });
    },
    drop: function (report) {
      return transaction("readwrite", function (s) {
        filesOf(report).forEach(function (id) { s.files.delete(id); });
        s.reports.delete(report.key);
      });
    },
    /* Everything that is somebody's on this phone. */
    dropAllOf: function (owner) {
      return transaction("readwrite", function (s) {
        s.reports.getAll().onsuccess = function (event) {
          event.target.result.forEach(function (report) {
            if (report.owner !== owner) { return; }
            filesOf(report).forEach(function (id) { s.files.delete(id); });
            s.reports.delete(report.key);
          });
        };
        s.about.delete("week:" + owner);
        s.about.delete("sites:" + owner);
        s.about.delete("person");
      });
    },
    /* A random name that nobody else's is. */
    newKey: function () {
      var bytes = crypto.getRandomValues(new Uint8Array(16));
      return Array.from(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
    },
  };
})();
