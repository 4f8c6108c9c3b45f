// Says that a file is too large before it is sent; the server says so again.
class FileLimit extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      const input = event.target;
      if (input.type !== "file") return;
      const isTooLarge = [...input.files].some((file) => file.size > Number(this.dataset.most));
      input.setCustomValidity(isTooLarge ? this.dataset.said : "");
      if (isTooLarge) {
        input.reportValidity();
        input.value = "";
      }
    });
  }
}
customElements.define("file-limit", FileLimit);
