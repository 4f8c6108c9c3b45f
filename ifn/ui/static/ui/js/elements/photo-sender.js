// Makes photos small before they are sent: a phone's photo of 6 MB becomes 300 kB, and its place stays behind.
const LONGEST = 1600;
const SMALL_ENOUGH = 400_000;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size < SMALL_ENOUGH) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  return made && made.size < file.size ? new File([made], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
}

class PhotoSender extends HTMLElement {
  connectedCallback() {
    for (const input of this.querySelectorAll("input[type=file]")) input.addEventListener("change", () => this.#shrink(input));
  }
  async #shrink(input) {
    const button = this.querySelector("form .actions button");
    button?.setAttribute("aria-busy", "true");
    const sent = new DataTransfer();
    // what cannot be made smaller here goes as it is; the server says what is wrong with it
    for (const file of input.files) sent.items.add(await smaller(file).catch(() => file));
    input.files = sent.files;
    button?.removeAttribute("aria-busy");
  }
}
customElements.define("photo-sender", PhotoSender);
