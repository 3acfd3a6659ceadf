"use strict";
/* The questions of a report as the server describes them, each drawn by its sort. A new field of a
   known sort appears here by itself. `values` is what is sent: step -> plain JSON. */

function el(name, attributes, children) {
  var node = document.createElement(name);
  Object.keys(attributes || {}).forEach(function (key) {
    var value = attributes[key];
    if (key.slice(0, 2) === "on") { node.addEventListener(key.slice(2), value); }
    else if (key === "text") { node.textContent = value; }
    else if (key === "value") { node.value = value; }
    else if (value === true) { node.setAttribute(key, ""); }
    else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(key, value);
    }
  });
  (children || []).forEach(function (child) { if (child) { node.appendChild(child); } });
  return node;
}

var Questions = (function () {
  var numbered = 0;

  function newId() { numbered += 1; return "q" + numbered; }

  function isBlank(value) {
    if (value === null || value === undefined) { return true; }
    if (typeof value === "string") { return !value.trim(); }
    if (Array.isArray(value)) { return !value.length; }
    if (typeof value === "object") {
      return Object.keys(value).every(function (key) { return isBlank(value[key]); });
    }
    return false;
  }

  /* Whether a condition holds; they are the server's (bot/conversation/conditions.py). */
  function holds(condition, values) {
    var value = values[condition.step];
    if (condition.sort === "marked") {
      return condition.items.some(function (item) { return (value || {})[item] === "trouble"; });
    }
    if (condition.sort === "answered") {
      return !isBlank(value) && condition.but_not.indexOf(value) < 0;
    }
    var words = String(value || "").normalize("NFC").toLowerCase().split(/\s+/).join(" ");
    words = words.replace(/^[ .!,;:]+|[ .!,;:]+$/g, "");
    return Boolean(words) && !new RegExp("^(?:" + condition.nothing + ")$", "u").test(words);
  }

  function applies(step, values) { return !step.when || holds(step.when, values); }
  function isDue(step, values) { return step.core || Boolean(step.due && holds(step.due, values)); }
  function isNeeded(step, values) {
    return step.needed && applies(step, values) && isDue(step, values);
  }

  /* Each: (question, value, change, id) -> element. `change(value)` keeps the answer. */
  var SORTS = {
    words: function (question, value, change, id) {
      var box = el(question.most > 300 ? "textarea" : "input", {
        id: id, maxlength: question.most, rows: 3, value: value || "", autocomplete: "off",
        oninput: function () { change(box.value); },
      });
      return el("div", {}, [box, quick(question.quick, box, change)]);
    },
    number: function (question, value, change, id) {
      var box = el("input", {
        id: id, inputmode: question.digits ? "numeric" : "text", maxlength: 30,
        value: value || "", autocomplete: "off", oninput: function () { change(box.value); },
      });
      return el("div", {}, [box, quick(question.quick, box, change)]);
    },
    day: function (question, value, change, id) {
      var options = question.options || [];
      var box = el("input", {
        id: id, type: "date", value: value || "", onchange: function () { pick(box.value); },
      });
      var rest = el("div", {}, [options.length ? el("label", { for: id, text: "Ngày khác" }) : null, box]);
      var radios = choice(options, value, pick);
      function pick(day) {
        box.value = day;
        radios.querySelectorAll("input").forEach(function (r) { r.checked = r.value === day; });
        change(day);
      }
      return el("div", {}, options.length ? [radios, rest] : [box]);
    },
    choice: function (question, value, change) {
      return choice(question.options, value, change);
    },
    checklist: function (question, value, change) {
      var states = Object.assign({}, value), buttons = {};
      function set(item, state) {
        if (state) { states[item] = state; } else { delete states[item]; }
        ["trouble", "good"].forEach(function (s) {
          buttons[item][s].setAttribute("aria-pressed", String(states[item] === s));
        });
        change(Object.assign({}, states));
      }
      var rows = question.options.map(function (option) {
        var item = option[0];
        buttons[item] = {};
        function mark(state, sign, words) {
          buttons[item][state] = el("button", {
            type: "button", class: "mark", text: sign, "aria-label": option[1] + ": " + words,
            "aria-pressed": String(states[item] === state), "data-mark": state,
            onclick: function () { set(item, states[item] === state ? "" : state); },
          });
          return buttons[item][state];
        }
        return el("div", { class: "topic", "data-item": item }, [
          el("span", { text: option[1] }),
          mark("trouble", "⚠️", "có vấn đề"), mark("good", "✅", "đã nắm, chưa có vấn đề"),
        ]);
      });
      var rest = el("button", {
        type: "button", text: "Còn lại chưa có vấn đề",
        onclick: function () {
          question.options.forEach(function (o) { if (!states[o[0]]) { set(o[0], "good"); } });
        },
      });
      var legend = el("p", { class: "hint", text: "⚠️ có vấn đề · ✅ đã nắm, chưa có vấn đề" });
      return el("div", {}, [legend].concat(rows, [rest]));
    },
    note: function (question, value, change, id, extra) {
      var box = el("textarea", {
        id: id, rows: 5, maxlength: question.most, value: (value || {}).text || "",
        oninput: function () { change({ text: box.value, files: [] }); },
      });
      return el("div", {}, [box, extra ? extra(question) : null]);
    },
    items: function (question, value, change) {
      var list = el("div", {});
      function save() {
        change(Array.from(list.querySelectorAll("textarea"), function (b) { return b.value; })
          .filter(function (words) { return words.trim(); }));
      }
      function add(words) {
        var box = el("textarea", {
          rows: 2, maxlength: question.most, value: words, oninput: save,
          "aria-label": question.label,
        });
        list.appendChild(box);
        return box;
      }
      (value && value.length ? value : [""]).forEach(add);
      var more = el("button", {
        type: "button", text: "+ Thêm",
        onclick: function () {
          if (list.children.length < question.most_items) { add("").focus(); }
        },
      });
      return el("div", {}, [list, more]);
    },
    records: function (question, value, change) {
      var records = (value || []).slice(), list = el("div", {});
      function save() { change(records.slice()); }
      function draw(record) {
        var kind = question.kinds.filter(function (k) { return k.key === record.kind; })[0];
        if (!kind) { return; }
        var fields = kind.fields.map(function (field) {
          var id = newId();
          return el("div", {}, [
            label(field, id),
            SORTS[field.sort](field, record.values[field.key], function (answer) {
              record.values[field.key] = answer;
              save();
            }, id),
          ]);
        });
        var box = el("fieldset", {}, [el("legend", { text: kind.label.replace(/^Thêm v/, "V") })]
          .concat(fields, [el("button", {
            type: "button", text: "Bỏ mục này",
            onclick: function () {
              records.splice(records.indexOf(record), 1);
              list.removeChild(box);
              save();
            },
          })]));
        list.appendChild(box);
      }
      records.forEach(draw);
      function add(key) {
        if (records.length >= question.most_items) { return; }
        var record = { kind: key, values: {} };
        records.push(record);
        draw(record);
        save();
      }
      if (question.kinds.length === 1) {
        return el("div", {}, [list, el("button", {
          type: "button", text: "+ " + question.kinds[0].label,
          onclick: function () { add(question.kinds[0].key); },
        })]);
      }
      var first = el("option", { value: "", text: "+ Chọn để thêm…" });
      var picker = el("select", {
        "aria-label": question.label,
        onchange: function () {
          if (picker.value) { add(picker.value); }
          picker.value = "";
        },
      }, [first].concat(question.kinds.map(function (kind) {
        return el("option", { value: kind.key, text: kind.label });
      })));
      return el("div", {}, [list, picker]);
    },
    place: function (question, value, change) {
      var words = el("p", { class: "hint", text: value ? "Đã ghi vị trí." : "" });
      return el("div", {}, [el("button", {
        type: "button", text: "📍 Ghi vị trí đang đứng",
        onclick: function () {
          if (!navigator.geolocation) { words.textContent = "Máy này không lấy được vị trí."; return; }
          words.textContent = "Đang lấy vị trí…";
          navigator.geolocation.getCurrentPosition(function (place) {
            change([place.coords.latitude, place.coords.longitude]);
            words.textContent = "Đã ghi vị trí.";
          }, function () {
            words.textContent = "Chưa lấy được vị trí. Không bắt buộc, đồng chí có thể bỏ qua.";
          }, { timeout: 30000, maximumAge: 60000 });
        },
      }), words]);
    },
  };

  function choice(options, value, change) {
    var name = newId();
    return el("div", { class: "choices" }, options.map(function (option) {
      return el("label", { class: "choice" }, [
        el("input", {
          type: "radio", name: name, value: option[0],
          onchange: function () { change(option[0]); },
        }),
        el("span", { text: option[1] }),
      ]);
    }).map(function (box) {
      box.firstChild.checked = box.firstChild.value === value;
      return box;
    }));
  }

  function quick(words, box, change) {
    if (!words || !words.length) { return null; }
    return el("div", { class: "quick" }, words.map(function (word) {
      return el("button", {
        type: "button", text: word,
        onclick: function () { box.value = word; change(word); },
      });
    }));
  }

  function label(question, id) {
    return el("label", { for: id, text: question.ask });
  }

  /* One step: its question, its answer, what is wrong with it. */
  function drawn(step, value, change, wrong, extra) {
    var id = newId(), draw = SORTS[step.sort];
    return el("section", {
      "data-step": step.key, role: "group", "aria-label": step.ask, class: wrong ? "wrong" : "",
    }, [
      el("h3", {}, [el("label", { for: id, text: step.ask })]),
      step.needed || !step.core ? null : el("p", { class: "hint", text: "Có thể bỏ trống." }),
      el("p", { class: "why", role: "alert", text: wrong || "", hidden: !wrong }),
      draw ? draw(step, value, change, id, extra)
        : el("p", { text: "Câu này máy chưa hiện được; đồng chí trả lời trong Telegram." }),
    ]);
  }

  /* An answer in words, to copy. */
  function inWords(step, value) {
    function label(options, key) {
      var option = (options || []).filter(function (o) { return o[0] === key; })[0];
      return option ? option[1] : key;
    }
    if (isBlank(value)) { return ""; }
    if (step.sort === "checklist") {
      return Object.keys(value).map(function (item) {
        return (value[item] === "trouble" ? "⚠️ " : "✅ ") + label(step.options, item);
      }).join(", ");
    }
    if (step.sort === "note") { return value.text; }
    if (step.sort === "items") { return value.join("\n"); }
    if (step.sort === "records") {
      return value.map(function (record) {
        return Object.keys(record.values).map(function (key) { return record.values[key]; })
          .filter(Boolean).join(", ");
      }).join("\n");
    }
    if (step.sort === "place") { return "có ghi vị trí"; }
    return label(step.options, String(value));
  }

  return {
    isBlank: isBlank, applies: applies, isDue: isDue, isNeeded: isNeeded, drawn: drawn,
    inWords: inWords,
  };
})();
