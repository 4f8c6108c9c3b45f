// A filter form that answers at once. Around a <form> with hx-get; without scripts the form has its button.
class FilterForm extends HTMLElement {
  #timer; #open = new Map();

  connectedCallback() {
    this.addEventListener("change", (event) => {
      if (!event.target.matches("input, select") || event.target.type === "search") return;
      if (event.target.closest("[popover]:popover-open")) return; // the phone's sheet has its own button
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.querySelector("form")?.requestSubmit(), event.target.type === "number" ? 500 : 60);
    });
    this.addEventListener("htmx:configRequest", (event) => this.#tidy(event.detail.formData));
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
  }
}
customElements.define("filter-form", FilterForm);
