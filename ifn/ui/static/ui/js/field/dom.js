// Elements in one call, icons of the page, and words with something put in.
export function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && typeof value === "boolean") made[key] = value;
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

export function icon(name) {
  return document.getElementById(`icon-${name}`).content.firstElementChild.cloneNode(true);
}

export function button(text, press, { kind = "", size = "", name = "", ...more } = {}) {
  return make("button", { type: "button", class: "button", "data-kind": kind || null, "data-size": size || null, onclick: press, ...more },
    name && icon(name), text);
}

export function badge(text, tone, name) {
  return make("span", { class: "badge", "data-tone": tone || null }, name && icon(name), text);
}

const TONES = { good: "check", info: "info", warn: "warning", bad: "alert" };

export function notice(title, tone, ...inside) {
  return make("div", { class: "notice", "data-tone": tone }, icon(TONES[tone]), make("div", {}, title && make("b", { class: "title" }, title), ...inside));
}

// "Belum terkirim {n}" with n in its place.
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
