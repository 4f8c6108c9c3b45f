// The form: an assessment part by part. Whatever is typed is on the phone before the next key.
import { OPEN, answersOf, give, keyOf, unsentOf, valueOf } from "./answers.js";
import { applies } from "./conditions.js";
import { badge, button, fill, icon, make, notice } from "./dom.js";
import { hand, unsent } from "./sending.js";
import { receipt, said, stateBadge } from "./showing.js";
import { shown, smaller } from "./photos.js";
import { spoken } from "./choosing.js";
import * as store from "./store.js";

const mainSide = (sheet) => sheet.mode === "self" ? "own" : "assessor";
const photoSide = (sheet) => sheet.sides.includes("assessor") ? "assessor" : "own";
const askedOf = (form, sheet) => applies(form.content.questions, answersOf(sheet, mainSide(sheet)));

async function opened(app, uuid) {
  const sheet = await store.get("sheets", [app.who.person, uuid]);
  const form = sheet && await store.get("forms", sheet.form);
  const photos = (await store.all("photos", app.who.person)).filter((one) => one.sheet === uuid);
  return { sheet, form, photos };
}

const countThere = (sheet, code, side) => (sheet.photosThere ?? []).find(([question, whose]) => question === code && (!side || whose === side))?.[2] ?? 0;

// Questions that must be answered and are not, in order.
function open(form, sheet, photos) {
  const answers = answersOf(sheet, mainSide(sheet)), asked = askedOf(form, sheet);
  return form.content.questions.filter((one) => one.required && asked.has(one.code)
    && (one.kind === "photo" ? !photos.some((photo) => photo.question === one.code) && !countThere(sheet, one.code) : (answers[one.code] ?? null) === null));
}

function head(app, sheet, left, back) {
  return [
    make("p", { class: "work-links" }, make("a", { href: back }, icon("arrow-left"), app.words.back)),
    make("header", { class: "stack", "data-gap": "snug" }, make("p", { class: "eyebrow" }, spoken(sheet.business)),
      make("h1", { tabindex: "-1" }, sheet.name),
      make("p", { class: "row", "data-gap": "tight" }, stateBadge(app, sheet, left),
        make("span", { class: "fine" }, `${app.words[`mode_${sheet.mode}`]} · ${app.day(sheet.assessedOn)}`))),
  ];
}

// One assessment: where it stands, its parts, and what can be done.
export async function sheetPage(app, uuid) {
  const { words } = app;
  const { sheet, form, photos } = await opened(app, uuid);
  if (!sheet) return [notice(words.gone, "warn", make("p", {}, make("a", { href: "#" }, words.back)))];
  const left = await unsent(app.who.person);
  if (!form) return [...head(app, sheet, left, "#"), notice(words.noForms, "warn", make("p", {}, words.noFormsWhat)), ...receipt(app, sheet, form)];
  const answers = answersOf(sheet, mainSide(sheet)), asked = askedOf(form, sheet), missing = open(form, sheet, photos);
  const mayWrite = sheet.sides.length > 0;
  const steps = form.content.dimensions.map((part) => {
    const questions = form.content.questions.filter((one) => one.dimension === part.code && asked.has(one.code));
    const done = questions.filter((one) => (answers[one.code] ?? null) !== null || photos.some((photo) => photo.question === one.code)).length;
    const isOpen = missing.some((one) => one.dimension === part.code);
    return make("li", { "data-state": questions.length && done === questions.length ? "filled" : null },
      make("a", { href: `#isi/${uuid}/${part.code}` }, make("b", {}, app.said(part.name)), make("small", {}, `${done}/${questions.length}`),
        isOpen && make("span", { class: "filled" }, words.mustAnswer)));
  });
  const waiting = photos.filter((one) => one.state === "waiting").length;
  const isWaiting = (await store.all("outbox", app.who.person)).some((one) => one.sheet === uuid);
  return [
    ...head(app, sheet, left, "#"), app.proposal(form), ...receipt(app, sheet, form),
    mayWrite ? make("ol", { class: "steps" }, steps) : null,
    waiting ? make("p", { class: "fine" }, fill(words.photosWait, { n: waiting })) : null,
    ...photos.filter((one) => one.state === "refused").map((one) => notice(words.photoRefused, "warn", make("p", {}, one.why),
      make("p", {}, button(words.remove, async () => { await store.remove("photos", one.uuid); await app.show(); }, { kind: "quiet", size: "small" })))),
    (mayWrite || unsentOf(sheet) > 0) && actions(app, sheet, missing, left),
    !isWaiting && (sheet.refused || !sheet.isOnServer) && discarding(app, sheet, photos),
  ];
}

// What never arrived can be thrown away, by whoever says so twice.
function discarding(app, sheet, photos) {
  const discard = async () => {
    if (!confirm(app.words.discardAsk)) return;
    await store.transact(["sheets", "photos", "outbox"], async (stores) => {
      await stores.sheets.remove([sheet.person, sheet.uuid]);
      for (const one of photos) await stores.photos.remove(one.uuid);
      for (const one of await stores.outbox.all(sheet.person)) if (one.sheet === sheet.uuid) await stores.outbox.remove(one.uuid);
    });
    location.hash = "#";
  };
  return make("p", {}, button(app.words.discard, discard, { kind: "plain", name: "trash" }));
}

function actions(app, sheet, missing, left) {
  const { words } = app;
  const isWaiting = left.sheets.has(sheet.uuid) && !unsentOf(sheet);
  const deliver = (isFinished) => async () => {
    await hand(app.who.person, sheet.uuid, { isFinished });
    app.told = isFinished ? words.finished : words.handed;
    if (isFinished) location.hash = "#"; else await app.show();
    await app.send();
  };
  return make("section", { class: "stack", "data-gap": "snug" },
    missing.length ? notice(fill(words.missing, { n: missing.length }), "info", make("ul", {}, missing.slice(0, 12).map((one) => make("li", {},
      make("a", { href: `#isi/${sheet.uuid}/${one.dimension}/${one.code}` }, app.said(one.text)))))) : null,
    make("div", { class: "actions" },
      OPEN.includes(sheet.state) && button(words.finish, deliver(true), { name: "check", size: "large", disabled: missing.length > 0 }),
      (unsentOf(sheet) || sheet.refused || !sheet.isOnServer) && !isWaiting && button(words.sendPart, deliver(false), { name: "send", kind: "quiet" })),
    make("p", { class: "fine" }, words.finishWhat));
}

// One part of the form.
export async function partPage(app, uuid, code) {
  const { words } = app;
  const { sheet, form, photos } = await opened(app, uuid);
  const order = form?.content.dimensions.map((one) => one.code) ?? [];
  const place = order.indexOf(code);
  if (!sheet || place < 0) return sheetPage(app, uuid);
  const part = form.content.dimensions[place];
  const saved = make("p", { class: "fine saved", role: "status" }, words.savedHere);
  const context = { app, sheet, form, photos, saved, shown: Object.fromEntries(Object.entries(sheet.fields).map(([key, field]) => [key, field.is])) };
  const questions = form.content.questions.filter((one) => one.dimension === code);
  const panels = questions.map((one) => [one, panel(context, one)]);
  context.sort = () => {
    const asked = askedOf(form, context.sheet);
    for (const [one, shownPanel] of panels) shownPanel.hidden = !asked.has(one.code);
  };
  context.sort();
  const next = order[place + 1];
  return [
    make("p", { class: "work-links" }, make("a", { href: `#isi/${uuid}` }, icon("arrow-left"), sheet.name)),
    make("header", { class: "stack", "data-gap": "snug" }, make("p", { class: "eyebrow" }, fill(words.part, { n: place + 1, all: order.length })),
      form.content.is_proposal && make("p", {}, badge(words.proposal, "warn", "warning")), make("h1", { tabindex: "-1" }, app.said(part.name))),
    ...panels.map(([, one]) => one),
    make("div", { class: "save-bar" }, saved,
      place > 0 && make("a", { class: "button", "data-kind": "quiet", href: `#isi/${uuid}/${order[place - 1]}` }, words.previous),
      next ? make("a", { class: "button", href: `#isi/${uuid}/${next}` }, words.next) : make("a", { class: "button", href: `#isi/${uuid}` }, words.review)),
  ];
}

function panel(context, one) {
  const { app, sheet } = context;
  const order = [...sheet.sides].sort(); // the assessor's view, then the firm's
  const views = order.map((side) => {
    const inside = one.kind === "photo" ? null : control(context, one, side);
    const isSecond = side === "own" && order.length > 1;
    if (!inside) return null;
    return isSecond ? make("details", { class: "disclosure", "data-kind": "plain", open: valueOf(sheet, one.code, side) !== null },
      make("summary", { id: `s-${side}-${one.code}` }, app.words.own), inside) : make("div", { class: "stack", "data-gap": "snug" },
      make("p", { class: "eyebrow", id: `s-${side}-${one.code}`, hidden: order.length < 2 }, app.words[side]), inside);
  });
  return make("section", { class: "panel stack asked", "data-gap": "snug", id: `p-${one.code}`, "aria-label": app.said(one.text) },
    make("p", { id: `t-${one.code}` }, make("b", {}, app.said(one.text)), !one.required && make("span", { class: "optional" }, ` ${app.words.optional}`)),
    app.said(one.hint) && make("p", { class: "help" }, app.said(one.hint)), views, grounds(context, one));
}

function write(context, key, value) {
  const { app, saved } = context;
  const shown = context.shown[key] ?? null;
  context.shown[key] = value;
  const kept = store.change("sheets", [context.sheet.person, context.sheet.uuid], (sheet) => give(sheet, key, value, shown)).then((sheet) => {
    context.sheet = sheet;
    saved.textContent = fill(app.words.savedAt, { at: app.clock(Date.now()) });
    context.sort();
  }, () => { saved.textContent = app.words.full; });
  app.writing = Promise.all([app.writing, kept]);
}

function control(context, one, side) {
  const { app, sheet, form } = context;
  const { words } = app;
  const key = keyOf(one.code, side), name = `${side}-${one.code}`, value = valueOf(sheet, one.code, side);
  const field = sheet.fields[key];
  if (field?.conflict) {
    return notice(words.conflict, "bad",
      make("p", {}, make("b", {}, words.theirs), ` ${said(app, form, one, field.conflict.here)}`),
      make("p", {}, make("b", {}, words.yours), ` ${said(app, form, one, field.conflict.sent)}`),
      make("p", {}, make("a", { href: app.addresses.conflicts.replace(app.none, sheet.uuid) }, words.decide)));
  }
  const fault = field?.fault && make("p", { class: "error", id: `e-${name}` }, field.fault);
  const options = optionsOf(app, form, one);
  if (options) return choices(context, one, { key, name, value, options, fault });
  const more = { id: `i-${name}`, name, "aria-labelledby": `t-${one.code} s-${name}`, "aria-describedby": fault ? `e-${name}` : null, "aria-invalid": fault ? "true" : null };
  if (one.kind === "text") {
    const area = make("textarea", { ...more, rows: 3, maxlength: 4000, oninput: (event) => write(context, key, event.target.value.trim()) });
    area.value = value ?? "";
    return make("div", { class: "field" }, fault, area);
  }
  const wrong = make("p", { class: "error", hidden: true, id: `n-${name}` });
  const input = make("input", { ...more, type: "text", inputmode: "decimal", value: value ?? "", oninput: (event) => {
    const given = event.target.value, number = plainNumber(given);
    wrong.textContent = number === null || !given.trim() ? given.trim() ? words.notNumber : "" : bounds(app, one, number);
    wrong.hidden = !wrong.textContent;
    event.target.setAttribute("aria-invalid", String(!wrong.hidden));
    if (!wrong.hidden) event.target.setAttribute("aria-describedby", wrong.id);
    write(context, key, given.trim() ? number ?? given.trim() : null);
  } });
  const unit = app.said(one.unit);
  return make("div", { class: "field" }, fault, wrong, unit ? make("div", { class: "with-unit" }, input, make("span", {}, unit)) : input);
}

function choices(context, one, { key, name, value, options, fault }) {
  const { words } = context.app;
  const radio = (given, label) => make("label", { class: "choice" },
    make("input", { type: "radio", name, value: String(given), checked: given !== null && given === value, onchange: () => write(context, key, given) }), make("span", {}, label));
  return make("fieldset", { class: "field", "aria-labelledby": `t-${one.code} s-${name}` }, fault, make("div", { class: "choices" },
    options.map(([given, label]) => radio(given, one.kind === "scale" ? [make("b", {}, String(given)), " ", label] : label)),
    radio(null, make("span", { class: "fine" }, words.noAnswer))));
}

function optionsOf(app, form, one) {
  if (one.kind === "scale") return [0, 1, 2, 3, 4].map((level) => [level, app.said((one.anchors ?? form.content.levels)?.[level])]);
  if (one.kind === "yes_no") return [[true, app.words.yes], [false, app.words.no]];
  return one.kind === "choice" ? one.choices.map((choice) => [choice.code, app.said(choice.text)]) : null;
}

// A number as the platform keeps it: 1.250,5 and 1250.50 are 1250.5; nothing where it is none.
export function plainNumber(given) {
  let text = given.trim();
  const comma = /^(-?[\d.]+),(\d+)$/.exec(text);
  if (comma) text = `${comma[1].replaceAll(".", "")}.${comma[2]}`;
  if (!/^-?\d+(\.\d+)?$/.test(text)) return null;
  text = text.replace(/^(-?)0+(?=\d)/, "$1");
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

function bounds(app, one, number) {
  if (one.minimum !== undefined && Number(number) < one.minimum) return fill(app.words.tooSmall, { least: app.number(one.minimum) });
  if (one.maximum !== undefined && Number(number) > one.maximum) return fill(app.words.tooLarge, { most: app.number(one.maximum) });
  return "";
}

// What an answer rests on: words, and photos.
function grounds(context, one) {
  const { app, sheet, photos } = context;
  const side = photoSide(sheet), key = keyOf(one.code, side, "words"), words = valueOf(sheet, one.code, side, "words");
  const mine = photos.filter((photo) => photo.question === one.code);
  const area = make("textarea", { id: `w-${one.code}`, rows: 2, maxlength: app.limits.text, oninput: (event) => write(context, key, event.target.value.trim()) });
  area.value = words ?? "";
  area.disabled = Boolean(sheet.fields[key]?.conflict);
  const pictures = album(context, one, side, mine);
  if (one.kind === "photo") return pictures;
  return make("details", { class: "disclosure", "data-kind": "plain", open: Boolean(words || mine.length) }, make("summary", {}, app.words.grounds),
    make("div", { class: "stack", "data-gap": "snug" },
      make("div", { class: "field" }, make("label", { for: `w-${one.code}` }, app.words.groundsWords), area), pictures));
}

function album(context, one, side, mine) {
  const { app, sheet } = context;
  const list = make("ul", { class: "preview" });
  const fault = make("p", { class: "error", role: "alert", hidden: true });
  const say = (text) => { fault.textContent = text; fault.hidden = !text; };
  const picture = async (photo) => {
    const item = make("li", {});
    if (photo.blob) item.append(make("img", { src: await shown(photo.blob), alt: app.said(one.text) }));
    else item.append(make("span", { class: "fine" }, app.words.photoSent));
    if (photo.state !== "sent") {
      item.append(button(app.words.remove, async () => { await store.remove("photos", photo.uuid); item.remove(); mine.splice(mine.indexOf(photo), 1); }, { kind: "plain", size: "small" }));
    }
    list.append(item);
  };
  mine.forEach(picture);
  const add = async (event) => {
    say("");
    const files = [...event.target.files];
    event.target.value = "";
    for (const file of files) {
      const made = await keepPhoto(context, one, side, mine, file);
      if (typeof made === "string") { say(made); break; }
      mine.push(made);
      context.photos.push(made);
      await picture(made);
    }
  };
  return make("div", { class: "field" }, make("label", { for: `f-${one.code}` }, app.words.photos),
    make("p", { class: "help" }, fill(app.words.photosWhat, { n: app.limits.photos, all: app.limits.photosInAll })),
    countThere(sheet, one.code, side) ? make("p", { class: "fine" }, fill(app.words.photosThere, { n: countThere(sheet, one.code, side) })) : null,
    fault, make("input", { type: "file", id: `f-${one.code}`, accept: "image/*", multiple: true, onchange: add }), list);
}

// Makes a photo small and keeps it; says in words why not, where it cannot.
async function keepPhoto(context, one, side, mine, file) {
  const { app, sheet } = context;
  const sent = mine.filter((photo) => photo.state === "sent").length;
  if (mine.length - sent + Math.max(sent, countThere(sheet, one.code, side)) >= app.limits.photos) return fill(app.words.photosFull, { n: app.limits.photos });
  const all = (await store.all("photos", sheet.person)).filter((photo) => photo.sheet === sheet.uuid).length;
  if (all >= app.limits.photosInAll) return fill(app.words.photosFullInAll, { n: app.limits.photosInAll });
  const blob = await smaller(file, app.limits.bytes);
  if (!blob) return app.words.noPicture;
  const made = { uuid: crypto.randomUUID(), person: sheet.person, sheet: sheet.uuid, question: one.code, side, blob, state: "waiting", takenAt: Date.now() };
  try {
    await store.put("photos", made);
  } catch {
    return app.words.full;
  }
  return made;
}
