// Suggestions under a text input: an ARIA combobox whose options the server writes.
// <suggest-box data-url="/direktori/saran"><input type="search" name="q"></suggest-box>
// The address answers ?q=… with <li role="option" data-value="…">…</li>, or data-href to go somewhere at once.
// A choice sends the form; with data-fills it stands in the input and nothing more.
let counter = 0;

class SuggestBox extends HTMLElement {
  #input; #list; #request; #timer; #answers = new Map();

  connectedCallback() {
    this.#input = this.querySelector("input");
    if (!this.#input || this.#list) return;
    this.#list = document.createElement("ul");
    this.#list.id = `suggestions-${++counter}`;
    this.#list.className = "suggestions";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", this.#input.getAttribute("aria-label") ?? this.#input.labels[0]?.textContent.trim() ?? "");
    this.#list.hidden = true;
    (this.closest(".search") ?? this).append(this.#list);
    const says = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id };
    for (const [name, value] of Object.entries(says)) this.#input.setAttribute(name, value);
    this.#input.addEventListener("input", () => this.#soon());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("blur", () => this.#close());
    // what was asked for is on its way: an answer that comes later must not cover it
    this.#input.form?.addEventListener("submit", () => { this.#request?.abort(); this.#close(); });
    // pressing an option must not take the focus away before the click arrives
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#choose(event.target.closest("[role=option]")));
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), 120);
  }

  async #ask() {
    const words = this.#input.value.trim();
    this.#request?.abort();
    if (words.length < 2) return this.#close();
    if (!this.#answers.has(words)) {
      this.#request = new AbortController();
      const address = new URL(this.dataset.url, location.href);
      address.searchParams.set("q", words);
      try {
        const answer = await fetch(address, { signal: this.#request.signal, headers: { Accept: "text/html" } });
        if (!answer.ok) return this.#close();
        this.#answers.set(words, await answer.text());
      } catch {
        return; // a newer question took over, or the signal dropped: typing goes on undisturbed
      }
    }
    if (this.#input.value.trim() === words && document.activeElement === this.#input) this.#show(this.#answers.get(words));
  }

  #show(html) {
    this.#list.innerHTML = html;
    this.#options().forEach((option, index) => { option.id = `${this.#list.id}-${index}`; option.setAttribute("aria-selected", "false"); });
    this.#input.removeAttribute("aria-activedescendant");
    const any = this.#options().length > 0;
    this.#list.hidden = !any;
    this.#input.setAttribute("aria-expanded", String(any));
  }

  #options() { return [...this.#list.querySelectorAll("[role=option]")]; }

  #close() {
    clearTimeout(this.#timer);
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (event.key === "Escape" && !this.#list.hidden) { event.preventDefault(); return this.#close(); }
    if (this.#list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); return this.#move(step); }
    const active = this.#list.querySelector("[aria-selected=true]");
    if (event.key === "Enter" && active) { event.preventDefault(); this.#choose(active); }
  }

  #move(step) {
    const options = this.#options();
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === next)));
    this.#input.setAttribute("aria-activedescendant", options[next].id);
    options[next].scrollIntoView({ block: "nearest" });
  }

  #choose(option) {
    if (!option) return;
    if (option.dataset.href) { location.assign(option.dataset.href); return; }
    this.#input.value = option.dataset.value ?? option.textContent.trim();
    this.#close();
    if (!this.hasAttribute("data-fills")) this.#input.form?.requestSubmit();
  }
}
customElements.define("suggest-box", SuggestBox);
