// The page for the field: who is here, which screen is shown, and when it is sent.
import { SignedOut, Stale, deliver, unsent } from "./sending.js";
import { bringFirms, refresh, token } from "./supplies.js";
import { firm, home } from "./choosing.js";
import { partPage, sheetPage } from "./asking.js";
import { button, fill, make, notice } from "./dom.js";
import * as store from "./store.js";

const root = document.getElementById("field");
const screen = document.getElementById("screen");
const told = (id) => JSON.parse(document.getElementById(id).textContent);
const AGAIN = 30_000; // milliseconds between tries while something waits
const PATIENCE = 20_000; // how long the first question may take

const theme = document.cookie.match(/(?:^|;\s*)theme=(light|dark)/)?.[1];
if (theme) document.documentElement.dataset.theme = theme;

const language = document.documentElement.lang;
const words = told("words");
const app = {
  words, language, limits: told("limits"), addresses: { ...root.dataset }, none: root.dataset.none, who: null, told: "", isLasting: false,
  isPersisted: false, isBusy: false, isSignedOut: false, prompt: null, worker: "preparing", writing: Promise.resolve(),
  said: (text) => text?.[language] || text?.id || text?.en || "",
  number: (value) => Number(value).toLocaleString(language),
  day: (text) => new Date(`${text}T12:00:00`).toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" }),
  clock: (at) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" }),
  moment: (at) => new Date(at).toLocaleString(language, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }),
  // the platform's day, as far as it was told: a phone's own may be wrong by a year
  today: () => new Date(Date.now() + (app.who?.off ?? 0) - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10),
  proposal: (form) => form.content.is_proposal ? notice(words.proposal, "warn", make("p", {}, words.proposalWhat)) : null,
  show, send, fetch: fetchAll, persist,
};

const isTrusted = (who) => Boolean(who && !who.isLocked && who.token && who.token === token());
const routes = () => location.hash.slice(1).split("/").map(decodeURIComponent);

async function inside() {
  const [name, first, second] = routes();
  if (name === "usaha" && first) return firm(app, first);
  if (name === "isi" && second) return partPage(app, first, second);
  if (name === "isi" && first) return sheetPage(app, first);
  return home(app);
}

let turn = 0;
async function show({ isMove = false } = {}) {
  const mine = ++turn;
  await app.writing;
  const parts = app.who ? await inside() : await closed();
  if (mine !== turn) return; // something newer is on its way
  replace(parts.flat().filter(Boolean));
  if (app.who && app.isSignedOut) screen.prepend(signIn());
  screen.dataset.ready = "";
  if (!isMove) return;
  const wanted = routes()[3] && document.getElementById(`p-${routes()[3]}`);
  (wanted ?? screen.querySelector("h1"))?.focus({ preventScroll: true });
  if (wanted) wanted.scrollIntoView(); else scrollTo(0, 0);
}

// Puts another screen in place; whoever is typing goes on typing, and what was unfolded stays so.
function replace(parts) {
  const { id, selectionStart, selectionEnd } = document.activeElement ?? {};
  const unfolded = [...screen.querySelectorAll("details[open][id]")].map((one) => one.id);
  screen.replaceChildren(...parts);
  for (const one of unfolded) document.getElementById(one)?.setAttribute("open", "");
  const there = id && screen.contains(document.getElementById(id)) && document.getElementById(id);
  if (!there) return;
  there.focus({ preventScroll: true });
  if (typeof selectionStart === "number") there.setSelectionRange(selectionStart, selectionEnd);
}

function signIn() {
  return notice(words.signedOut, "warn", make("p", {}, words.signedOutWhat),
    make("p", {}, make("a", { class: "button", href: app.addresses.signIn }, words.signIn)));
}

// Nobody is known to be here: what others left on this phone is counted, never shown.
async function closed() {
  const [sheets, photos] = await Promise.all([store.all("sheets"), store.all("photos")]);
  const people = new Set([...sheets, ...photos].map((one) => one.person));
  let waiting = 0;
  for (const person of people) waiting += (await unsent(person)).sheets.size;
  return [
    make("h1", { tabindex: "-1" }, words.app),
    app.isSignedOut ? signIn() : app.isBusy ? make("p", { role: "status" }, words.asking) : notice(words.openOnce, "info", make("p", {}, words.openOnceWhat),
      make("p", {}, button(words.tryAgain, fetchAll, { kind: "quiet" }))),
    waiting ? notice(fill(words.unsent, { n: waiting }), "info", make("p", {}, words.others)) : null,
  ];
}

const to = () => ({ person: app.who.person, token: token(), send: app.addresses.send, photo: app.addresses.photo });

// Whoever was signed out stays in the form they are writing in; the next page they open asks.
async function leave() {
  app.isSignedOut = true;
  const who = await store.get("meta", "who");
  if (who) await store.put("meta", { ...who, isLocked: true });
  if (routes()[0] !== "isi") app.who = null;
}

async function fetchAll() {
  if (app.isBusy) return;
  app.isBusy = true;
  await show();
  try {
    const who = await refresh(app.addresses, app.who);
    if (app.who && app.who.person !== who.person) location.hash = "#";
    app.who = who;
    app.isSignedOut = false;
    await bringFirms(app.addresses, who, app.limits);
  } catch (fault) {
    if (fault instanceof SignedOut) await leave();
  } finally {
    app.isBusy = false;
  }
  if (routes()[0] !== "isi" || !routes()[2]) await show(); // a form that is being filled in stays as it is
}

let isSending = false;
async function send(isAsked = false) {
  if (!app.who || isSending) return;
  isSending = true;
  if (isAsked) { app.told = words.sending; await show(); }
  try {
    await deliver(to());
    app.told = "";
  } catch (fault) {
    if (fault instanceof SignedOut) await leave();
    else if (fault instanceof Stale) await fetchAll();
    else if (isAsked) app.told = words.noAnswerYet;
  } finally {
    isSending = false;
  }
  await later();
  if (!isFilling()) await show();
}

const isFilling = () => routes()[0] === "isi" && Boolean(routes()[2]);

let timer = 0;
async function later() {
  clearTimeout(timer);
  if (!app.who || !(await unsent(app.who.person)).ready) return;
  timer = setTimeout(() => send(), AGAIN);
  try {
    const worker = await navigator.serviceWorker?.getRegistration();
    await worker?.sync?.register("kirim");
  } catch { /* not every browser sends in the background, or may */ }
}

async function persist() {
  try { app.isPersisted = await navigator.storage.persist(); } catch { app.isPersisted = false; }
}

async function attend() {
  try {
    await navigator.serviceWorker.register(app.addresses.worker, { scope: app.addresses.page, type: "module", updateViaCache: "none" });
    navigator.serviceWorker.ready.then(() => {
      app.worker = "ready";
      if (!isFilling()) show();
    });
  } catch {
    app.worker = "noWorker";
  }
}

document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); screen.focus(); });
addEventListener("hashchange", () => show({ isMove: true }));
addEventListener("online", async () => { await show(); await fetchAll(); await send(); });
addEventListener("offline", () => { if (!isFilling()) show(); });
addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); app.prompt = event; });
store.hear(async () => { if (!isFilling()) await show(); });

async function begin() {
  app.isLasting = await store.open();
  try { app.isPersisted = await navigator.storage.persisted(); } catch { /* it does not say */ }
  const who = await store.get("meta", "who");
  if (isTrusted(who)) app.who = who;
  await show();
  await attend();
  await Promise.race([fetchAll(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  await send();
}
begin();
