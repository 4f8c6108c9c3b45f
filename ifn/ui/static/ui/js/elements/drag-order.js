// Puts the items of a list in order by dragging them at their grip. The buttons in each item do the same without it.
const EDGE = 72;
const STEP = 14;

class DragOrder extends HTMLElement {
  #list; #item; #others; #rolling;

  connectedCallback() {
    this.#list = this.querySelector("ol, ul");
    if (!this.#list) return;
    for (const grip of this.querySelectorAll("[data-grip]")) grip.hidden = false;
    this.addEventListener("pointerdown", (event) => this.#take(event));
    this.addEventListener("pointermove", (event) => this.#carry(event));
    this.addEventListener("pointerup", () => this.#drop());
    this.addEventListener("pointercancel", () => this.#putBack());
    this.addEventListener("keydown", (event) => { if (event.key === "Escape") this.#putBack(); });
  }

  #take(event) {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    this.setPointerCapture(event.pointerId); // an item that moves in the page would lose it
    this.#others = [...this.#list.children];
    this.#item = grip.closest("li");
    this.#item.dataset.dragged = "";
    // The items are small while one is held; the one held stays under the finger.
    const box = grip.getBoundingClientRect();
    scrollBy({ top: box.top + box.height / 2 - event.clientY, behavior: "instant" });
  }

  #carry(event) {
    if (!this.#item) return;
    this.#place(event.clientY);
    this.#roll(event.clientY);
  }

  #place(y) {
    const before = [...this.#list.children].find((one) => {
      const box = one.getBoundingClientRect();
      return one !== this.#item && y < box.top + box.height / 2;
    });
    if (before !== (this.#item.nextElementSibling ?? undefined)) this.#list.insertBefore(this.#item, before ?? null);
  }

  // A list longer than the screen rolls on while an item is held at its edge.
  #roll(y) {
    cancelAnimationFrame(this.#rolling);
    const step = y < EDGE ? -STEP : y > innerHeight - EDGE ? STEP : 0;
    if (!step || !this.#item) return;
    this.#rolling = requestAnimationFrame(() => {
      scrollBy({ top: step, behavior: "instant" });
      this.#place(y);
      this.#roll(y);
    });
  }

  #let() {
    cancelAnimationFrame(this.#rolling);
    const item = this.#item;
    if (item) delete item.dataset.dragged;
    this.#item = undefined;
    return item;
  }

  #putBack() {
    if (this.#let()) this.#list.replaceChildren(...this.#others);
  }

  async #drop() {
    const item = this.#let();
    if (!item) return;
    const place = [...this.#list.children].indexOf(item);
    if (this.#others[place] === item) return;
    const form = item.querySelector("form");
    const data = new FormData(form);
    data.set("to", place);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const made = page.querySelector(`drag-order[data-name="${this.dataset.name}"]`);
      if (!made) throw new Error("no list");
      const fresh = document.importNode(made, true);
      for (const old of this.querySelectorAll("input[id]")) { // what was typed and not saved stays
        const one = fresh.querySelector(`#${old.id}`);
        if (one && old.value !== old.defaultValue) one.value = old.value;
      }
      this.replaceWith(fresh);
    } catch { // offline, or removed by somebody else: what is seen is what is stored
      this.#list.replaceChildren(...this.#others);
      const said = this.querySelector("[data-said]");
      if (said) said.textContent = this.dataset.failed;
    }
  }
}
customElements.define("drag-order", DragOrder);
