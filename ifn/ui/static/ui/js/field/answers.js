// An assessment as it is kept on the phone. Every field knows what it is here and what the server was last seen to have
// (its base): the server compares them, so that nothing is overwritten without a person who decides.
//
// A sheet: { person, uuid, business, name, form, instrument, digest, mode, assessedOn, state, sides, fields, openConflicts,
// isOnServer, finish, refused, left, note, changedAt }; fields by "question|side|field" hold { is, base, waits, conflict, fault }.
export const OPEN = ["draft", "returned"];

const bare = (value) => value === "" || value === undefined ? null : value;
export const same = (left, right) => bare(left) === bare(right);
export const keyOf = (question, side, field = "value") => `${question}|${side}|${field}`;

export function valueOf(sheet, question, side, field = "value") {
  return sheet.fields[keyOf(question, side, field)]?.is ?? (field === "words" ? "" : null);
}

// What a side answered, by question; facts that only the other side stated count for both.
export function answersOf(sheet, side) {
  const found = {};
  for (const other of [side === "own" ? "assessor" : "own", side]) {
    for (const [key, field] of Object.entries(sheet.fields)) {
      const [question, whose, what] = key.split("|");
      if (whose === other && what === "value" && bare(field.is) !== null) found[question] = field.is;
    }
  }
  return found;
}

// Writes what somebody answered who saw ``shown`` before; what waits for a decision stays as it is until it was decided.
export function give(sheet, key, value, shown) {
  const field = sheet.fields[key] ?? { is: null, base: null };
  if (field.conflict) return sheet;
  if (!same(field.is, shown)) field.base = shown; // brought in behind the form that is open: nobody has seen it yet
  delete field.fault;
  field.is = value;
  sheet.fields[key] = field;
  sheet.changedAt = Date.now();
  return sheet;
}

const isDirty = (field) => !field.conflict && !same(field.is, field.base);
export const unsentOf = (sheet) => Object.values(sheet.fields).filter(isDirty).length;
export const conflictsOf = (sheet) => Object.entries(sheet.fields).filter(([, field]) => field.conflict);
export const faultsOf = (sheet) => Object.entries(sheet.fields).filter(([, field]) => field.fault);

// Makes a package of what was changed; sent twice it is the same, so it is kept until there is a receipt.
export function pack(sheet, isFinished) {
  const uuid = crypto.randomUUID();
  const changes = [];
  for (const [key, field] of Object.entries(sheet.fields)) {
    if (!isDirty(field)) continue;
    const [question, side, name] = key.split("|");
    changes.push({ question, side, field: name, base: field.base ?? null, sent: field.is ?? null });
    field.base = field.is;
    field.waits = uuid;
    delete field.fault;
  }
  sheet.refused = sheet.note = sheet.left = null;
  const content = {
    uuid, changes, person: sheet.person, assessment: sheet.uuid, business: sheet.business, instrument: sheet.instrument,
    digest: sheet.digest, mode: sheet.mode, assessed_on: sheet.assessedOn, device_at: new Date().toISOString(), finished: isFinished,
  };
  return { uuid, person: sheet.person, sheet: sheet.uuid, content, madeAt: Date.now() };
}

function released(sheet, waiting) {
  for (const one of waiting.content.changes) {
    const field = sheet.fields[keyOf(one.question, one.side, one.field)];
    if (field?.waits === waiting.uuid) delete field.waits;
  }
}

// A receipt came: what was taken is what the server has, what differs is shown, what is no answer can be mended.
export function settle(sheet, waiting, receipt) {
  released(sheet, waiting);
  const bases = Object.fromEntries(waiting.content.changes.map((one) => [keyOf(one.question, one.side, one.field), one.base]));
  for (const row of [...receipt.conflicts ?? [], ...receipt.refused ?? []]) {
    const key = keyOf(row.question, row.side, row.field);
    const field = sheet.fields[key];
    if (!field) continue;
    field.base = bases[key] ?? null;
    if ("here" in row) field.conflict = { here: row.here, sent: row.sent };
    else if (same(field.is, waiting.content.changes.find((one) => keyOf(one.question, one.side, one.field) === key)?.sent)) field.fault = row.said;
  }
  sheet.isOnServer = true;
  if (waiting.content.finished) {
    sheet.finish = false;
    sheet.left = receipt.open ?? null;
    sheet.note = receipt.not_finished ?? null;
  }
  sheet.sentAt = Date.now();
  return merge(sheet, receipt.now ?? {});
}

// The package was refused as a whole: nothing of it counts as sent, and everything of it is still here.
export function restore(sheet, waiting, refusal) {
  released(sheet, waiting);
  for (const one of waiting.content.changes) {
    const field = sheet.fields[keyOf(one.question, one.side, one.field)];
    if (field) field.base = one.base;
  }
  sheet.finish = false;
  sheet.refused = refusal;
  return sheet;
}

// Brings in what stands on the server, wherever nothing was changed here.
export function merge(sheet, now) {
  if (!now.stands) return sheet;
  Object.assign(sheet, { state: now.state, sides: now.sides, openConflicts: now.conflicts, beside: now.beside ?? sheet.beside, isOnServer: true, reason: now.reason ?? sheet.reason });
  const there = {};
  for (const [question, side, value, words] of now.stands) {
    there[keyOf(question, side)] = value;
    there[keyOf(question, side, "words")] = words;
  }
  for (const key of new Set([...Object.keys(there), ...Object.keys(sheet.fields)])) {
    const field = sheet.fields[key] ??= { is: null, base: null };
    const value = there[key] ?? null;
    if (field.waits) continue;
    if (field.conflict && now.conflicts) { field.conflict.here = value; continue; }
    if (field.conflict || same(field.is, field.base)) sheet.fields[key] = { is: value, base: value };
  }
  return sheet;
}
