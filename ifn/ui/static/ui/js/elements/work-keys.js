// Keys for whoever works through a list: j and n go on, k goes back, x ticks, and buttons of the page may have a letter
// (data-key). All can be switched off, as WCAG 2.1.4 asks.
const TYPED = "input:not([type=checkbox]), textarea, select, [contenteditable]";

class WorkKeys extends HTMLElement {
  #switch;

  connectedCallback() {
    const shown = this.querySelector("[data-keys]");
    this.#switch = shown?.querySelector("button");
    if (!this.#switch) return;
    shown.hidden = false;
    this.#show(this.#stored() !== "off");
    this.#switch.addEventListener("click", () => {
      const isOn = !this.#isOn();
      try { localStorage.setItem(this.dataset.storage, isOn ? "on" : "off"); } catch { /* kept for this page only */ }
      this.#show(isOn);
    });
    this.listen = (event) => this.#pressed(event);
    document.addEventListener("keydown", this.listen);
  }
  disconnectedCallback() { document.removeEventListener("keydown", this.listen); }

  #stored() { try { return localStorage.getItem(this.dataset.storage); } catch { return null; } }
  #isOn() { return this.#switch.getAttribute("aria-pressed") === "true"; }
  #show(isOn) { this.#switch.setAttribute("aria-pressed", String(isOn)); }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !this.#isOn()) return;
    if (event.target.closest?.(TYPED)) return;
    const step = { j: 1, n: 1, k: -1 }[event.key];
    if (step ? this.#go(step) : event.key === "x" ? this.#tick() : this.#press(event.key)) event.preventDefault();
  }

  #tick() {
    const box = document.activeElement.closest?.("li")?.querySelector("input[type=checkbox]");
    box?.click();
    return Boolean(box);
  }

  #press(key) {
    const button = /^[a-z]$/.test(key) && document.querySelector(`button[data-key="${key}"]`);
    if (button) button.click();
    return Boolean(button);
  }

  // In a list the focus moves from item to item; on a page of one item its links lead on.
  #go(step) {
    const items = [...this.querySelectorAll("a[data-item]")];
    if (!items.length) {
      const link = this.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]");
      link?.click();
      return Boolean(link);
    }
    const here = items.indexOf(document.activeElement);
    const next = here < 0 ? items[step > 0 ? 0 : items.length - 1] : items[here + step];
    next?.focus();
    return Boolean(next);
  }
}
customElements.define("work-keys", WorkKeys);
