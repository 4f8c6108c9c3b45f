// Shows chosen pictures before they are sent; the file input works the same without it.
class PicturePreview extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    if (!input) return;
    const shown = document.createElement("div");
    shown.className = "preview";
    this.append(shown);
    input.addEventListener("change", () => {
      const pictures = [...input.files].filter((file) => file.type.startsWith("image/"));
      shown.replaceChildren(...pictures.map((file) => this.#picture(file)));
    });
  }
  #picture(file) {
    const picture = new Image();
    const reader = new FileReader(); // the content security policy allows data: pictures, not blob: ones
    reader.addEventListener("load", () => { picture.src = reader.result; });
    reader.readAsDataURL(file);
    picture.alt = file.name;
    return picture;
  }
}
customElements.define("picture-preview", PicturePreview);
