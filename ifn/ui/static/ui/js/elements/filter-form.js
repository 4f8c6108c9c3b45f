// A filter form that answers at once. Around a <form> with hx-get; without scripts the form has its button.
class FilterForm extends HTMLElement {
  #timer; #open = new Map(); #unfolding;

  connectedCallback() {
    // Enter in a box is both a change and a submit; the second request would wipe out what the first one says
    this.addEventListener("submit", () => clearTimeout(this.#timer));
    this.addEventListener("change", (event) => {
      if (!event.target.matches("input, select") || event.target.type === "search") return;
      if (event.target.closest("[popover]:popover-open")) return; // the phone's sheet has its own button
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.querySelector("form")?.requestSubmit(), event.target.type === "number" ? 500 : 60);
    });
    this.addEventListener("htmx:configRequest", (event) => {
      const link = event.target.closest("a.more");
      if (link) this.#unfold(link, event.detail);
      this.#tidy(event.detail.formData);
    });
    this.addEventListener("htmx:beforeRequest", () => this.#results()?.setAttribute("aria-busy", "true"));
    document.body.addEventListener("htmx:beforeSwap", () => this.#remember());
    document.body.addEventListener("htmx:afterSettle", () => this.#settle());
    for (const failed of ["htmx:responseError", "htmx:sendError"])
      this.addEventListener(failed, () => this.querySelector("form")?.submit()); // the plain way still works
  }

  #results() { return document.querySelector(".results"); }

  // an empty choice has no place in the address
  #tidy(answers) {
    for (const name of new Set(answers.keys())) if (answers.getAll(name).every((value) => value === "")) answers.delete(name);
  }

  // A link to all values of a filter asks for what is ticked now, sent or not; afterwards one is where one was.
  #unfold(link, request) {
    const form = this.querySelector("form"), address = new URL(link.href), asked = address.searchParams.get("semua");
    for (const { name } of form.elements) address.searchParams.delete(name);
    for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
    address.searchParams.set("semua", asked);
    request.path = address.pathname + address.search;
    this.#unfolding = { group: address.hash.slice(1), sheet: link.closest("[popover]:popover-open")?.id };
  }

  #remember() {
    for (const group of this.querySelectorAll("details[id]")) this.#open.set(group.id, group.open);
  }

  // the number found is read out from a place that stays when the results are replaced
  #say() {
    const said = this.querySelector("[data-said]");
    if (said) said.textContent = this.querySelector(".found")?.textContent ?? "";
  }

  #settle() {
    this.#results()?.removeAttribute("aria-busy");
    this.#say();
    for (const [id, open] of this.#open) {
      const group = document.getElementById(id);
      if (group) group.open = open;
    }
    if (!this.#unfolding) return;
    const { group, sheet } = this.#unfolding;
    this.#unfolding = undefined;
    if (sheet) document.getElementById(sheet)?.showPopover();
    document.querySelector(`#${group} > summary`)?.focus();
  }
}
customElements.define("filter-form", FilterForm);
