"use strict";
/* The page: what waits for a report, what is being written, what waits to be sent, what arrived.
   Nothing is asked of the union that the phone cannot do without. */
(function () {
  var main = document.querySelector("main"), line = document.getElementById("line");
  var person = null, week = null, needsLogin = false, open = null, choosing = false;
  var pause = 0, timer = null, recorder = null;
  var FIRST_PAUSE = 5000, LONGEST_PAUSE = 300000, LONGEST_SIDE = 1920;
  var MOST_BYTES = 20000000, MOST_LINES = 20;

  var WORDS = {
    waiting: "Chưa gửi được: chờ có sóng.",
    sending: "Đang gửi…",
    login: "Chưa gửi được: đồng chí cần vào lại.",
    offline: "Máy chưa có sóng. Đồng chí cứ viết; khi có sóng, mở trang này là tự gửi.",
    full: "Máy sắp hết chỗ nên chưa ghi lại được. Đồng chí đừng đóng trang này: xóa bớt ảnh, ứng " +
      "dụng trong máy rồi bấm “Ghi lại”, hoặc chép nội dung ra chỗ khác.",
    fileFull: "Máy sắp hết chỗ nên chưa ghi được tệp này. Chữ đã viết vẫn còn. Đồng chí xóa bớt " +
      "ảnh, ứng dụng trong máy rồi thử lại.",
    noPicture: "Máy không đọc được ảnh này. Đồng chí chụp lại hoặc chọn ảnh khác.",
    large: "Tệp lớn hơn 20 MB nên không gửi được. Đồng chí chọn tệp nhỏ hơn.",
    elsewhere: "Bản này vừa được viết hoặc gửi ở một trang khác trên máy. Đồng chí chép phần vừa viết " +
      "nếu cần, rồi đóng trang này và mở lại.",
    noStore: "Trình duyệt này không cho ghi lại trong máy (có thể đang ở chế độ ẩn danh), nên " +
      "chưa viết được khi không có sóng.",
    noVoice: "Chưa ghi âm được. Đồng chí cho phép trang này dùng micrô rồi thử lại.",
  };

  function button(label, act, kind) {
    return el("button", { type: "button", class: kind || "", text: label, onclick: act });
  }

  function isFull(error) { return /quota/i.test(String(error && (error.name + error.message))); }

  // ---- Keeping what is written ---------------------------------------------------------------

  var chain = Promise.resolve(), queued = null;

  /* Writes the open report into the phone, with what `changeFiles` does; one writing after the
     other. Resolves with whether it is there; rejects where the phone would not keep it. */
  function keep(changeFiles) {
    var written = chain.then(function () {
      if (!open) { return true; }
      var report = open, copy = JSON.parse(JSON.stringify(report));
      copy.rev = (report.rev || 0) + 1;
      return Store.save(copy, changeFiles).then(function (there) {
        if (there) { report.rev = copy.rev; } else { state(WORDS.elsewhere, true); }
        return there;
      });
    });
    chain = written.catch(function () {});
    return written;
  }

  /* The same for what was typed: letters that come while it waits go with it. */
  function save() {
    if (!open) { return Promise.resolve(true); }
    if (queued) { return queued; }
    state("Đang ghi…");
    queued = chain.then(function () {
      queued = null;
      return keep();
    }).then(function (there) {
      if (there && !queued) { state("Đã ghi vào máy."); }
      return there;
    }, function (error) {
      state(isFull(error) ? WORDS.full : WORDS.noStore, true);
      return false;
    });
    return queued;
  }

  function state(words, bad) {
    var place = document.getElementById("saved");
    if (!place) { return; }
    place.textContent = words;
    place.className = bad ? "bad" : "";
    document.getElementById("save-again").hidden = !bad;
  }

  function askToPersist() {
    if (navigator.storage && navigator.storage.persist) {
      navigator.storage.persist().catch(function () {});
    }
  }

  // ---- Sending ---------------------------------------------------------------------------------

  async function send(soon) {
    if (soon) { pause = 0; }
    clearTimeout(timer);
    if (!person) { return; }
    var waits = (await reportsOf("waiting")).length > 0;
    if (!waits) { return; }
    registerSync();
    show("sending");
    var outcome = "later";
    try { outcome = await Sending.run(person.id); } catch (error) { /* tried again */ }
    needsLogin = outcome === "login";
    if (outcome === "later") {
      pause = Math.min(LONGEST_PAUSE, pause ? pause * 2 : FIRST_PAUSE);
      timer = setTimeout(send, pause * (0.75 + Math.random() / 2));
    } else {
      pause = 0;
    }
    await show();
  }

  function registerSync() {
    if (!navigator.serviceWorker) { return; }
    navigator.serviceWorker.ready.then(function (registration) {
      if (registration.sync) { return registration.sync.register("bao-cao"); }
    }).catch(function () {});
  }

  async function refresh() {
    var answer = await Sending.week().catch(function () { return null; });
    if (answer && answer.login) {
      needsLogin = true;
      if (answer.left && !open && !choosing) {  // what is theirs is shown again when they come back
        await Store.setAbout("person", null);
        person = week = null;
      }
    }
    if (answer && answer.person) {
      needsLogin = false;
      if (person && person.id !== answer.person.id) { open = null; choosing = false; }
      person = answer.person;
      week = answer;
    }
    await show();
    return answer;
  }

  async function reportsOf(wanted) {
    var reports = await Store.reports();
    return reports.filter(function (report) {
      return person && report.owner === person.id && (!wanted || report.state === wanted);
    });
  }

  // ---- The list --------------------------------------------------------------------------------

  async function show(how) {
    line.textContent = navigator.onLine === false ? WORDS.offline : "";
    line.hidden = !line.textContent;
    if (open || choosing) { return; }
    var reports = await reportsOf();
    if (open || choosing) { return; }
    var parts = [];
    if (needsLogin) {
      parts.push(el("section", { class: "notice", role: "status" }, [el("p", {
        text: "Đồng chí cần vào lại thì mới cập nhật và gửi được: gõ /web trong Telegram, mở liên " +
          "kết, rồi quay lại trang này. Những gì đã viết vẫn còn trong máy.",
      })]));
    }
    parts.push(section("Chờ gửi", inState(reports, "waiting", "refused").map(function (report) {
      return waitingLine(report, how);
    })));
    parts.push(section("Đang viết", inState(reports, "draft").map(draftLine)));
    parts.push(section("Chờ báo cáo", visitsLeft(reports).map(visitLine),
      week ? "Không có lượt đi nào chờ báo cáo." : "Chưa có danh sách lượt đi. Có sóng, đồng chí " +
      "mở trang này một lần để máy ghi lại."));
    if (week && week.unplanned) { parts.push(button("➕ Báo cáo lượt ngoài kế hoạch", choose)); }
    parts.push(section("Đã đến nơi", arrivedLines(reports)));
    parts.push(el("nav", { "aria-label": "Việc khác" }, [
      person && navigator.onLine !== false
        ? el("a", { class: "button", href: "/nha", text: "Trang chính" }) : null,
      button("Cập nhật danh sách", function () { refresh().then(function () { send(true); }); }),
      person ? button("Xóa khỏi máy này", dropAll) : null,
      person ? el("p", {
        class: "hint", text: "Bản đang viết và chờ gửi nằm trong máy này, ai dùng chung máy cũng có " +
          "thể đọc được. Máy dùng chung thì gửi xong đồng chí bấm “Xóa khỏi máy này”.",
      }) : null,
    ]));
    main.textContent = "";
    if (person) { main.appendChild(el("p", { class: "who", text: person.name })); }
    parts.forEach(function (part) { if (part) { main.appendChild(part); } });
  }

  function inState(reports) {
    var states = Array.prototype.slice.call(arguments, 1);
    return reports.filter(function (report) { return states.indexOf(report.state) >= 0; });
  }

  function section(title, lines, otherwise) {
    if (!lines.length && !otherwise) { return null; }
    return el("section", { "data-part": title }, [el("h2", { text: title })].concat(
      lines.length ? lines : [el("p", { text: otherwise })]
    ));
  }

  function placeOf(visit) {
    return el("div", {}, [
      el("p", { class: "place", text: visit.name }), el("p", { class: "hint", text: visit.week }),
    ]);
  }

  function waitingLine(report, how) {
    var refused = report.state === "refused";
    var words = refused ? report.why : how === "sending" ? WORDS.sending
      : needsLogin ? WORDS.login : WORDS.waiting;
    return lineOf(report, [
      el("p", { class: refused ? "why" : "hint", text: words }),
      el("div", { class: "pair" }, [
        refused ? button("Gửi lại", function () { sendAgain(report); })
          : button("Gửi ngay", function () { send(true); }),
        button("Xem, sửa", function () { edit(report); }),
      ]),
    ]);
  }

  function draftLine(report) {
    return lineOf(report, [button("Viết tiếp", function () { write(report); }, "main")]);
  }

  function lineOf(report, parts) {
    return el("div", {
      class: "line", "data-visit": report.visit.id || report.visit.mark, "data-state": report.state,
    }, [placeOf(report.visit)].concat(parts));
  }

  function visitsLeft(reports) {
    var begun = inState(reports, "draft", "waiting", "refused").map(function (report) {
      return report.visit.id;
    });
    var arrived = inState(reports, "arrived").map(function (report) { return report.visit.id; });
    return (week ? week.visits : []).filter(function (visit) {
      return begun.indexOf(visit.id) < 0 && arrived.indexOf(visit.id) < 0;
    });
  }

  function visitLine(visit) {
    return el("div", { class: "line", "data-visit": visit.id }, [
      placeOf(visit),
      visit.address ? el("p", { class: "hint", text: visit.address }) : null,
      button("Viết báo cáo", function () { begin(visit); }, "main"),
    ]);
  }

  function arrivedLines(reports) {
    var own = inState(reports, "arrived").sort(function (a, b) { return a.at < b.at ? 1 : -1; });
    own.splice(MOST_LINES).forEach(function (report) { Store.drop(report); });
    var ids = own.map(function (report) { return report.visit.id || report.made; });
    var others = (week ? week.others : []).filter(function (visit) {
      return visit.reported && ids.indexOf(visit.id) < 0;
    });
    return own.map(function (report) {
      return lineOf(report, [
        el("p", { class: "good", text: "✅ Công đoàn đã nhận" + (report.at ? " (" + moment(report.at) + ")." : ".") }),
        report.words ? el("p", { class: "hint", text: report.words }) : null,
      ]);
    }).concat(others.map(function (visit) {
      return el("div", { class: "line" }, [placeOf(visit), el("p", { class: "good", text: "✅ " + visit.state + "." })]);
    }));
  }

  /* The moment as it is in Viet Nam, whatever the phone's zone. */
  function moment(iso) {
    var there = new Date(new Date(iso).getTime() + 7 * 3600000);
    function two(number) { return ("0" + number).slice(-2); }
    return two(there.getUTCHours()) + ":" + two(there.getUTCMinutes()) + ", " +
      two(there.getUTCDate()) + "/" + two(there.getUTCMonth() + 1);
  }

  // ---- Writing ---------------------------------------------------------------------------------

  var MOST_SITES = 8;

  function plain(words) {
    return words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
  }

  /* Where somebody went without being sent: the site, by a few letters of its name. */
  async function choose() {
    choosing = true;
    var known = await Store.about("sites:" + person.id);
    var sites = (known ? known.sites : []).map(function (site) {
      return { id: site[0], name: site[1], plain: plain(site[1]) };
    });
    var found = el("div", { id: "found" }), more = el("p", { class: "hint" });
    var box = el("input", { id: "site", maxlength: 100, autocomplete: "off", oninput: draw });
    function draw() {
      var words = plain(box.value).split(/\s+/).filter(Boolean);
      var fitting = sites.filter(function (site) {
        return words.every(function (word) { return site.plain.indexOf(word) >= 0; });
      });
      found.textContent = "";
      fitting.slice(0, MOST_SITES).forEach(function (site) {
        found.appendChild(button("📍 " + site.name, function () { ask(site); }));
      });
      more.textContent = fitting.length > MOST_SITES ? "Còn nhiều cơ sở nữa: đồng chí gõ thêm chữ."
        : fitting.length ? "" : "Không thấy cơ sở nào có tên như vậy.";
    }
    main.textContent = "";
    [
      el("h2", { text: "Lượt đi ngoài kế hoạch" }),
      el("label", { for: "site", text: "Đồng chí đã đến đâu? Gõ vài chữ trong tên, không cần dấu." }),
      box, found, more,
      el("p", {
        class: "hint", text: "Cơ sở chưa có trong danh sách thì báo cáo ở trang chính, khi có sóng.",
      }),
      button("« Quay lại", leaveChoosing),
    ].forEach(function (part) { main.appendChild(part); });
    draw();
    window.scrollTo(0, 0);
  }

  async function leaveChoosing() {
    choosing = false;
    await show();
    window.scrollTo(0, 0);
  }

  /* As the chat asks it, where a visit to that very site waits. */
  function ask(site) {
    var assigned = week.visits.filter(function (visit) { return visit.place === site.id; })[0];
    if (!assigned) { beginUnplanned(site); return; }
    main.textContent = "";
    [
      el("h2", { text: site.name }),
      el("p", {
        text: "Đồng chí có lượt được giao đến cơ sở này mà chưa báo cáo. Đây có phải là lượt được " +
          "giao đó không?",
      }),
      button("Đúng, báo cáo lượt được giao", function () { goOn(assigned); }, "main"),
      button("Không, đây là lượt ngoài kế hoạch", function () { beginUnplanned(site); }),
      button("« Quay lại", choose),
    ].forEach(function (part) { main.appendChild(part); });
  }

  /* The report of an assigned visit that may be begun, or wait to be sent, already. */
  async function goOn(visit) {
    var begun = (await reportsOf()).filter(function (r) { return r.visit.id === visit.id; })[0];
    choosing = false;
    if (!begun) { begin(visit); } else if (begun.state === "draft") { write(begun); } else { await show(); }
  }

  function beginUnplanned(site) {
    choosing = false;
    begin({
      id: 0, mark: Store.newKey(), place: site.id, name: site.name, week: "Ngoài kế hoạch",
      form: week.unplanned.form,
    });
  }

  function begin(visit) {
    askToPersist();
    write({
      key: Store.newKey(), owner: person.id, visit: visit, steps: week.forms[visit.form],
      values: {}, files: [], state: "draft", corrects: [], wrong: {}, why: "",
    });
  }

  /* What waits is written again. Once it was tried, the union may have it already: then what is
     sent next corrects that, under a key of its own. */
  async function edit(report) {
    var draft = await Store.update(report.key, function (now) {
      if (now.state === "arrived") { return null; }
      if (now.tried) {
        now.corrects = (now.corrects || []).concat([now.key]);
        now.key = Store.newKey();
        now.tried = false;
      }
      now.state = "draft";
      return now;
    });
    if (draft) { write(draft); } else { await show(); }
  }

  async function sendAgain(report) {
    await Store.update(report.key, function (now) {
      if (now.state !== "refused") { return null; }
      now.state = "waiting";
      return now;
    });
    send(true);
  }

  function stepsOf(report) {
    var visit = (week ? week.visits : []).filter(function (v) { return v.id === report.visit.id; })[0];
    if (!report.visit.id && week && week.unplanned) { return week.forms[week.unplanned.form]; }
    return visit ? week.forms[visit.form] : report.steps;
  }

  function write(report) {
    report.steps = stepsOf(report);
    open = report;
    var core = el("div", {}), more = el("div", {}), wrappers = [];
    report.steps.forEach(function (step) {
      var box = Questions.drawn(step, report.values[step.key], function (value) {
        report.values[step.key] = value;
        box.classList.remove("wrong");
        box.querySelector(".why").hidden = true;
        arrange();
        save();
      }, report.wrong[step.key], function (question) { return filesBox(step, question); });
      wrappers.push([step, box]);
    });
    function arrange() {
      wrappers.forEach(function (pair) {
        var step = pair[0], box = pair[1];
        box.hidden = !Questions.applies(step, report.values);
        var place = Questions.isDue(step, report.values) ? core : more;
        if (box.parentNode !== place) { place.appendChild(box); }
      });
    }
    arrange();
    var opened = report.steps.some(function (step) {
      return !step.core && !Questions.isBlank(report.values[step.key]);
    });
    main.textContent = "";
    [
      el("h2", { text: "Báo cáo đi cơ sở" }),
      placeOf(report.visit),
      report.why ? el("p", { class: "notice", role: "alert", text: report.why }) : null,
      core,
      el("details", { open: opened }, [el("summary", { text: "Bổ sung (không bắt buộc)" }), more]),
      unknown(report),
      el("p", { id: "problem", class: "why", role: "alert", hidden: true }),
      button("Gửi báo cáo", function () { handIn(wrappers); }, "main"),
      el("div", { class: "pair" }, [
        button("Để sau", leaveOpen), button("Chép nội dung", function () { copy(report); }),
      ]),
      button("Bỏ bản này", function () { dropOpen(); }),
      el("footer", { role: "status" }, [
        el("span", { id: "saved" }),
        el("button", {
          type: "button", id: "save-again", text: "Ghi lại", hidden: true, onclick: save,
        }),
      ]),
    ].forEach(function (part) { if (part) { main.appendChild(part); } });
    window.scrollTo(0, 0);
    var wrong = main.querySelector(".wrong");
    if (wrong) { wrong.scrollIntoView(); }
  }

  /* Answers to questions that are asked no more: shown until they are taken out. */
  function unknown(report) {
    var names = report.steps.map(function (step) { return step.key; });
    var left = Object.keys(report.values).filter(function (key) {
      return names.indexOf(key) < 0 && !Questions.isBlank(report.values[key]);
    });
    if (!left.length) { return null; }
    var box = el("section", { class: "wrong" }, [
      el("h3", { text: "Mẫu báo cáo đã đổi" }),
      el("p", { text: "Phần sau không còn trong mẫu. Đồng chí chép sang câu khác nếu cần, rồi bỏ đi." }),
    ].concat(left.map(function (key) {
      var value = report.values[key];
      return el("p", { text: typeof value === "string" ? value : JSON.stringify(value) });
    }), [button("Bỏ phần này", function () {
      left.forEach(function (key) { delete report.values[key]; });
      box.parentNode.removeChild(box);
      save();
    })]));
    return box;
  }

  async function handIn(wrappers) {
    var report = open, first = null;
    if (recorder) { await recorder.end(); }
    wrappers.forEach(function (pair) {
      var step = pair[0], box = pair[1], value = report.values[step.key];
      var files = report.files.some(function (file) { return file.step === step.key; });
      var missing = Questions.isNeeded(step, report.values) && Questions.isBlank(value) && !files;
      if (step.sort === "checklist" && value !== undefined) { missing = false; }
      box.classList.toggle("wrong", missing);
      var why = box.querySelector(".why");
      why.hidden = !missing;
      why.textContent = missing ? "Câu này chưa trả lời." : "";
      if (missing && !first) { first = box; }
    });
    if (first) { first.scrollIntoView(); return; }
    if (!(await save())) { return; }
    var changed = await Store.update(report.key, function (now) {
      if (now.state !== "draft") { return null; }
      now.state = "waiting";
      now.written = Date.now();
      now.why = "";
      now.wrong = {};
      return now;
    }).catch(function (error) { state(isFull(error) ? WORDS.full : WORDS.noStore, true); });
    if (!changed) { return; }
    open = null;
    await show();
    window.scrollTo(0, 0);
    send(true);
  }

  async function leaveOpen() {
    if (recorder) { await recorder.end(); }
    if (!(await save())) { return; }
    open = null;
    await show();
    window.scrollTo(0, 0);
  }

  async function dropOpen() {
    if (!confirm("Bỏ bản đang viết này khỏi máy?")) { return; }
    if (recorder) { await recorder.end(); }
    var report = open;
    await chain;
    open = null;
    await Store.drop(report);
    await show();
  }

  async function dropAll() {
    var left = (await reportsOf()).filter(function (r) { return r.state !== "arrived"; }).length;
    var words = left ? "Còn " + left + " báo cáo chưa gửi đến nơi, xóa thì không lấy lại được. Xóa hết khỏi máy này?"
      : "Xóa danh sách và các dòng đã gửi khỏi máy này?";
    if (!confirm(words)) { return; }
    await Store.dropAllOf(person.id);
    person = week = null;
    await show();
  }

  function copy(report) {
    var words = [report.visit.name + ", " + report.visit.week].concat(
      report.steps.map(function (step) {
        var answer = Questions.inWords(step, report.values[step.key]);
        return answer ? step.label + ": " + answer : "";
      }).filter(Boolean)
    ).join("\n");
    var done = function () { state("Đã chép nội dung."); };
    var byHand = function () {
      var box = el("textarea", { value: words, "aria-label": "Nội dung" });
      main.appendChild(box);
      box.select();
      if (document.execCommand("copy")) { done(); main.removeChild(box); }
    };
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(words).then(done, byHand);
    } else { byHand(); }
  }

  // ---- Pictures and recordings -------------------------------------------------------------------

  function filesBox(step, question) {
    var list = el("ul", { class: "files" }), words = el("p", { class: "why", role: "alert" });
    function mine() { return open.files.filter(function (f) { return f.step === step.key; }); }
    function draw() {
      list.textContent = "";
      mine().forEach(function (file, number) {
        var size = file.size ? " (" + Math.max(1, Math.round(file.size / 1000)) + " KB)" : "";
        list.appendChild(el("li", { "data-file": file.id, class: open.wrongFile === file.id ? "bad" : "" }, [
          el("span", { text: file.label + " " + (number + 1) + size }),
          button("Bỏ", function () { take(file.id); }),
        ]));
      });
    }
    async function take(id) {
      open.files = open.files.filter(function (f) { return f.id !== id; });
      await keep(function (files) { files.delete(id); });
      draw();
    }
    /* Keeps bytes beside the report, both or neither. */
    async function keepFile(file, data, id) {
      var before = open.files;
      var entry = Object.assign({ id: id || Store.newKey(), step: step.key, size: data.byteLength }, file);
      open.files = before.filter(function (f) { return f.id !== entry.id; }).concat([entry]);
      try {
        var row = { id: entry.id, owner: open.owner, data: data };
        await keep(function (files) { files.put(row); });
      } catch (error) {
        open.files = before;
        throw error;
      } finally {
        draw();
      }
      return entry.id;
    }
    async function add(picked) {
      words.textContent = "";
      for (var file of picked) {
        if (mine().length >= question.most_files) { break; }
        try {
          var isPicture = /^image\//.test(file.type);
          var blob = isPicture ? await smaller(file) : file;
          if (!blob) { words.textContent = WORDS.noPicture; continue; }
          if (blob.size > MOST_BYTES) { words.textContent = WORDS.large; continue; }
          await keepFile(isPicture ? { kind: "photo", label: "Ảnh", name: "" }
            : soundOf(file.type, file.name), await bytesOf(blob));
          state("Đã ghi vào máy.");
        } catch (error) {
          words.textContent = WORDS.fileFull;
        }
      }
    }
    function picker(label, more) {
      var input = el("input", Object.assign({
        type: "file", hidden: true,
        onchange: function () { add(Array.from(input.files)).then(function () { input.value = ""; }); },
      }, more));
      return el("div", {}, [button(label, function () { input.click(); }), input]);
    }
    draw();
    return el("div", { class: "adding" }, [
      list, words,
      el("div", { class: "pair" }, [
        picker("📷 Chụp ảnh", { accept: "image/*", capture: "environment" }),
        picker("🖼 Chọn ảnh", { accept: "image/*", multiple: true, "data-pick": "photos" }),
      ]),
      window.MediaRecorder && navigator.mediaDevices ? recording(keepFile, words)
        : picker("🎙 Ghi âm", { accept: "audio/*", capture: true }),
    ]);
  }

  function bytesOf(blob) {
    return new Promise(function (resolve, reject) {
      var reader = new FileReader();
      reader.onload = function () { resolve(reader.result); };
      reader.onerror = function () { reject(reader.error); };
      reader.readAsArrayBuffer(blob);
    });
  }

  /* A picture made anew, so that it is small and says neither place nor phone; null: no picture. */
  function smaller(file) {
    return new Promise(function (resolve) {
      var address = URL.createObjectURL(file), image = new Image();
      image.onerror = function () { URL.revokeObjectURL(address); resolve(null); };
      image.onload = function () {
        var scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
        var canvas = el("canvas", {
          width: Math.max(1, Math.round(image.naturalWidth * scale)),
          height: Math.max(1, Math.round(image.naturalHeight * scale)),
        });
        var drawing = canvas.getContext("2d");
        drawing.fillStyle = "#fff";
        drawing.fillRect(0, 0, canvas.width, canvas.height);
        drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(address);
        canvas.toBlob(resolve, "image/jpeg", 0.82);
      };
      image.src = address;
    });
  }

  function soundOf(type, name) {
    var kind = /ogg/.test(type) ? "voice" : /mp4|mpeg|m4a|aac/.test(type) ? "audio" : "document";
    var ending = kind === "voice" ? "ogg" : /webm/.test(type) ? "webm" : /mpeg/.test(type) ? "mp3" : "m4a";
    return { kind: kind, label: "Ghi âm", name: name || "ghi-am." + ending };
  }

  /* A recording is kept piece by piece, so that a page that is killed loses three seconds. */
  function recording(keepFile, words) {
    var act = button("🎙 Ghi âm", function () { return recorder ? recorder.end() : start(); });
    async function start() {
      words.textContent = "";
      try {
        var sound = await navigator.mediaDevices.getUserMedia({ audio: true });
        var kinds = ["audio/ogg;codecs=opus", "audio/mp4", "audio/webm;codecs=opus"];
        var type = kinds.filter(function (k) { return MediaRecorder.isTypeSupported(k); })[0];
        var machine = new MediaRecorder(sound, type ? { mimeType: type, audioBitsPerSecond: 24000 } : {});
      } catch (error) {
        words.textContent = WORDS.noVoice;
        return;
      }
      var pieces = [], id = Store.newKey(), keeping = Promise.resolve();
      machine.ondataavailable = function (event) {
        if (!event.data.size) { return; }
        pieces.push(event.data);
        keeping = keeping.then(async function () {
          await keepFile(soundOf(machine.mimeType, ""), await bytesOf(new Blob(pieces)), id);
        }).catch(function () { words.textContent = WORDS.fileFull; });
      };
      var ended = new Promise(function (resolve) { machine.onstop = resolve; });
      recorder = {
        end: async function () {
          if (machine.state !== "inactive") { machine.stop(); }
          await ended;
          sound.getTracks().forEach(function (track) { track.stop(); });
          await keeping;
          recorder = null;
          act.textContent = "🎙 Ghi âm";
        },
      };
      machine.start(3000);
      act.textContent = "⏹ Dừng ghi âm";
    }
    return act;
  }

  // ---- Beginning ---------------------------------------------------------------------------------

  async function begun() {
    if (navigator.serviceWorker) {
      navigator.serviceWorker.register("/bao-cao/may.js", { scope: "/bao-cao/" }).catch(function () {});
      navigator.serviceWorker.addEventListener("message", function () { show(); });
    }
    try {
      person = await Store.about("person");
      week = person ? await Store.about("week:" + person.id) : null;
    } catch (error) {
      main.textContent = WORDS.noStore;
      return;
    }
    await show();
    window.addEventListener("online", function () { refresh().then(function () { send(true); }); });
    window.addEventListener("offline", function () { show(); });
    document.addEventListener("visibilitychange", function () {
      if (document.hidden) { save(); } else { send(true); }
    });
    await refresh();
    await send(true);
  }

  begun();
})();
