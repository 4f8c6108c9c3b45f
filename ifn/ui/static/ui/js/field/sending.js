// Sends what waits, one after the other. Pages and the worker share it; a lock lets one of them send at a time, and were
// two to send at once, the server would take everything once.
import { OPEN, pack, restore, settle, unsentOf, conflictsOf } from "./answers.js";
import * as store from "./store.js";

const LOCK = "ifn-lapangan-kirim";

export class SignedOut extends Error {}
export class Later extends Error {
  constructor(seconds = 0) { super("later"); this.seconds = seconds; }
}
export class Stale extends Error {}

// Asks the platform, and never follows to a page for signing in.
export async function ask(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { redirect: "manual", cache: "no-store", credentials: "same-origin", ...options });
  } catch {
    throw new Later();
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
  if (answer.status === 403) throw new Stale();
  if (answer.status === 429) throw new Later(Number(answer.headers.get("Retry-After")) || 30);
  if (![200, 304, 413, 422].includes(answer.status)) throw new Later();
  return answer;
}

async function post(address, body, type, token) {
  const answer = await ask(address, { method: "POST", body, headers: { "Content-Type": type, "X-CSRFToken": token } });
  try {
    return { isTaken: answer.ok, said: await answer.json() };
  } catch {
    throw new Later(); // something between us and the platform answered
  }
}

// Makes a package of a sheet's changes and keeps both in one go.
export function hand(person, uuid, { isFinished }) {
  return store.transact(["sheets", "photos", "outbox"], async (stores) => {
    const sheet = await stores.sheets.get([person, uuid]);
    const photos = (await stores.photos.all(person)).filter((one) => one.sheet === uuid && one.state === "waiting");
    if (isFinished) sheet.finish = true;
    // What is asked for may be a photo: it is handed in when they have arrived.
    await stores.outbox.put(pack(sheet, isFinished && !photos.length));
    await stores.sheets.put(sheet);
    return sheet;
  });
}

async function sendPackage(waiting, { send, token }) {
  const { isTaken, said } = await post(send, JSON.stringify(waiting.content), "application/json", token);
  if (said.refused === "person") throw new SignedOut();
  await store.transact(["sheets", "outbox"], async (stores) => {
    const sheet = await stores.sheets.get([waiting.person, waiting.sheet]);
    if (sheet) {
      const how = isTaken ? settle(sheet, waiting, said) : restore(sheet, waiting, { code: said.refused, said: said.said });
      await stores.sheets.put(how);
    }
    await stores.outbox.remove(waiting.uuid);
  });
}

async function sendPhoto(one, { photo, token }) {
  const where = new URLSearchParams({ orang: one.person, penilaian: one.sheet, pertanyaan: one.question, sisi: one.side });
  const { isTaken, said } = await post(`${photo}?${where}`, one.blob, "image/jpeg", token);
  if (said.refused === "person") throw new SignedOut();
  if (said.refused === "assessment") return; // it goes with its assessment
  await store.change("photos", one.uuid, (kept) => (
    isTaken ? { ...kept, state: "sent", blob: null } : { ...kept, state: "refused", why: said.said }));
}

// Hands in what was finished, once its answers and photos have arrived.
async function finish(person) {
  const photos = await store.all("photos", person);
  const waiting = await store.all("outbox", person);
  let made = 0;
  for (const sheet of await store.all("sheets", person)) {
    if (!sheet.finish || !sheet.isOnServer || waiting.some((one) => one.sheet === sheet.uuid)) continue;
    if (photos.some((one) => one.sheet === sheet.uuid && one.state === "waiting")) continue;
    if (conflictsOf(sheet).length || !OPEN.includes(sheet.state)) {
      await store.change("sheets", [person, sheet.uuid], (kept) => ({ ...kept, finish: false }));
      continue;
    }
    await hand(person, sheet.uuid, { isFinished: true });
    made += 1;
  }
  return made;
}

async function sendAll(to) {
  const sheets = async () => Object.fromEntries((await store.all("sheets", to.person)).map((one) => [one.uuid, one]));
  const packages = async () => (await store.all("outbox", to.person)).sort((a, b) => a.madeAt - b.madeAt);
  for (const one of await packages()) { await sendPackage(one, to); store.tell("sent"); }
  const known = await sheets();
  for (const { uuid, state, sheet } of await store.all("photos", to.person)) {
    if (state !== "waiting" || !known[sheet]?.isOnServer) continue;
    await sendPhoto(await store.get("photos", uuid), to);
    store.tell("sent");
  }
  if (await finish(to.person)) for (const one of await packages()) { await sendPackage(one, to); store.tell("sent"); }
}

// Sends everything of one person; to = { person, token, send, photo }. Says whether it was this page's turn.
export async function deliver(to) {
  if (!navigator.locks) { await sendAll(to); return true; }
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await sendAll(to);
    return Boolean(lock);
  });
}

// What of a person has not arrived: assessments, and photos of them.
export async function unsent(person) {
  const [sheets, photos, outbox] = await Promise.all(["sheets", "photos", "outbox"].map((name) => store.all(name, person)));
  const waiting = photos.filter((one) => one.state !== "sent");
  const left = new Set([...outbox.map((one) => one.sheet), ...waiting.map((one) => one.sheet),
    ...sheets.filter((one) => unsentOf(one) || one.finish).map((one) => one.uuid)]);
  return { sheets: left, photos: waiting.length, ready: outbox.length > 0 || sheets.some((one) => one.finish)
    || waiting.some((one) => one.state === "waiting" && sheets.some((sheet) => sheet.uuid === one.sheet && sheet.isOnServer)) };
}

