// A long select in which one finds an option by typing: an ARIA combobox in front of the select, which
// stays in the form and holds the answer. <pick-one data-hint data-none data-one data-many><select>…</select></pick-one>
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const parts = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

class PickOne extends HTMLElement {
  #select; #input; #list; #said; #items = [];

  connectedCallback() {
    this.#select = this.querySelector("select");
    if (!this.#select || this.#input) return;
    this.#build();
    this.#take(); // a form that was restored before this script came
    this.#select.addEventListener("change", () => this.#take());
    this.#select.form?.addEventListener("reset", () => setTimeout(() => this.#take()));
    this.#input.addEventListener("input", (event) => { event.stopPropagation(); this.#show(this.#input.value); });
    this.#input.addEventListener("change", (event) => event.stopPropagation()); // the select answers, not the words
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("focus", () => this.#input.select());
    this.#input.addEventListener("click", () => { if (this.#list.hidden) this.#show(""); });
    this.#input.addEventListener("blur", () => this.#leave());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#choose(event.target.closest("[role=option]")));
  }

  #build() {
    const select = this.#select;
    const id = select.id;
    const input = document.createElement("input");
    const list = document.createElement("ul");
    const said = document.createElement("p");
    // the label, the help and the errors now speak of the input
    select.removeAttribute("id");
    Object.assign(input, { id, type: "text", placeholder: this.dataset.hint, required: select.required });
    Object.assign(list, { id: `${id}_list`, className: "suggestions", hidden: true, role: "listbox" });
    Object.assign(said, { className: "unseen", role: "status" });
    for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    const says = { role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(says)) input.setAttribute(name, value);
    list.setAttribute("aria-label", document.querySelector(`label[for="${id}"]`)?.firstChild?.textContent.trim() ?? "");
    for (const option of select.options) {
      if (!option.value) continue;
      const group = option.closest("optgroup")?.label ?? "";
      this.#items.push({ option, group, name: plain(option.text), words: parts(`${option.text} ${group}`) });
    }
    [this.#input, this.#list, this.#said] = [input, list, said];
    select.required = false; // a hidden control that is required could not be sent
    select.hidden = true;
    this.append(input, list, said);
  }

  // What the select holds stands in the input.
  #take() {
    const chosen = this.#select.selectedOptions[0];
    this.#input.value = chosen?.value ? chosen.text : "";
  }

  #found(text) {
    const asked = parts(text);
    const found = this.#items.filter(({ words }) => asked.every((one) => words.some((word) => word.startsWith(one))));
    const first = asked[0];
    return first ? [...found.filter((one) => one.name.startsWith(first)), ...found.filter((one) => !one.name.startsWith(first))] : found;
  }

  #show(text) {
    const found = this.#found(text);
    this.#list.replaceChildren(...found.map(({ option, group }, index) => {
      const item = document.createElement("li");
      const where = document.createElement("small");
      where.textContent = group;
      item.append(option.text, where);
      Object.assign(item, { id: `${this.#list.id}_${index}`, role: "option" });
      item.setAttribute("aria-selected", "false");
      item.dataset.value = option.value;
      return item;
    }));
    this.#list.hidden = !found.length;
    this.#input.setAttribute("aria-expanded", String(found.length > 0));
    this.#input.removeAttribute("aria-activedescendant");
    this.#said.textContent = !found.length ? this.dataset.none : found.length === 1 ? this.dataset.one : this.dataset.many.replace("#", found.length);
    this.#said.classList.toggle("unseen", found.length > 0); // who sees is told as well that nothing fits
    if (text) return this.#mark(0);
    const at = found.findIndex(({ option }) => option.selected);
    if (at >= 0) this.#mark(at);
  }

  #close() {
    this.#list.hidden = true;
    this.#said.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  #options() { return [...this.#list.children]; }

  #mark(at) {
    const options = this.#options();
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (!options[at]) return;
    this.#input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const isOpen = !this.#list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!isOpen) return this.#show("");
      if (event.altKey && step < 0) return this.#leave();
      const options = this.#options();
      const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
      return this.#mark(at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length);
    }
    if (event.key === "Escape" && isOpen) { event.preventDefault(); this.#take(); return this.#close(); }
    if (event.key === "Enter" && isOpen) {
      event.preventDefault(); // it takes the option; a second one sends the form
      this.#choose(this.#list.querySelector("[aria-selected=true]"));
    }
  }

  #choose(item) {
    if (!item) return;
    this.#answer(item.dataset.value);
    this.#close();
  }

  // Words that are no option are no answer: what was chosen before comes back, or nothing where all was deleted.
  #leave() {
    if (!this.#input.value.trim()) this.#answer("");
    this.#take();
    this.#close();
    this.#said.classList.add("unseen");
  }

  #answer(value) {
    const isOther = this.#select.value !== value;
    this.#select.value = value;
    this.#take();
    if (isOther) this.#select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
customElements.define("pick-one", PickOne);
