// Fills two fields with where the device is, only when its button is pressed. It stays hidden where there is no such thing.
// <my-position data-latitude="id_latitude" data-longitude="id_longitude" data-… hidden><button>…</button><p role="status"></p></my-position>
class MyPosition extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !navigator.geolocation) return;
    this.hidden = false;
    button.addEventListener("click", () => {
      button.setAttribute("aria-busy", "true");
      this.#say(this.dataset.looking);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => { button.removeAttribute("aria-busy"); this.#fill(coords); },
        (fault) => { button.removeAttribute("aria-busy"); this.#say(fault.code === fault.PERMISSION_DENIED ? this.dataset.denied : this.dataset.failed); },
        { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
      );
    });
  }

  #fill({ latitude, longitude, accuracy }) {
    const [north, east] = [this.dataset.latitude, this.dataset.longitude].map((id) => document.getElementById(id));
    north.value = latitude.toFixed(5);
    east.value = longitude.toFixed(5);
    east.dispatchEvent(new Event("input", { bubbles: true }));
    this.#say(this.dataset.found.replace("#", Math.max(1, Math.round(accuracy)).toLocaleString(document.documentElement.lang)));
  }

  #say(text) { this.querySelector("[role=status]").textContent = text; }
}
customElements.define("my-position", MyPosition);
