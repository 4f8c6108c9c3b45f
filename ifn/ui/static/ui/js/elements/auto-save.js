// Saves a form while it is filled in. Without signal what was written is kept on the device and sent later.
const PAUSE = 900;
const AGAIN = 8000;

// Whether somebody gave a control another answer than the page came with.
function answered(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.tagName !== "SELECT") return control.value !== control.defaultValue;
  const given = [...control.options].filter((option) => option.defaultSelected);
  return given.length ? given.some((option) => !option.selected) : control.selectedIndex > 0;
}

class AutoSave extends HTMLElement {
  #form; #said; #timer; #sending = false; #changed = false;

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.#said = this.querySelector("[data-saved]");
    if (!this.#form) return;
    this.#form.addEventListener("input", () => this.#later(PAUSE));
    this.#form.addEventListener("change", () => this.#later(PAUSE));
    this.#form.addEventListener("submit", (event) => {
      clearTimeout(this.#timer);
      this.#keep(); // until the server has it: a page that shows it newer leaves this alone
      if (navigator.onLine) { this.#changed = false; return; }
      event.preventDefault(); // the browser's own page about it would take what was written away
      this.#say(this.dataset.waiting);
    });
    addEventListener("online", () => { if (this.#changed) this.#save(); });
    addEventListener("pagehide", () => { if (this.#changed || this.#sending) this.#keep(); });
    const early = this.#controls().filter(answered); // filled in before this script had come over a slow line
    this.#restore(early);
    if (early.length) this.#later(PAUSE);
  }

  get #key() { return `auto-save:${location.pathname}`; }

  #later(pause) {
    this.#changed = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), pause);
  }

  async #save() {
    if (this.#sending) { this.#later(PAUSE); return; }
    this.#sending = true;
    this.#changed = false;
    const data = new FormData(this.#form);
    data.append("autosave", "1");
    this.#say(this.dataset.saving);
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data, redirect: "error" });
      if (answer.status === 403 || answer.status === 404) { // taken out meanwhile: trying again helps nobody
        this.#keep();
        this.#say(this.dataset.refused);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      this.dataset.version = answer.headers.get("X-Version") ?? "";
      this.#say(await answer.text());
      if (!this.#changed) this.#forget();
    } catch {
      this.#changed = true;
      this.#keep();
      this.#say(this.dataset.waiting);
      this.#later(AGAIN);
    } finally {
      this.#sending = false;
    }
  }

  #entries() {
    return [...new FormData(this.#form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  }

  #keep() {
    try { localStorage.setItem(this.#key, JSON.stringify({ version: this.dataset.version, entries: this.#entries() })); } catch { /* a full or closed store */ }
  }

  #forget() {
    try { localStorage.removeItem(this.#key); } catch { /* a closed store */ }
  }

  #controls() {
    return [...this.#form.elements].filter((one) => one.name && one.type !== "hidden" && one.tagName !== "BUTTON");
  }

  #restore(early) {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(this.#key) || "null"); } catch { kept = null; }
    if (!kept) return;
    if (kept.version !== this.dataset.version) { this.#forget(); return; } // the server has it, or something newer
    for (const control of this.#controls().filter((one) => !early.includes(one))) {
      const values = kept.entries.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (values.length) control.value = values[0];
    }
    this.#say(this.dataset.restored);
    this.#later(PAUSE);
  }

  #say(text) {
    if (this.#said && text) this.#said.textContent = text;
  }
}
customElements.define("auto-save", AutoSave);
