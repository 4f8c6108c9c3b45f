// <copy-button data-text="…" data-done="Tersalin"><button …>Salin</button></copy-button>
class CopyButton extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button?.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.text || location.href);
      this.#say(button);
    });
  }
  #say(button) {
    const face = button.innerHTML;
    button.textContent = this.dataset.done;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.innerHTML = face; }, 2000);
  }
}
// <share-button data-title="…"><button …>Bagikan</button></share-button>: the device's own share sheet, where there is one
class ShareButton extends HTMLElement {
  connectedCallback() {
    if (!navigator.share) { this.hidden = true; return; }
    this.querySelector("button")?.addEventListener("click", () =>
      navigator.share({ title: this.dataset.title || document.title, url: this.dataset.url || location.href }).catch(() => {}),
    );
  }
}
customElements.define("copy-button", CopyButton);
customElements.define("share-button", ShareButton);
