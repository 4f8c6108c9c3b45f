// Finds a choice in a long list while one types; what is ticked stays in sight. The list is complete without it.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

class ChoiceFilter extends HTMLElement {
  connectedCallback() {
    const choices = [...this.querySelectorAll(".choice")];
    const label = document.createElement("label");
    const input = document.createElement("input");
    const none = document.createElement("p");
    label.className = "fine";
    label.textContent = this.dataset.label;
    input.type = "search";
    input.autocomplete = "off";
    none.className = "fine";
    none.role = "status";
    label.append(input);
    this.prepend(label);
    this.append(none);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    for (const kind of ["input", "change"]) {
      input.addEventListener(kind, (event) => {
        event.stopPropagation(); // it is no answer of the form
        const words = plain(input.value).split(/\s+/).filter(Boolean);
        let found = 0;
        for (const choice of choices) {
          const fits = words.every((word) => plain(choice.textContent).includes(word));
          found += fits;
          choice.hidden = !fits && !choice.querySelector("input").checked;
        }
        none.textContent = found ? "" : this.dataset.none;
      });
    }
  }
}
customElements.define("choice-filter", ChoiceFilter);
