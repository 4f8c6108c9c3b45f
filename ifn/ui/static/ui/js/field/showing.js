// Where an assessment on the phone stands, in a badge and in words, and what is to be done about it.
import { OPEN, conflictsOf, faultsOf, unsentOf } from "./answers.js";
import { badge, button, fill, make, notice } from "./dom.js";

// The words of an answer, as its question has them.
export function said(app, form, question, value) {
  if (value === null || value === "" || value === undefined) return app.words.empty;
  if (!question) return String(value);
  if (question.kind === "yes_no") return value ? app.words.yes : app.words.no;
  if (question.kind === "scale") return `${value} – ${app.said((question.anchors ?? form.content.levels)?.[value])}`;
  if (question.kind === "choice") return app.said(question.choices.find((one) => one.code === value)?.text) || String(value);
  return question.kind === "number" ? `${Number(value).toLocaleString(app.language)} ${app.said(question.unit)}`.trim() : String(value);
}

// Which of its states counts most: what a person must decide comes before what sends itself.
export function stateOf(sheet, left) {
  if (sheet.refused) return "refused";
  if (conflictsOf(sheet).length || sheet.openConflicts) return "conflict";
  if (faultsOf(sheet).length || sheet.left?.length || sheet.note === "NothingScored") return "mend";
  if (left.sheets.has(sheet.uuid) && (sheet.finish || !unsentOf(sheet))) return "waiting";
  if (!OPEN.includes(sheet.state)) return ["approved", "aside"].includes(sheet.state) ? sheet.state : "handed";
  return unsentOf(sheet) ? "unsent" : sheet.isOnServer ? "arrived" : "begun";
}

const LOOKS = {
  refused: ["bad", "warning"], conflict: ["bad", "warning"], mend: ["warn", "edit"], waiting: ["action", "clock"], handed: ["good", "check"],
  approved: ["good", "check"], aside: ["", "hide"], unsent: ["", "edit"], arrived: ["good", "check"], begun: ["", "edit"],
};

export function stateBadge(app, sheet, left) {
  const state = stateOf(sheet, left);
  return badge(app.words[`state_${state}`], ...LOOKS[state]);
}

// What came back from the platform, field by field.
export function receipt(app, sheet, form) {
  const { words } = app;
  const questions = Object.fromEntries((form?.content.questions ?? []).map((one) => [one.code, one]));
  const asked = (key) => app.said(questions[key.split("|")[0]]?.text) || key.split("|")[0];
  const shown = [];
  if (sheet.refused) {
    shown.push(notice(words.refused, "bad", make("p", {}, sheet.refused.said), make("p", { class: "fine" }, words.kept)));
  }
  const conflicts = conflictsOf(sheet);
  if (conflicts.length || sheet.openConflicts) {
    shown.push(notice(words.conflict, "bad", make("p", {}, words.conflictWhat),
      conflicts.map(([key, { conflict: { here, sent } }]) => make("dl", { class: "both", "data-conflict": key },
        make("dt", {}, asked(key), make("span", { class: "fine" }, ` · ${words[key.split("|")[1]]}`)),
        make("dd", {}, make("b", {}, words.theirs), " ", key.endsWith("|value") ? said(app, form, questions[key.split("|")[0]], here) : here || words.empty),
        make("dd", {}, make("b", {}, words.yours), " ", key.endsWith("|value") ? said(app, form, questions[key.split("|")[0]], sent) : sent || words.empty))),
      make("p", {}, make("a", { class: "button", href: app.addresses.conflicts.replace(app.none, sheet.uuid) }, words.decide))));
  }
  const faults = faultsOf(sheet);
  if (faults.length) {
    shown.push(notice(words.faults, "warn", make("ul", {}, faults.map(([key, { fault }]) => make("li", {}, `${asked(key)}: ${fault}`)))));
  }
  if (sheet.left?.length) {
    shown.push(notice(words.left, "warn", make("ul", {}, sheet.left.map((code) => make("li", {}, asked(code))))));
  }
  if (sheet.note === "NothingScored") shown.push(notice(words.nothingScored, "warn"));
  if (sheet.state === "returned" && sheet.reason) shown.push(notice(words.returned, "warn", make("p", {}, sheet.reason)));
  if (sheet.beside && !["approved", "aside"].includes(sheet.state)) {
    shown.push(notice(words.beside, "warn", make("p", {}, words.besideWhat),
      make("p", {}, make("a", { class: "button", href: app.addresses.sheet.replace(app.none, sheet.uuid) }, words.compare))));
  }
  if (!shown.length && ["submitted", "approved"].includes(sheet.state)) {
    shown.push(notice(words.taken, "good", make("p", {}, words.takenWhat)));
  }
  return shown;
}

// How much waits, whether there is signal, and the button that sends at once.
export function status(app, left) {
  const { words } = app;
  const number = left.sheets.size;
  const text = number ? fill(words.unsent, { n: number }) : words.allSent;
  return make("section", { class: "field-status panel", "aria-label": words.status },
    make("p", { role: "status", "data-unsent": number }, badge(text, number ? "warn" : "good", number ? "clock" : "check"), " ",
      badge(navigator.onLine ? words.online : words.offline, "", navigator.onLine ? "globe" : "hide")),
    make("p", { class: "fine", "data-worker": app.worker }, words[app.worker]),
    app.told && make("p", { class: "fine" }, app.told),
    left.ready ? make("div", { class: "actions" }, button(words.sendNow, () => app.send(true), { name: "send", kind: "quiet" })) : null);
}
