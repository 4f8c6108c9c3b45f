// What the phone takes along while there is signal: questionnaires, assessments that were begun, the firms of the region.
import { OPEN, conflictsOf, merge, unsentOf } from "./answers.js";
import { ask } from "./sending.js";
import * as store from "./store.js";

const KEPT = 30 * 86_400_000; // how long what was handed in stays listed here
const fresh = (address, tag) => ask(address, tag ? { headers: { "If-None-Match": tag } } : {});

export const token = () => document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] ?? "";

// Asks who is signed in and what there is for them; writes it down, and returns who it is.
export async function refresh(addresses, who) {
  const region = who ? (await store.get("meta", `region:${who.person}`))?.code ?? "" : "";
  const query = new URLSearchParams(region ? { wilayah: region } : {});
  if (who) {
    const own = (await store.all("sheets", who.person)).filter((one) => one.isOnServer);
    for (const one of own.sort((a, b) => (b.changedAt ?? 0) - (a.changedAt ?? 0)).slice(0, 60)) query.append("penilaian", one.uuid);
  }
  const answer = await fresh(`${addresses.supplies}?${query}`, who?.tag);
  if (answer.status === 304) {
    const known = { ...who, token: token(), isLocked: false };
    await store.put("meta", known);
    return known;
  }
  return keep(await answer.json(), answer.headers.get("ETag"));
}

function keep(told, tag) {
  const person = told.person.key;
  return store.transact(["meta", "forms", "firms", "sheets", "outbox", "photos"], async (stores) => {
    const before = await stores.meta.get("who");
    const who = {
      key: "who", person, name: told.person.name, token: token(), tag, isLocked: false, assesses: told.assesses,
      choosesRegion: told.choosesRegion, regions: told.regions, off: Date.parse(told.at) - Date.now(),
    };
    await stores.meta.put(who);
    for (const one of told.forms) await stores.forms.put(one);
    for (const one of told.sheets) {
      const kept = await stores.sheets.get([person, one.uuid]);
      const made = merge(kept ?? begun(person, one, told.forms), one);
      made.photosThere = one.photos;
      await stores.sheets.put(made);
    }
    await tidy(person, stores, new Set(told.sheets.map((one) => one.uuid)));
    if (before && before.person !== person) await part(before.person, stores);
    await sort(told.forms, stores);
    return who;
  });
}

// Somebody else has taken over the phone: of whoever had it before only what was not sent stays.
async function part(person, stores) {
  await stores.firms.clear(person);
  await stores.meta.remove(`firms:${person}`);
  await tidy(person, stores, new Set(), { isGone: true });
}

// Questionnaires that are asked with no more stay for what was begun with them.
async function sort(forms, stores) {
  const known = new Set(forms.map((one) => one.key));
  const used = new Set((await stores.sheets.all()).map((one) => one.form));
  for (const old of await stores.forms.all()) {
    if (known.has(old.key)) continue;
    if (used.has(old.key)) await stores.forms.put({ ...old, inUse: false });
    else await stores.forms.remove(old.key);
  }
}

function begun(person, one, forms) {
  const form = forms.find((other) => other.key === one.form);
  return {
    person, uuid: one.uuid, business: one.business, name: one.name, form: one.form, instrument: form.instrument,
    digest: form.digest, mode: one.mode, assessedOn: one.assessedOn, fields: {}, changedAt: 0, isOnServer: true,
  };
}

// Takes away what has arrived and is closed: long after it was sent, or at once where nothing of it was written here.
async function tidy(person, stores, listed, { isGone = false } = {}) {
  const waiting = new Set([
    ...(await stores.outbox.all(person)).map((one) => one.sheet),
    ...(await stores.photos.all(person)).filter((one) => one.state !== "sent").map((one) => one.sheet),
  ]);
  for (const one of await stores.sheets.all(person)) {
    const isDone = one.isOnServer && !waiting.has(one.uuid) && !unsentOf(one) && !conflictsOf(one).length && !one.openConflicts && !one.finish;
    const isOld = isGone || Date.now() - (one.sentAt ?? 0) > KEPT;
    if (isDone && isOld && (!OPEN.includes(one.state) || !listed.has(one.uuid))) {
      await stores.sheets.remove([person, one.uuid]);
      for (const photo of await stores.photos.all(person)) if (photo.sheet === one.uuid) await stores.photos.remove(photo.uuid);
    }
  }
}

// Brings the list of firms, page after page, and puts it in place of the one before when it is whole.
export async function bringFirms(addresses, who, limits) {
  const region = (await store.get("meta", `region:${who.person}`))?.code ?? "";
  const known = await store.get("meta", `firms:${who.person}`);
  const rows = [];
  let after = "", said = null;
  do {
    const query = new URLSearchParams({ ...(region && { wilayah: region }), ...(after && { setelah: after }) });
    const isSame = !after && known?.region === region;
    const answer = await fresh(`${addresses.firms}?${query}`, isSame ? known.tag : "");
    if (answer.status === 304) return known;
    said = { ...await answer.json(), tag: answer.headers.get("ETag") };
    rows.push(...said.firms);
    after = said.next;
  } while (after && rows.length < limits.firms);
  const list = { key: `firms:${who.person}`, region, tag: said.tag, count: said.count, kept: rows.length, at: Date.now() };
  await store.transact(["firms", "meta"], async (stores) => {
    await stores.firms.clear(who.person);
    for (const [number, name, place, mode] of rows) await stores.firms.put({ person: who.person, number, name, place, mode });
    await stores.meta.put(list);
  });
  return list;
}

// Takes away the list of firms and what has arrived, before a phone is lent; what was not sent stays.
export function clear(person, unsentSheets) {
  return store.transact(["firms", "sheets", "photos", "meta"], async (stores) => {
    await stores.firms.clear(person);
    await stores.meta.remove(`firms:${person}`);
    for (const one of await stores.sheets.all(person)) if (!unsentSheets.has(one.uuid)) await stores.sheets.remove([person, one.uuid]);
    for (const one of await stores.photos.all(person)) if (one.state === "sent") await stores.photos.remove(one.uuid);
  });
}
