"use strict";
/* Brings what waits to the union: each file by itself, then the report; as often as it takes. The
   server knows each by its key, so nothing counts twice. Runs in the page and in the service
   worker. */
var Sending = (function () {
  var SECONDS = { file: 180, report: 60, week: 30 };
  var running = null;

  /* What came of a request: {status, data}; status 0: there was no answer. */
  async function ask(path, seconds, options) {
    var cut = new AbortController();
    var timer = setTimeout(function () { cut.abort(); }, seconds * 1000);
    try {
      var answer = await fetch("/bao-cao/" + path, Object.assign({
        credentials: "same-origin", cache: "no-store", redirect: "error", signal: cut.signal,
      }, options));
      var data = {};
      try { data = await answer.json(); } catch (error) {
        if (answer.ok) { return { status: 0, data: {} }; }  // cut off, or not ours
      }
      return { status: answer.status, data: data };
    } catch (error) {
      return { status: 0, data: {} };
    } finally {
      clearTimeout(timer);
    }
  }

  function post(path, seconds, body, headers) {
    return ask(path, seconds, {
      method: "POST", body: body, headers: Object.assign({ "X-Bao-Cao": "1" }, headers),
    });
  }

  async function digestOf(data) {
    var hash = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    return Array.from(hash, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  function inState(report, state) {
    return report && report.state === state ? report : null;
  }

  /* Each file that has not arrived. Resolves with "sent", "later", "login" or "refused". */
  async function sendFiles(report) {
    for (var file of report.files) {
      if (file.sent) { continue; }
      var kept = await Store.file(file.id);
      var data = kept ? kept.data : new ArrayBuffer(0);
      var digest = await digestOf(data);
      var answer = data.byteLength ? await post("tep/" + digest, SECONDS.file, data, {
        "Content-Type": "application/octet-stream",
        "X-Kind": file.kind, "X-Name": encodeURIComponent(file.name || ""),
        "X-Person": String(report.owner),
      }) : { status: 204, data: {} };
      var ending = endingOf(answer);
      if (ending === "refused") { await refuse(report, answer, file.id); }
      if (ending !== "sent") { return ending; }
      report = await Store.update(report.key, function (now) {
        now.files.forEach(function (other) {
          if (other.id === file.id) {
            other.sent = true;
            other.digest = data.byteLength ? digest : "";
          }
        });
        return now;
      });
      if (!inState(report, "waiting")) { return "later"; }
    }
    return "sent";
  }

  function endingOf(answer) {
    if (answer.status >= 200 && answer.status < 300) { return "sent"; }
    if (answer.status === 401) { return "login"; }
    if (answer.status === 403 && answer.data.person) { return "login"; }
    if ([400, 403, 409, 413, 415, 422].indexOf(answer.status) >= 0 && answer.data.sentence) {
      return "refused";
    }
    return "later";
  }

  function refuse(report, answer, fileId) {
    return Store.update(report.key, function (now) {
      if (!inState(now, "waiting")) { return null; }
      now.state = "refused";
      now.why = answer.data.sentence;
      now.wrong = answer.data.steps || {};
      now.wrongFile = fileId || "";
      return now;
    });
  }

  function arrived(key, data) {
    return Store.update(key, function (now) {
      if (now.state === "draft") { return null; }
      return {
        key: now.key, owner: now.owner, visit: now.visit, state: "arrived",
        at: data.at || "", words: data.words || "", made: data.visit || 0,
      };
    }, true);
  }

  function valuesOf(report) {
    var values = Object.assign({}, report.values);
    report.files.forEach(function (file) {
      if (!file.digest) { return; }
      var note = Object.assign({ text: "", files: [] }, values[file.step]);
      values[file.step] = Object.assign(note, { files: note.files.concat([file.digest]) });
    });
    return values;
  }

  async function sendReport(key) {
    var report = inState(await Store.report(key), "waiting");
    if (!report) { return "sent"; }
    var files = await sendFiles(report);
    if (files !== "sent") { return files; }
    report = await Store.update(key, function (now) {
      if (!inState(now, "waiting")) { return null; }
      now.tried = true;  // from now on the union may have it, whether we hear of it or not
      return now;
    });
    if (!report) { return "sent"; }
    var answer = await post("nop", SECONDS.report, JSON.stringify({
      key: report.key, visit: report.visit.id, place: report.visit.place,
      values: valuesOf(report), corrects: report.corrects || [],
      age: Math.round((Date.now() - report.written) / 1000),
    }), { "Content-Type": "application/json", "X-Person": String(report.owner) });
    if (answer.status === 409 && answer.data.files) {
      await Store.update(key, function (now) {
        now.files.forEach(function (file) {
          if (answer.data.files.indexOf(file.digest) >= 0) { file.sent = false; }
        });
        return now;
      });
      return "later";
    }
    var ending = endingOf(answer);
    if (ending === "sent") { await arrived(key, answer.data); }
    if (ending === "refused") { await refuse(report, answer); }
    return ending;
  }

  /* Everything of this person that waits, one after the other. "sent": nothing waits any more. */
  async function all(owner) {
    var reports = (await Store.reports()).filter(function (report) {
      return report.owner === owner && report.state === "waiting";
    });
    var outcome = "sent";
    for (var report of reports) {
      var ending = await sendReport(report.key);
      if (ending === "login") { return "login"; }
      if (ending === "later") { outcome = "later"; }
    }
    return outcome;
  }

  async function alone(owner) {
    var locks = typeof navigator !== "undefined" && navigator.locks;
    if (!locks) { return all(owner); }
    return locks.request("bao-cao", { ifAvailable: true }, function (lock) {
      return lock ? all(owner) : "later";  // another tab is at it
    });
  }

  return {
    run: function (owner) {
      if (!running) {
        running = alone(owner).then(
          function (outcome) { running = null; return outcome; },
          function (error) { running = null; throw error; }
        );
      }
      return running;
    },
    /* The week as the server has it; null: it did not answer; {login: true}: who asks is unknown,
       `left` where somebody has closed their pages on this phone. */
    week: async function () {
      var before = await Store.about("person");
      var known = before ? await Store.about("sites:" + before.id) : null;
      var answer = await ask("tuan", SECONDS.week, {
        headers: { "X-Bao-Cao": "1", "X-Sites": known ? known.mark : "" },
      });
      if (answer.status === 401 || answer.status === 403) {
        return { login: true, left: Boolean(answer.data.left) };
      }
      if (answer.status !== 200) { return null; }
      var week = answer.data, owner = week.person.id;
      if (week.unplanned && week.unplanned.sites) {
        await Store.setAbout("sites:" + owner, {
          mark: week.unplanned.mark, sites: week.unplanned.sites,
        });
        delete week.unplanned.sites;
      }
      await Store.setAbout("person", week.person);
      await Store.setAbout("week:" + owner, week);
      for (var report of await Store.reports()) {
        if (report.owner === owner && report.state !== "arrived" && week.arrived[report.key]) {
          await arrived(report.key, {
            at: week.arrived[report.key], visit: week.arrived_visits[report.key],
          });
        }
      }
      return week;
    },
  };
})();
