// What is kept on the phone. Whatever belongs together is written in one transaction: it is there whole, or not at all.
const NAME = "ifn-lapangan";
const EDITION = 1;
const KEYS = { meta: "key", forms: "key", firms: ["person", "number"], sheets: ["person", "uuid"], photos: "uuid", outbox: "uuid" };
const OF_PERSONS = ["firms", "sheets", "photos", "outbox"];

let database = null; // nothing where the browser keeps nothing: then memory has to do, for as long as the page is open
const memory = Object.fromEntries(Object.keys(KEYS).map((name) => [name, new Map()]));
let turn = Promise.resolve();

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Opens the store and says whether it lasts.
export async function open() {
  if (database) return true;
  try {
    const asked = indexedDB.open(NAME, EDITION);
    asked.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(KEYS)) {
        const made = asked.result.createObjectStore(name, { keyPath });
        if (OF_PERSONS.includes(name)) made.createIndex("person", "person");
      }
    };
    database = await settled(asked);
    database.onversionchange = () => database.close();
    return true;
  } catch {
    return false;
  }
}

const keyOf = (name, record) => Array.isArray(KEYS[name]) ? KEYS[name].map((part) => record[part]) : record[KEYS[name]];

function inMemory(name) {
  const kept = memory[name];
  return {
    get: async (key) => structuredClone(kept.get(JSON.stringify(key))),
    all: async (person) => [...kept.values()].filter((one) => person === undefined || one.person === person).map((one) => structuredClone(one)),
    put: async (record) => { kept.set(JSON.stringify(keyOf(name, record)), structuredClone(record)); },
    remove: async (key) => { kept.delete(JSON.stringify(key)); },
    clear: async (person) => { for (const [key, one] of kept) if (one.person === person) kept.delete(key); },
  };
}

function onDisk(store) {
  return {
    get: (key) => settled(store.get(key)),
    all: (person) => settled(person === undefined ? store.getAll() : store.index("person").getAll(person)),
    put: (record) => settled(store.put(record)),
    remove: (key) => settled(store.delete(key)),
    clear: async (person) => {
      for (const key of await settled(store.index("person").getAllKeys(person))) store.delete(key);
    },
  };
}

// Runs ``work`` over some stores; what it wrote is there when this ends, or nothing of it.
export async function transact(names, work) {
  if (!database) {
    const mine = turn.then(() => work(Object.fromEntries(names.map((name) => [name, inMemory(name)]))));
    turn = mine.catch(() => {});
    return mine;
  }
  const begun = database.transaction(names, "readwrite", { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    begun.oncomplete = resolve;
    begun.onabort = () => reject(begun.error ?? new Error("aborted"));
  });
  let found;
  try {
    found = await work(Object.fromEntries(names.map((name) => [name, onDisk(begun.objectStore(name))])));
  } catch (fault) {
    try { begun.abort(); } catch { /* it has ended already */ }
    done.catch(() => {});
    throw fault;
  }
  await done;
  return found;
}

async function look(name, work) {
  if (!database) return work(inMemory(name));
  return work(onDisk(database.transaction(name).objectStore(name)));
}

export const get = (name, key) => look(name, (store) => store.get(key));
export const all = (name, person) => look(name, (store) => store.all(person));
export const put = (name, ...records) => transact([name], async (stores) => { await Promise.all(records.map((one) => stores[name].put(one))); });
export const remove = (name, key) => transact([name], (stores) => stores[name].remove(key));

// Changes one record from how it stands now, so that two pages never write over each other.
export function change(name, key, how) {
  return transact([name], async (stores) => {
    const found = await stores[name].get(key);
    const made = found && how(found);
    if (made) await stores[name].put(made);
    return made ?? found;
  });
}

// Other pages and the worker hear what was changed.
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : null;
export const tell = (what) => channel?.postMessage(what);
export const hear = (listener) => channel?.addEventListener("message", (event) => listener(event.data));
