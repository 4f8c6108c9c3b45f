// The first screen: what waits, which firms there are, what is being filled in; and how an assessment begins.
import { button, fill, icon, make, notice } from "./dom.js";
import { stateBadge, status } from "./showing.js";
import { unsent } from "./sending.js";
import { clear } from "./supplies.js";
import * as store from "./store.js";

const MOST_SHOWN = 30;
const byName = new Intl.Collator("id").compare; // five thousand names in a moment, also on a small phone
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const spoken = (number) => `IFN-${number.slice(0, -1)}-${number.slice(-1)}`;

export async function home(app) {
  const { words, who } = app;
  const [left, sheets, firms, list, region] = await Promise.all([
    unsent(who.person), store.all("sheets", who.person), store.all("firms", who.person),
    store.get("meta", `firms:${who.person}`), store.get("meta", `region:${who.person}`),
  ]);
  const order = (one) => (left.sheets.has(one.uuid) ? 2e15 : 0) + (one.changedAt ?? 0);
  sheets.sort((a, b) => order(b) - order(a) || byName(a.name, b.name));
  return [
    make("header", { class: "stack", "data-gap": "snug" }, make("p", { class: "eyebrow" }, who.name), make("h1", { tabindex: "-1" }, words.app)),
    status(app, left),
    app.isLasting ? null : notice(words.noStore, "bad", make("p", {}, words.noStoreWhat), make("p", {}, make("a", { href: app.addresses.pages }, words.pages))),
    Math.abs(who.off ?? 0) > 86_400_000 && notice(words.clock, "warn", make("p", {}, words.clockWhat)),
    sheets.length ? mine(app, sheets, left) : null,
    await found(app, firms, list, region),
    about(app, list, left),
  ];
}

function mine(app, sheets, left) {
  return make("section", { class: "stack", "data-gap": "snug" }, make("h2", {}, app.words.mine),
    make("ul", { class: "people" }, sheets.slice(0, 100).map((one) => make("li", {},
      make("div", { class: "stack", "data-gap": "tight" }, make("a", { href: `#isi/${one.uuid}` }, make("b", {}, one.name)),
        make("span", { class: "fine" }, `${spoken(one.business)} · ${app.words[`mode_${one.mode}`]} · ${app.day(one.assessedOn)}`)),
      stateBadge(app, one, left)))));
}

async function found(app, firms, list, region) {
  const { words, who } = app;
  firms.sort((a, b) => byName(a.name, b.name));
  const names = firms.map((one) => plain(`${one.name} ${one.number} ${spoken(one.number)} ${one.place}`));
  const shown = make("ul", { class: "people" });
  const said = make("p", { class: "fine", role: "status" });
  const look = (text) => {
    const parts = plain(text).split(/\s+/).filter(Boolean);
    const fit = firms.filter((_one, place) => parts.every((part) => names[place].includes(part)));
    shown.replaceChildren(...fit.slice(0, MOST_SHOWN).map((one) => make("li", {},
      make("div", { class: "stack", "data-gap": "tight" }, make("a", { href: `#usaha/${one.number}` }, make("b", {}, one.name)),
        make("span", { class: "fine" }, `${spoken(one.number)} · ${one.place}`)))));
    said.textContent = !fit.length ? words.noFirm : fit.length > MOST_SHOWN ? fill(words.moreFirms, { n: fit.length, shown: MOST_SHOWN }) : "";
    app.typed = text;
  };
  const input = make("input", { type: "search", id: "cari", autocomplete: "off", value: app.typed ?? "", oninput: (event) => look(event.target.value) });
  look(app.typed ?? "");
  return make("section", { class: "stack", "data-gap": "snug" }, make("h2", {}, words.firms),
    who.regions.length > 1 && regions(app, region),
    firms.length ? make("div", { class: "field" }, make("label", { for: "cari" }, words.search), input) : make("p", {}, app.isBusy ? words.bringing : words.noFirms),
    firms.length ? said : null, firms.length ? shown : null,
    list && list.count > list.kept && notice("", "warn", make("p", {}, fill(words.tooMany, { kept: app.number(list.kept), all: app.number(list.count) }))));
}

function regions(app, region) {
  const { words, who } = app;
  const choose = async (event) => {
    await store.put("meta", { key: `region:${who.person}`, code: event.target.value });
    await app.fetch();
  };
  return make("div", { class: "field" }, make("label", { for: "wilayah" }, words.region),
    make("select", { id: "wilayah", onchange: choose, disabled: !navigator.onLine },
      make("option", { value: "" }, words.everywhere),
      who.regions.map(([code, name]) => make("option", { value: code, selected: code === region?.code }, name))));
}

function about(app, list, left) {
  const { words, who } = app;
  const clean = async () => {
    await clear(who.person, left.sheets);
    await store.put("meta", { key: "who", ...who, tag: "" });
    app.told = words.cleaned;
    await app.show();
  };
  return make("details", { class: "disclosure", id: "tentang" }, make("summary", {}, words.about),
    make("div", { class: "stack", "data-gap": "snug" },
      make("p", {}, words.aboutWhat),
      list && make("p", { class: "fine" }, fill(words.listAt, { n: app.number(list.kept), at: app.moment(list.at) })),
      make("p", { class: "fine" }, app.isPersisted ? words.persisted : words.notPersisted),
      make("p", { class: "fine" }, words.install),
      make("div", { class: "actions" },
        app.prompt && button(words.installNow, () => app.prompt.prompt(), { name: "download", kind: "quiet" }),
        button(words.again, () => app.fetch(), { name: "download", kind: "quiet", disabled: !navigator.onLine }),
        button(words.clean, clean, { name: "trash", kind: "quiet" })),
      make("p", { class: "fine" }, words.cleanWhat)));
}

// Whom, with what, how and on which day; what is begun of the firm already is gone on with.
export async function firm(app, number) {
  const { words, who } = app;
  const one = await store.get("firms", [who.person, number]);
  const sheets = (await store.all("sheets", who.person)).filter((sheet) => sheet.business === number && sheet.sides?.length !== 0);
  const forms = (await store.all("forms")).filter((form) => form.inUse);
  const left = await unsent(who.person);
  const head = [
    make("p", { class: "work-links" }, make("a", { href: "#" }, icon("arrow-left"), words.back)),
    make("header", { class: "stack", "data-gap": "snug" }, make("p", { class: "eyebrow" }, spoken(number)),
      make("h1", { tabindex: "-1" }, one?.name ?? spoken(number)), make("p", { class: "fine" }, one?.place ?? "")),
  ];
  if (sheets.length) head.push(mine(app, sheets, left));
  if (!one) return head;
  if (!forms.length) return [...head, notice(words.noForms, "warn", make("p", {}, words.noFormsWhat))];
  return [...head, beginning(app, one, forms)];
}

function beginning(app, one, forms) {
  const { words, who } = app;
  const today = app.today();
  const modes = one.mode === "self" ? ["self"] : ["visit", "phone"];
  const begin = async (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    const form = forms.find((other) => other.key === data.get("form"));
    const sheet = {
      person: who.person, uuid: crypto.randomUUID(), business: one.number, name: one.name, form: form.key, instrument: form.instrument,
      digest: form.digest, mode: data.get("mode"), assessedOn: data.get("day") || today, state: "draft", fields: {}, changedAt: Date.now(),
      sides: one.mode === "self" ? ["own"] : ["assessor", "own"],
    };
    await store.put("sheets", sheet);
    await app.persist();
    location.hash = `#isi/${sheet.uuid}/${form.content.dimensions[0].code}`;
  };
  return make("form", { class: "form panel", onsubmit: begin }, make("h2", {}, words.begin),
    make("div", { class: "field" }, make("label", { for: "form" }, words.form),
      make("select", { id: "form", name: "form" }, forms.map((form) => make("option", { value: form.key }, `${app.said(form.name)}, ${form.number}`)))),
    make("fieldset", { class: "field" }, make("legend", {}, words.how), make("div", { class: "choices" }, modes.map((mode, place) => make("label", { class: "choice" },
      make("input", { type: "radio", name: "mode", value: mode, checked: place === 0 }), make("span", {}, words[`mode_${mode}`]))))),
    make("div", { class: "field" }, make("label", { for: "day" }, words.day), make("input", { type: "date", id: "day", name: "day", value: today, max: today })),
    make("div", { class: "actions" }, make("button", { class: "button", type: "submit" }, words.beginNow)));
}

